/// What a user asks of a table: `--columns a,b`, `--sort key` or `--sort -key`, `--filter EXPR`.
public struct TableSelection<Row>: Sendable {
  /// All fields of the table.
  public let fields: [Field<Row>]
  /// The fields to show; nil for those that are shown usually.
  public let chosen: [Field<Row>]?
  /// The order of the rows; nil as they come.
  public let sort: SortOrder?
  /// Which rows to show; nil for all.
  public let filter: FilterExpression?

  /// The selection that the options ask for, all rows as they come without one; throws `TableError` for what cannot be
  /// understood.
  public init(
    _ fields: [Field<Row>], columns: String? = nil, sort: String? = nil, filter: String? = nil
  ) throws(TableError) {
    self.fields = fields
    let available = fields.columns()
    chosen =
      if let columns { try available.places(listed: columns).map { fields[$0] } } else { nil }
    self.sort = if let sort { try SortOrder(parsing: sort, columns: available) } else { nil }
    guard let filter else {
      self.filter = nil
      return
    }
    do throws(FilterError) {
      self.filter = try FilterExpression(parsing: filter, columns: available)
    } catch {
      throw TableError.filter(error)
    }
  }

  /// Whether the filter accepts a row.
  public func accepts(_ row: Row) -> Bool {
    filter?.matches { fields[$0].value(row) } ?? true
  }

  /// The rows that are shown, in order.
  public func rows(_ all: some Collection<Row>) -> [Row] {
    let found = all.filter(accepts)
    guard let sort, let field = fields.first(where: { $0.column.key == sort.key }) else {
      return found
    }
    return sort.places(of: found.map(field.value)).map { found[$0] }
  }

  /// The fields that are shown: the chosen ones or else `usual`, or else all.
  public func shown(usual: [String]? = nil) -> [Field<Row>] {
    chosen ?? usual?.compactMap { key in fields.first { $0.column.key == key } } ?? fields
  }

  /// The table of the rows as selected.
  ///
  /// Only where rows are sorted all are held at once; otherwise `all` is gone through each time the table is.
  public func table(_ all: some Collection<Row>, usual: [String]? = nil) -> Table {
    let shown = shown(usual: usual)
    guard sort == nil else { return Table(shown, rows(all)) }
    return filter == nil ? Table(shown, all) : Table(shown, all.lazy.filter(accepts))
  }
}

/// Why a selection cannot be made.
public enum TableError: Error, Hashable, Sendable {
  /// There is no such column; the names most like it.
  case unknownColumn(String, near: [String])
  /// The list of columns is empty.
  case noColumns
  /// The filter cannot be understood.
  case filter(FilterError)
}

extension TableError: CustomStringConvertible {
  /// A sentence for a person; holds text of the user as it was typed.
  public var description: String {
    switch self {
    case .unknownColumn(let name, let near):
      near.isEmpty
        ? "there is no column \(name)"
        : "there is no column \(name); did you mean \(near.joined(separator: ", "))?"
    case .noColumns: "the list of columns is empty"
    case .filter(let error): "filter, \(error)"
    }
  }
}
