import NNRAnalysis
import PlainText

/// A table as lines of text with aligned columns.
///
/// Lines are made when they are asked for: millions of rows are not held as text as well.
public struct TextTable {
  private let rows: TableRows
  private let showsHeading: Bool
  /// The width of each column of the table.
  private let widths: [Int]
  /// The columns that are shown.
  private let shown: [Int]
  /// The keys of those that are left out.
  private let left: [String]

  /// Lays out `rows`; if `width` is given, columns are left out by priority until the lines fit, and what is left out is
  /// named in a last line.
  public init(_ rows: TableRows, width: Int? = nil, showsHeading: Bool = true) {
    self.rows = rows
    self.showsHeading = showsHeading
    let columns = rows.columns
    var widths = columns.map { showsHeading ? CellText.width(SafeText.line($0.title)) : 0 }
    rows.forEach { row in
      for (index, column) in columns.enumerated() {
        widths[index] = max(widths[index], CellText.width(ValueText.human(row[index], in: column)))
      }
    }
    var shown = Array(columns.indices)
    var left: [String] = []
    if let width {
      func total() -> Int { shown.reduce(0) { $0 + widths[$1] + 2 } - 2 }
      while shown.count > 1, total() > width,
        let least = shown.max(by: { columns[$0].priority < columns[$1].priority }),
        columns[least].priority > 0
      {
        shown.removeAll { $0 == least }
        left.append(columns[least].key)
      }
    }
    self.widths = widths
    self.shown = shown
    self.left = left
  }

  /// Lays out a table.
  public init(_ table: Table, width: Int? = nil, showsHeading: Bool = true) {
    self.init(TableRows(table), width: width, showsHeading: showsHeading)
  }

  /// Calls `body` for each line, without a line feed: the heading first if there is one.
  public func forEachLine(_ body: (String) -> Void) {
    let columns = rows.columns
    if showsHeading { body(line { SafeText.line(columns[$0].title) }) }
    rows.forEach { row in body(line { ValueText.human(row[$0], in: columns[$0]) }) }
    if !left.isEmpty {
      body("(no room for: " + left.map { SafeText.line($0) }.joined(separator: ", ") + ")")
    }
  }

  /// Hands all lines on, each ended by a line feed, many at a time.
  public func write(_ put: (String) -> Void) {
    var pieces = TextPieces()
    forEachLine { pieces.add($0 + "\n", put) }
    pieces.finish(put)
  }

  /// The lines.
  public var lines: [String] {
    var lines: [String] = []
    forEachLine { lines.append($0) }
    return lines
  }

  /// All lines, each ended by a line feed.
  public var text: String {
    var text = ""
    write { text += $0 }
    return text
  }

  private func line(_ cell: (Int) -> String) -> String {
    var line = ""
    var gap = 0
    for index in shown {
      let text = cell(index)
      let room = max(0, widths[index] - CellText.width(text))
      let isRight = rows.columns[index].alignment == .right
      if isRight { gap += room }
      if !text.isEmpty {
        line += String(repeating: " ", count: gap)
        line += text
        gap = 0
      }
      gap += isRight ? 2 : room + 2
    }
    // A text may end in blanks itself.
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    return line
  }
}

/// A table as CSV (RFC 4180): a line of keys, then a line for each row, ended by CR LF.
public enum CSVTable {
  /// Hands the document on, many lines at a time.
  public static func write(_ rows: TableRows, _ put: (String) -> Void) {
    var pieces = TextPieces()
    pieces.add(header(rows.columns), put)
    rows.forEach { pieces.add(line($0), put) }
    pieces.finish(put)
  }

  /// The line of keys.
  public static func header(_ columns: [Column]) -> String {
    columns.map { SafeText.csvField($0.key) }.joined(separator: ",") + "\r\n"
  }

  /// The line of one row.
  public static func line(_ row: [CellValue]) -> String {
    row.map(ValueText.csv).joined(separator: ",") + "\r\n"
  }
}

/// Text that is handed on in pieces of some size.
private struct TextPieces {
  private static let size = 1 << 16

  private var piece = ""

  mutating func add(_ text: String, _ put: (String) -> Void) {
    piece += text
    if piece.utf8.count >= Self.size { finish(put) }
  }

  mutating func finish(_ put: (String) -> Void) {
    if !piece.isEmpty { put(piece) }
    piece = ""
  }
}
