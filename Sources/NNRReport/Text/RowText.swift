import NNRAnalysis

/// How a table is printed one row at a time.
public enum RowText: Sendable {
  /// CSV (RFC 4180): a line of keys, then a line for each row, ended by CR LF.
  case csv
  /// JSON, an object a line; each has the name of the file, which is not safe to print, unless a column has it.
  case ndjson(file: String?)
  /// Lines of text with columns of their usual widths.
  case text

  /// Hands all rows of a table on, many lines at a time, and returns how many there are.
  public func write(_ table: Table, _ put: @escaping (String) -> Void) -> Int {
    write(table.columns, put) { row in table.forEach(row) }
  }

  /// Hands rows under `columns` on as `rows` makes them, many lines at a time, and returns how many there are.
  public func write(
    _ columns: [Column], _ put: @escaping (String) -> Void, rows: (([CellValue]) -> Void) -> Void
  ) -> Int {
    var pieces = TextPieces()
    var count = 0
    let layout = TextColumns(columns)
    switch self {
    case .csv: pieces.add(Self.line(columns.map { .text($0.key) }), put)
    case .text: pieces.add(layout.heading + "\n", put)
    case .ndjson: break
    }
    let named = columns.contains { $0.key == "file" }
    var json = JSONWriter()
    rows { row in
      count += 1
      switch self {
      case .csv: pieces.add(Self.line(row), put)
      case .text: pieces.add(layout.line(row) + "\n", put)
      case .ndjson(let file):
        json.object { json in
          if let file, !named { json.member("file", file) }
          json.members(row, columns)
        }
        pieces.add(json.takeText() + "\n", put)
      }
    }
    pieces.finish(put)
    return count
  }

  private static func line(_ row: [CellValue]) -> String {
    row.map(ValueText.csv).joined(separator: ",") + "\r\n"
  }
}
