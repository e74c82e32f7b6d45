/// Rows under columns, as text, CSV and JSON show them.
///
/// Rows are made whenever they are asked for: nobody has to hold the cells of a million of them.
public struct Table {
  /// The columns in the order they are shown.
  public let columns: [Column]
  private let visit: (([CellValue]) -> Void) -> Void

  /// The table of `rows`, which are gone through each time the table is.
  public init<Row>(_ fields: [Field<Row>], _ rows: some Collection<Row>) {
    columns = fields.columns()
    visit = { body in for row in rows { body(fields.cells(row)) } }
  }

  /// Calls `body` for each row; each has one cell for each column.
  public func forEach(_ body: ([CellValue]) -> Void) { visit(body) }

  /// All rows.
  public var rows: [[CellValue]] {
    var rows: [[CellValue]] = []
    forEach { rows.append($0) }
    return rows
  }
}
