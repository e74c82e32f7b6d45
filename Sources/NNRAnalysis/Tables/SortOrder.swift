/// A column to sort by and a direction.
public struct SortOrder: Hashable, Sendable {
  /// The key of the column.
  public var key: String
  /// True if the greatest comes first.
  public var descending: Bool

  /// An order by the column `key`.
  public init(key: String, descending: Bool = false) {
    self.key = key
    self.descending = descending
  }

  /// An order from `key` or `-key`; throws `TableError` if there is no such column.
  public init(parsing text: String, columns: [Column]) throws(TableError) {
    let descending = text.hasPrefix("-")
    let place = try columns.place(named: String(descending ? text.dropFirst() : text[...]))
    self.init(key: columns[place].key, descending: descending)
  }

  /// The places of `cells` as sorted: stable, names in natural order, missing values and NaN last in both directions.
  public func places(of cells: [CellValue]) -> [Int] {
    cells.indices.sorted { left, right in
      let (a, b) = (cells[left], cells[right])
      var order = CellValue.compare(a, b)
      if descending && !a.isLast && !b.isLast { order = -order }
      return order != 0 ? order < 0 : left < right
    }
  }
}
