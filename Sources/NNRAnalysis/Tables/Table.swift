/// Rows under columns: the model that text tables, CSV, JSON and the terminal share.
public struct Table: Hashable, Sendable {
  /// The columns in the order they are shown.
  public private(set) var columns: [Column]
  /// The rows; each has one cell for each column.
  public private(set) var rows: [[CellValue]] = []

  /// A table without rows.
  public init(columns: [Column]) { self.columns = columns }

  /// Adds a row; cells that are not given are missing, cells without a column are left out.
  public mutating func append(_ cells: [CellValue]) {
    var row = Array(cells.prefix(columns.count))
    while row.count < columns.count { row.append(.missing) }
    rows.append(row)
  }

  /// Adds a row of cells by the keys of their columns; the others are missing.
  public mutating func append(_ cells: [String: CellValue]) {
    rows.append(columns.map { cells[$0.key] ?? .missing })
  }

  /// The place of the column `key`; nil if there is none.
  public func index(of key: String) -> Int? { columns.firstIndex { $0.key == key } }

  /// The cell in row `row` under `key`; missing if there is none.
  public func cell(row: Int, _ key: String) -> CellValue {
    guard rows.indices.contains(row), let index = index(of: key) else { return .missing }
    return rows[row][index]
  }

  /// The rows that `filter` accepts, in the same order.
  public func filtered(by filter: FilterExpression) -> Table {
    let places = Dictionary(
      columns.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    var result = self
    result.rows = rows.filter { row in
      filter.matches { key in places[key].map { row[$0] } ?? .missing }
    }
    return result
  }

  /// The rows sorted by `order`: stable, names in natural order, missing values and NaN last in both directions.
  public func sorted(by order: SortOrder) -> Table {
    guard let index = index(of: order.key) else { return self }
    func isLast(_ cell: CellValue) -> Bool {
      if case .number(let value) = cell { return value.isNaN }
      return cell == .missing
    }
    let indexed = rows.enumerated().sorted { left, right in
      let (a, b) = (left.element[index], right.element[index])
      var place = CellValue.compare(a, b)
      if order.descending && !isLast(a) && !isLast(b) { place = -place }
      return place != 0 ? place < 0 : left.offset < right.offset
    }
    var result = self
    result.rows = indexed.map(\.element)
    return result
  }

  /// The same with more columns, in which nothing is known.
  public func adding(_ more: [Column]) -> Table {
    var result = Table(columns: columns + more)
    for row in rows { result.append(row) }
    return result
  }

  /// The columns `keys` in that order; keys without a column are left out.
  public func selecting(_ keys: [String]) -> Table {
    let places = keys.compactMap { index(of: $0) }
    var result = Table(columns: places.map { columns[$0] })
    result.rows = rows.map { row in places.map { row[$0] } }
    return result
  }
}

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
    let key = String(descending ? text.dropFirst() : text[...])
    guard columns.contains(where: { $0.key == key }) else {
      throw TableError.unknownColumn(key, near: NearNames.of(key, among: columns.map(\.key)))
    }
    self.init(key: key, descending: descending)
  }
}
