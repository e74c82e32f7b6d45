/// What a user asks of a table: `--columns a,b`, `--sort key` or `--sort -key`, `--filter EXPR`.
public struct TableSelection: Sendable {
  /// The keys of the columns to show; nil for all.
  public var columns: [String]?
  /// The order of the rows; nil as they come.
  public var sort: SortOrder?
  /// Which rows to show; nil for all.
  public var filter: FilterExpression?

  /// All rows and columns as they come.
  public init() {}

  /// The selection that the options ask for; throws `TableError` for what cannot be understood.
  public init(
    columns: String?, sort: String?, filter: String?, available: [Column]
  ) throws(TableError) {
    if let columns { self.columns = try Self.keys(columns, available: available) }
    if let sort { self.sort = try SortOrder(parsing: sort, columns: available) }
    if let filter {
      do throws(FilterError) {
        self.filter = try FilterExpression(parsing: filter, columns: available)
      } catch {
        throw TableError.filter(error)
      }
    }
  }

  private static func keys(_ list: String, available: [Column]) throws(TableError) -> [String] {
    var keys: [String] = []
    for part in list.split(separator: ",") {
      let key = String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      guard available.contains(where: { $0.key == key }) else {
        throw TableError.unknownColumn(key, near: NearNames.of(key, among: available.map(\.key)))
      }
      if !keys.contains(key) { keys.append(key) }
    }
    guard !keys.isEmpty else { throw TableError.noColumns }
    return keys
  }

  /// The table as selected: filtered, then sorted, then cut to the columns (which may leave out those sorted by).
  public func apply(to table: Table) -> Table {
    var result = table
    if let filter { result = result.filtered(by: filter) }
    if let sort { result = result.sorted(by: sort) }
    if let columns { result = result.selecting(columns) }
    return result
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
