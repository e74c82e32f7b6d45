import DeepCABAC
import NNRAnalysis
import NNRModel
import PlainText
import TerminalScreen

extension Pane {
  /// The bin stepper.
  public static let bins = Pane("bins", "Bins")
}

/// The arithmetic decoder bin by bin, or the contexts of the tensor.
struct BinsView: View {
  let pane = Pane.bins
  let commands = Command.stepping
  let subject = ViewSubject.bins
  let isInBar = true

  func caption(_ model: ExplorerModel) -> (title: StyledText, note: StyledText) {
    (StyledText(model.binsTitle, .title), StyledText(model.binsNote, .dim))
  }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawBins(&grid, rect)
  }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int { model.binsPage(rect) }

  func move(_ motion: Motion, _ model: inout ExplorerModel) { model.moveBins(motion) }

  func move(sideways step: Int, _ model: inout ExplorerModel) -> [Effect] {
    model.bins.run(.level, forward: step > 0)
    return model.decodeSelection()
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] {
    if model.bins.showsContexts { model.openContext() } else { model.showBinInSyntax() }
    return model.decodeSelection()
  }

  func enterHint(_ model: ExplorerModel) -> String? {
    model.bins.showsContexts ? "its next bin" : "to the bit"
  }

  func click(_ point: Point, _ rect: Rect, _ model: inout ExplorerModel) {
    model.clickBin(point.y - rect.y - 1)
  }

  func follow(_ model: inout ExplorerModel) -> [Effect] { model.followBins() }

  func escape(_ model: inout ExplorerModel) -> [Effect]? {
    model.bins.showsContexts ? model.toggleContexts() : nil
  }
}

/// The bin stepper: bins above, what the selected one does below.
extension ExplorerModel {
  private static let columns = [
    TableColumn("", width: 1, priority: 9),
    TableColumn("bin#", .right, width: 7, max: 10, weight: 1, priority: 7),
    TableColumn("element", width: 16, max: 26, weight: 4, priority: 9),
    TableColumn("ctx", .right, width: 4, priority: 5),
    TableColumn("R", .right, width: 3, priority: 4),
    TableColumn("V", .right, width: 5, priority: 3),
    TableColumn("L", .right, width: 3, priority: 3),
    TableColumn("mps", .right, width: 3, priority: 4),
    TableColumn("bin", .right, width: 3, priority: 9),
    TableColumn("bits", .right, width: 6, priority: 8),
    TableColumn("pos", .right, width: 7, max: 10, weight: 1, priority: 2),
    TableColumn("row,col", .right, width: 9, max: 13, weight: 1, priority: 5),
    TableColumn("level", .right, width: 6, priority: 6),
    TableColumn("st", .right, width: 2, priority: 1),
  ]

  /// Divides the room into the table and the panel below it.
  private func binsParts(_ rect: Rect) -> (table: Rect, panel: Rect) {
    let panel = rect.height >= 30 ? 15 : rect.height >= 18 ? 11 : rect.height >= 6 ? 2 : 0
    return (
      rect.rows(from: 0, count: rect.height - panel - (panel > 0 ? 1 : 0)),
      rect.rows(from: rect.height - panel, count: panel)
    )
  }

  /// The rows of bins that fit.
  func binsPage(_ rect: Rect) -> Int { max(1, binsParts(rect).table.height - 1) }

  /// Draws table and panel.
  func drawBins(_ grid: inout Grid, _ rect: Rect) {
    let parts = binsParts(rect)
    let state = bins
    guard !state.window.isEmpty else {
      let text = state.problem ?? "decoding the first bins …"
      grid.write(
        fitting: StyledText(text, state.problem == nil ? .dim : .warning), in: rect.row(0))
      return grid.placeCursor(Point(0, 0), in: rect)
    }
    if state.showsContexts {
      drawContexts(&grid, parts.table)
    } else {
      drawBinTable(&grid, parts.table)
    }
    guard !parts.panel.isEmpty else { return }
    let line = rect.row(rect.height - parts.panel.height - 1)
    let rule = String(repeating: grid.glyphs.horizontal, count: line.width)
    grid.write(fitting: StyledText(rule, Style(.frame)), in: line)
    if state.showsContexts {
      drawCurve(&grid, parts.panel)
    } else {
      drawBinPanel(&grid, parts.panel)
    }
  }

  private func drawBinTable(_ grid: inout Grid, _ rect: Rect) {
    let state = bins
    let page = max(1, rect.height - 1)
    let level = state.selected?.walked.scanIndex
    let tensor = state.selected?.tensor
    let glyphs = grid.glyphs
    let isHidden = hidden.hides(.bin)
    TableView(binsList(page), columns: Self.columns, count: state.window.count) { row in
      let bin = state.window[row]
      let isSameLevel = level != nil && bin.walked.scanIndex == level && bin.tensor == tensor
      let cells = Self.cells(bin, isSameLevel, glyphs)
      guard isHidden, bin.index >= state.index else { return cells }
      // The bins from the selected one on are what a question asks for.
      return cells.enumerated().map { $0 == 1 ? $1 : StyledText(HiddenValues.mark, .tentative) }
    }.draw(on: &grid, in: rect)
  }

  private static func cells(_ bin: TracedBin, _ isSameLevel: Bool, _ glyphs: GlyphSet)
    -> [StyledText]
  {
    let event = bin.event
    func text(_ number: Int?) -> StyledText { StyledText(number.map { "\($0)" } ?? "", .dim) }
    let isImprobable = bin.walked.isLeastProbable
    let mark: StyledText =
      isImprobable
      ? StyledText("!", .warning)
      : isSameLevel ? StyledText(glyphs.vertical, .frameLine) : ""
    let name = bin.elementName
    let style: Style =
      switch event.kind {
      case .context: .coded
      case .bypass: .inferred
      case .terminate, .rangeReset: .heading
      }
    return [
      mark, text(bin.index), StyledText(name, style), text(event.context), text(event.range),
      text(event.offset), text(event.lps), text(event.mps),
      StyledText("\(event.bin)", isImprobable ? .warning : .number),
      StyledText(NumberText.fixed(event.cost, 3), .number), text(event.position),
      StyledText(event.row.map { "\($0),\(event.column ?? 0)" } ?? "", .dim),
      StyledText(bin.walked.level.map { "\($0)" } ?? "", .derived), text(bin.walked.state),
    ]
  }

  private func drawBinPanel(_ grid: inout Grid, _ rect: Rect) {
    let glyphs = grid.glyphs
    let wide = rect.width >= 70 && rect.height > 4
    let left = wide ? rect.columns(from: 0, count: rect.width * 55 / 100) : rect
    for (row, line) in binLines(left.width, glyphs).prefix(left.height).enumerated() {
      grid.write(fitting: line, in: left.row(row))
    }
    guard wide else { return }
    let right = rect.columns(from: left.width + 2)
    for (row, line) in levelLines(right.height, glyphs).prefix(right.height).enumerated() {
      grid.write(fitting: line, in: right.row(row))
    }
  }

  /// The right-hand note of the title: where the stepper stands.
  var binsNote: String {
    guard bins.selected != nil else { return "" }
    let total = bins.count.map { NumberText.grouped($0) } ?? "?"
    return "bin \(NumberText.grouped(bins.index)) of \(total)"
  }

  /// The name of the tensor that is stepped through.
  var binsTitle: String {
    guard let trace = bins.trace, let bin = bins.selected,
      trace.tensors.indices.contains(bin.tensor)
    else { return "Bins" }
    let part = trace.tensors.count > 1 ? " (\(bin.tensor + 1)/\(trace.tensors.count))" : ""
    return (bins.showsContexts ? "Contexts · " : "Bins · ")
      + ShownText.line(trace.tensors[bin.tensor].name) + part
  }
}
