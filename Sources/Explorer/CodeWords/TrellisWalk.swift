import DeepCABAC
import NNRAnalysis
import TerminalScreen

/// The states that dependent quantization went through around a weight.
struct TrellisWalk: Sendable, Hashable {
  /// A weight on the walk.
  struct Step: Sendable, Hashable {
    /// Its place in the scan.
    let scanIndex: Int
    /// The state before it.
    let state: Int
    /// The coded level; nil for a weight of a skipped row.
    let level: Int?
    /// The integer that it became.
    let integer: Int
  }

  /// The most weights that are walked from the start of a tensor.
  static let limit = 1 << 20

  /// The weights around the one at the cursor, in the order of the scan.
  let steps: [Step]
  /// Which of them is the one at the cursor.
  let selection: Int

  /// The walk to a weight and `reach` weights beyond; nil without dependent quantization, and too far from the start.
  init?(_ figures: TensorFigures, element: Int, reach: Int) {
    let tensor = figures.start.tensor
    let chain = LevelChain(figures: figures)
    guard tensor.dqFlag, let geometry = chain.geometry, let grid = figures.grid,
      let goal = geometry.scanIndex(ofElement: element), goal < Self.limit
    else { return nil }
    var walker = TrellisWalker(geometry: geometry, rowMask: figures.start.rowMask)
    var found: [Step] = []
    let last = min(geometry.count - 1, goal + reach)
    for index in 0...last {
      guard let place = geometry.element(atScanIndex: index), let integer = grid[place] else {
        break
      }
      let step = walker.step(index, place, integer)
      if index >= goal - reach { found.append(step) }
    }
    guard let selection = found.firstIndex(where: { $0.scanIndex == goal }) else { return nil }
    steps = found
    self.selection = selection
  }

  /// The walk as a picture: a column for each weight, a row for each state.
  func lines(width: Int) -> [StyledText] {
    let column = max(
      4, (steps.map { max("\($0.level ?? 0)".count, "\($0.integer)".count) }.max() ?? 1) + 2)
    let lead = 9
    let room = max(1, (width - lead) / column)
    let first = max(0, min(selection - room / 2, steps.count - room))
    let shown = steps.dropFirst(first).prefix(room)
    func cell(_ text: String, _ style: Style) -> StyledText {
      StyledText(String(repeating: " ", count: max(0, column - text.count)) + text, style)
    }
    func row(_ label: String, _ text: (Step) -> (String, Style)) -> StyledText {
      var line = StyledText(label + String(repeating: " ", count: max(0, lead - label.count)), .dim)
      for (place, step) in zip(first..., shown) {
        let (word, style) = text(step)
        line += cell(word, place == selection ? style.adding(.bold) : style)
      }
      return line
    }
    var lines = (0..<8).reversed().map { state in
      row("state \(state)\(state & 1 == 0 ? "" : " Q1")") {
        $0.state == state ? ("●", .coded) : ("·", .dim)
      }
    }
    lines.append(row("level") { ($0.level.map { "\($0)" } ?? "skip", .number) })
    lines.append(row("parity") { ($0.level.map { "\($0 & 1)" } ?? "", .dim) })
    lines.append(row("integer") { ("\($0.integer)", .derived) })
    lines.append(
      row("") { $0.scanIndex == steps[selection].scanIndex ? ("▲", .normal) : ("", .normal) })
    return lines
  }
}

/// Goes from weight to weight as the decoder does (format reference 4.4).
struct TrellisWalker {
  private let geometry: TensorGeometry
  private let rowMask: [UInt8]
  private var state = 0
  private var isSkipped = false

  /// A walker before the first weight.
  init(geometry: TensorGeometry, rowMask: [UInt8]) {
    self.geometry = geometry
    self.rowMask = rowMask
  }

  /// Takes the next weight of the scan.
  mutating func step(_ index: Int, _ element: Int, _ integer: Int32) -> TrellisWalk.Step {
    let (row, column) = element.quotientAndRemainder(dividingBy: max(1, geometry.width))
    if column % geometry.blockWidth == 0 {
      isSkipped = rowMask.indices.contains(row) && rowMask[row] != 0
      // A skipped row moves the state once for each column of the tensor.
      if isSkipped { for _ in 0..<geometry.width { advance(0) } }
    }
    let before = state
    guard !isSkipped else {
      return TrellisWalk.Step(scanIndex: index, state: before, level: nil, integer: 0)
    }
    let level = LevelChain.coded(integer)
    advance(level & 1)
    return TrellisWalk.Step(scanIndex: index, state: before, level: level, integer: Int(integer))
  }

  private mutating func advance(_ parity: Int) {
    state = Int(ProbabilityTables.trellis[2 * state + parity])
  }
}
