/// A column and how rows fill it, in one place.
///
/// Text tables, CSV, JSON, filters, sorting, the screen, completion and the lists of columns all follow from the fields
/// of a table.
public struct Field<Row>: Sendable {
  /// What there is to say of the column.
  public let column: Column
  /// The cell of a row.
  public let value: @Sendable (Row) -> CellValue

  /// The field of a column.
  public init(_ column: Column, value: @escaping @Sendable (Row) -> CellValue) {
    self.column = column
    self.value = value
  }

  /// A field whose kind follows from what `value` gives, unless it is named; no value is a missing one.
  public init<Value: CellConvertible>(
    _ key: String, aliases: [String] = [], title: String? = nil, kind: Column.Kind? = nil,
    _ summary: String, width: Int? = nil, priority: Int = 5, values: [String] = [],
    prefix: String = "", examples: [String]? = nil,
    value: @escaping @Sendable (Row) -> Value?
  ) {
    self.init(
      Column(
        key, aliases: aliases, title: title, kind: kind ?? Value.kind, summary: summary,
        width: width, priority: priority, values: values, prefix: prefix, examples: examples)
    ) { value($0)?.cell ?? .missing }
  }

  /// The same of what is a part of other rows; missing where that part is.
  public func of<Whole>(_ part: @escaping @Sendable (Whole) -> Row?) -> Field<Whole> {
    Field<Whole>(column) { whole in part(whole).map { value($0) } ?? .missing }
  }
}

extension Array {
  /// The columns of fields.
  public func columns<Row>() -> [Column] where Element == Field<Row> { map(\.column) }

  /// The cells of a row, in the order of the fields.
  public func cells<Row>(_ row: Row) -> [CellValue] where Element == Field<Row> {
    map { $0.value(row) }
  }

  /// The same fields of what is a part of other rows.
  public func of<Row, Whole>(_ part: @escaping @Sendable (Whole) -> Row?) -> [Field<Whole>]
  where Element == Field<Row> { map { $0.of(part) } }
}
