import NNRAnalysis
import NNRModel
import TerminalScreen

/// The part of a tensor that a heat map shows, and how many weights share a cell.
struct HeatWindow: Hashable, Sendable {
  /// The first row and column.
  var row: Int
  var column: Int
  /// Rows and columns of cells.
  var height: Int
  var width: Int
  /// Rows and columns of the tensor in one cell.
  var tall: Int
  var wide: Int
}

/// Cells of a heat map, worked out from the integers of a tensor.
public struct HeatImage: Sendable {
  /// What is shown.
  let window: HeatWindow
  /// Which tensor of the unit.
  let member: Int
  /// The cells by mode, row by row; NaN where nothing is decoded.
  let cells: [HeatMode: [Double]]
  /// The greatest value of any cell by mode.
  let greatest: [HeatMode: Double]
  /// What is no number in the cells, by their places: it has a colour of its own whatever else the cell holds.
  let oddities: [Int: HeatValue]
  /// How many weights of the window are no numbers, and how many are infinite, above and below.
  let odd: (nan: Int, above: Int, below: Int)
  /// Whether bits are those of the weights, and not of their rows.
  let hasWeightBits: Bool
  /// Whether weights are stored as floats.
  let isRaw: Bool

  /// The cells of a window; nil if it was cancelled.
  ///
  /// `bits` are those of each weight, as far as they are known.
  init?(
    _ grid: LevelGrid, rowBits: [Double], bits weightBits: [Float] = [], _ window: HeatWindow,
    member: Int, isRaw: Bool, isCancelled: () -> Bool
  ) {
    self.window = window
    self.member = member
    self.isRaw = isRaw
    let tellsWeights = !weightBits.isEmpty || isRaw
    hasWeightBits = tellsWeights
    var oddities: [Int: HeatValue] = [:]
    var odd = (nan: 0, above: 0, below: 0)
    let count = window.height * window.width
    var sums = [Double](repeating: 0, count: count)
    var signed = [Double](repeating: 0, count: count)
    var paid = [Double](repeating: 0, count: count)
    var runs = [Int](repeating: 0, count: count)
    var seen = [Int](repeating: 0, count: count)
    let lastRow = min(grid.rows, window.row + window.height * window.tall)
    let lastColumn = min(grid.width, window.column + window.width * window.wide)
    for row in window.row..<max(window.row, lastRow) {
      if row & 63 == 0, isCancelled() { return nil }
      let base = (row - window.row) / window.tall * window.width
      for column in window.column..<max(window.column, lastColumn) {
        guard let level = grid[row, column] else { continue }
        let cell = base + (column - window.column) / window.wide
        let value =
          isRaw ? Double(Float(bitPattern: UInt32(bitPattern: level))) : Double(level)
        if value.isFinite {
          sums[cell] += value.magnitude
          signed[cell] += value
        } else if value.isNaN {
          odd.nan += 1
          oddities[cell] = .nan
        } else {
          if value > 0 { odd.above += 1 } else { odd.below += 1 }
          if oddities[cell] != .nan { oddities[cell] = .infinite(negative: value < 0) }
        }
        let place = row * grid.width + column
        paid[cell] +=
          isRaw ? 32 : weightBits.indices.contains(place) ? Double(weightBits[place]) : 0
        seen[cell] += 1
      }
      Self.addRuns(grid, row, window.column..<lastColumn) { column, length in
        runs[base + (column - window.column) / window.wide] += length
      }
    }
    let levels = zip(sums, seen).map { $1 > 0 ? $0 / Double($1) : .nan }
    let lengths = zip(runs, seen).map { $1 > 0 ? Double($0) / Double($1) : .nan }
    let means = zip(signed, seen).map { $1 > 0 ? $0 / Double($1) : .nan }
    var bits = zip(paid, seen).map { $1 > 0 && tellsWeights ? $0 / Double($1) : .nan }
    for line in 0..<window.height {
      let first = window.row + line * window.tall
      let last = min(first + window.tall, rowBits.count)
      guard first < last, !tellsWeights else { continue }
      let mean = rowBits[first..<last].reduce(0, +) / Double((last - first) * max(1, grid.width))
      for column in 0..<window.width where seen[line * window.width + column] > 0 {
        bits[line * window.width + column] = mean
      }
    }
    cells = [.level: levels, .signed: means, .zeros: lengths, .bits: bits]
    self.oddities = oddities
    self.odd = odd
    greatest = cells.mapValues { $0.reduce(0) { $1.isNaN ? $0 : max($0, $1) } }
  }

  /// Tells the columns of `columns` that hold a zero, each with the length of its run along the row, which may begin and end
  /// outside of them.
  private static func addRuns(
    _ grid: LevelGrid, _ row: Int, _ columns: Range<Int>, _ add: (Int, Int) -> Void
  ) {
    guard !columns.isEmpty else { return }
    // Bits without the sign: a float of -0 is a zero too.
    func isZero(_ column: Int) -> Bool { grid[row, column].map { $0 & 0x7FFF_FFFF == 0 } ?? false }
    var start = columns.lowerBound
    if isZero(start) { while start > 0, isZero(start - 1) { start -= 1 } }
    while start < columns.upperBound {
      guard isZero(start) else {
        start += 1
        continue
      }
      var end = start + 1
      while isZero(end) { end += 1 }
      for column in max(start, columns.lowerBound)..<min(end, columns.upperBound) {
        add(column, end - start)
      }
      start = end
    }
  }
}

extension Job.Kind {
  /// The cells of the heat map.
  static let heat = Self("heat")
}

extension Job {
  /// Works out the cells of a heat map; `costs` finds the bits of each weight, if they are wanted and not known.
  static func heat(
    _ grid: LevelGrid, rowBits: [Double], bits: [Float],
    costs: (@Sendable (@Sendable () -> Bool) -> [Float])?, _ window: HeatWindow, member: Int,
    isRaw: Bool
  ) -> Job {
    Job(.heat, .selection) { context in
      let found = costs?(context.isCancelled)
      let image = HeatImage(
        grid, rowBits: rowBits, bits: found ?? bits, window, member: member, isRaw: isRaw,
        isCancelled: context.isCancelled)
      guard let image else { return }
      context.post { model in
        if let found { model.document.weightBits = found }
        model.document.heatImage = image
        model.document.heatWanted = nil
      }
    }
  }
}
