/// Rows under columns that are made whenever they are asked for, so that nobody has to hold all of them.
public struct TableRows {
  /// The columns in the order they are shown.
  public let columns: [Column]
  private let make: (([CellValue]) -> Void) -> Void

  /// Rows that `make` hands over one by one, the same each time.
  public init(columns: [Column], _ make: @escaping (([CellValue]) -> Void) -> Void) {
    self.columns = columns
    self.make = make
  }

  /// The rows of a table.
  public init(_ table: Table) {
    self.init(columns: table.columns) { table.rows.forEach($0) }
  }

  /// Calls `body` for each row; each has one cell for each column.
  public func forEach(_ body: ([CellValue]) -> Void) { make(body) }
}

extension TableSelection {
  /// The rows of a table that is made in parts, as selected; only where they are sorted all are held at once.
  public func rows(
    under columns: [Column], parts: Range<Int>, _ append: @escaping (Int, inout Table) -> Void
  ) -> TableRows {
    guard sort == nil else {
      var whole = Table(columns: columns)
      for part in parts { append(part, &whole) }
      return TableRows(apply(to: whole))
    }
    return TableRows(columns: apply(to: Table(columns: columns)).columns) { body in
      for part in parts {
        var table = Table(columns: columns)
        append(part, &table)
        apply(to: table).rows.forEach(body)
      }
    }
  }
}
