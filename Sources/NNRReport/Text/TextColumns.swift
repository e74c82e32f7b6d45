import NNRAnalysis
import PlainText

/// Columns of text side by side: which are shown, and how wide they are.
public struct TextColumns: Sendable {
  /// Names and sentences are not cut shorter than this for the sake of another column.
  private static let comfort = 24
  /// They are never cut shorter than this.
  private static let least = 8

  private let columns: [Column]
  private var widths: [Int]
  /// The columns that are shown.
  private var shown: [Int]
  /// The columns that are left out.
  private var left: [Column] = []
  private let limit: Int?

  /// Columns of their usual widths, for rows that come one by one.
  public init(_ columns: [Column]) {
    self.init(
      columns, widths: columns.map { max($0.width, CellText.width(SafeText.line($0.title))) },
      isEmpty: [], fitting: nil)
  }

  /// Columns as wide as `widths`, cut and left out by priority until they fit into `limit`; those in which nothing stands
  /// go first.
  init(_ columns: [Column], widths: [Int], isEmpty: [Bool], fitting limit: Int?) {
    self.columns = columns
    self.widths = widths
    self.limit = limit
    shown = Array(columns.indices)
    guard let limit else { return }
    while shown.count > 1, total(cutTo: Self.comfort) > limit,
      let least = shown.filter({ columns[$0].priority > 0 }).max(by: { left, right in
        isEmpty[left] != isEmpty[right]
          ? isEmpty[right] : columns[left].priority < columns[right].priority
      })
    {
      shown.removeAll { $0 == least }
      left.append(columns[least])
    }
    cut(to: limit, least: Self.comfort)
    cut(to: limit, least: Self.least)
  }

  /// The width of column `index` if it were cut to `least`.
  private func width(_ index: Int, cutTo least: Int) -> Int {
    columns[index].kind.cut == .never ? widths[index] : min(widths[index], least)
  }

  private func total(cutTo least: Int) -> Int {
    shown.reduce(0) { $0 + width($1, cutTo: least) + 2 } - 2
  }

  /// Takes room from the widest columns that can be cut until all fit, or these have `least`.
  private mutating func cut(to limit: Int, least: Int) {
    var excess = total(cutTo: .max) - limit
    while excess > 0 {
      let cuttable = shown.filter { widths[$0] > width($0, cutTo: least) }
        .sorted { widths[$0] > widths[$1] }
      guard let widest = cuttable.first else { return }
      // Down to the next widest, so that none is cut while a wider one stands beside it.
      let next = cuttable.dropFirst().first.map { widths[$0] } ?? least
      let step = max(1, min(excess, widths[widest] - max(next, least)))
      widths[widest] -= step
      excess -= step
    }
  }

  /// The line over the rows.
  public var heading: String { heading(.none) }

  /// The line over the rows, painted.
  func heading(_ paint: TextPaint) -> String {
    paint.text(line(columns.map { SafeText.line($0.title) }), .bold)
  }

  /// The line of a row of cells.
  public func line(_ cells: [CellValue]) -> String { line(cells, .none) }

  /// The line of a row of cells, painted.
  func line(_ cells: [CellValue], _ paint: TextPaint) -> String {
    line(zip(cells, columns).map { ValueText.human($0, in: $1) }) { index, text in
      paint.text(text, paint.ink(of: cells[index], in: columns[index]))
    }
  }

  /// What stands behind the rows: the columns for which there was no room.
  var remarks: [String] {
    guard !left.isEmpty else { return [] }
    let keys = left.map { SafeText.line($0.key) }.joined(separator: ", ")
    return CellText.wrapped("(no room for: \(keys))", to: limit)
  }

  private func line(_ texts: [String], _ painted: (Int, String) -> String = { $1 }) -> String {
    var line = ""
    var gap = 0
    for index in shown {
      let column = columns[index]
      let text =
        column.kind.cut == .never
        ? texts[index]
        : CellText.cut(texts[index], to: widths[index], middle: column.kind.cut == .middle)
      let room = max(0, widths[index] - CellText.width(text))
      let isRight = column.alignment == .right
      if isRight { gap += room }
      if !text.isEmpty {
        line += String(repeating: " ", count: gap)
        line += painted(index, text)
        gap = 0
      }
      gap += isRight ? 2 : room + 2
    }
    // A text may end in blanks itself.
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    return line
  }
}
