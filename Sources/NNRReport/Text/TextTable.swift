import NNRAnalysis

/// A table as lines of text with aligned columns.
public struct TextTable: Sendable {
  /// The lines: the heading first if there is one.
  public private(set) var lines: [String] = []

  /// Lays out `table`; if `width` is given, columns are left out by priority until the lines fit, and what is left out is
  /// named in a last line.
  public init(_ table: Table, width: Int? = nil, showsHeading: Bool = true) {
    let cells = table.rows.map { row in
      zip(row, table.columns).map { CellText.human($0, in: $1) }
    }
    var widths = table.columns.map { showsHeading ? TextWidth.of(SafeText.line($0.title)) : 0 }
    for row in cells {
      for (index, cell) in row.enumerated() {
        widths[index] = max(widths[index], TextWidth.of(cell))
      }
    }
    var shown = Array(table.columns.indices)
    var left: [String] = []
    if let width {
      func total() -> Int { shown.reduce(0) { $0 + widths[$1] + 2 } - 2 }
      while shown.count > 1, total() > width,
        let least = shown.max(by: { table.columns[$0].priority < table.columns[$1].priority }),
        table.columns[least].priority > 0
      {
        shown.removeAll { $0 == least }
        left.append(table.columns[least].key)
      }
    }
    func line(_ texts: [String]) -> String {
      var result = shown.map { index in
        TextWidth.pad(
          texts[index], to: widths[index], right: table.columns[index].alignment == .right)
      }.joined(separator: "  ")
      while result.last == " " { result.removeLast() }
      return result
    }
    if showsHeading { lines.append(line(table.columns.map { SafeText.line($0.title) })) }
    lines += cells.map(line)
    if !left.isEmpty {
      lines.append("(no room for: " + left.map { SafeText.line($0) }.joined(separator: ", ") + ")")
    }
  }

  /// All lines, each ended by a line feed.
  public var text: String { lines.map { $0 + "\n" }.joined() }
}

/// A table as CSV (RFC 4180): a line of keys, then a line for each row, ended by CR LF.
public enum CSVTable {
  /// The whole document.
  public static func text(_ table: Table) -> String {
    var result = header(table)
    for row in table.rows { result += line(row) }
    return result
  }

  /// The line of keys.
  public static func header(_ table: Table) -> String {
    table.columns.map { SafeText.csvField($0.key) }.joined(separator: ",") + "\r\n"
  }

  /// The line of one row.
  public static func line(_ row: [CellValue]) -> String {
    row.map(CellText.csv).joined(separator: ",") + "\r\n"
  }
}
