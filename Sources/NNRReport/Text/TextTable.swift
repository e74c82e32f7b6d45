import NNRAnalysis
import PlainText

/// A table as lines of text with aligned columns.
///
/// Lines are made when they are asked for: millions of rows are not held as text as well.
public struct TextTable {
  private let table: Table
  private let showsHeading: Bool
  private let layout: TextColumns
  private let paint: TextPaint
  /// The number of rows.
  public let count: Int

  /// Lays out `table`; if `width` is given, names and sentences are cut and columns left out by priority until the lines
  /// fit, and what is left out is named behind the rows.
  public init(
    _ table: Table, width: Int? = nil, showsHeading: Bool = true, paint: TextPaint = .none
  ) {
    self.table = table
    self.paint = paint
    self.showsHeading = showsHeading
    let columns = table.columns
    var widths = columns.map { showsHeading ? CellText.width(SafeText.line($0.title)) : 0 }
    var count = 0
    var isEmpty = columns.map { _ in true }
    table.forEach { row in
      count += 1
      for (index, column) in columns.enumerated() {
        if row[index] != .missing { isEmpty[index] = false }
        widths[index] = max(widths[index], CellText.width(ValueText.human(row[index], in: column)))
      }
    }
    self.count = count
    layout = TextColumns(columns, widths: widths, isEmpty: isEmpty, fitting: width)
  }

  /// Calls `body` for each line, without a line feed: the heading first if there is one.
  public func forEachLine(_ body: (String) -> Void) {
    if showsHeading { body(layout.heading(paint)) }
    table.forEach { body(layout.line($0, paint)) }
    layout.remarks.forEach(body)
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
}

/// Text that is handed on in pieces of some size.
struct TextPieces {
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
