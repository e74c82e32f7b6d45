import NNRAnalysis

/// Columns that someone has for tensors by their names: sensitivities, layer numbers, notes.
public struct JoinedTable: Sendable {
  /// The most bytes of a file that are read.
  public static let byteLimit = CSVReader.byteLimit

  private let columns: [Column]
  private let cells: [String: [CellValue]]
  /// The names of the file that were not asked for, or all; not safe to print.
  public let names: [String]

  /// The keys of the columns.
  public var keys: [String] { columns.map(\.key) }

  /// Reads a file with a heading: the column `name` or `tensor`, or else the first one, has the names of tensors.
  ///
  /// A column whose fields are all numbers, or empty, is one of numbers; an empty field is no value. A column whose key is one
  /// of `taken` has `joined_` in front. Of rows with one name the first counts.
  public init(_ bytes: [UInt8], beside taken: [String] = []) throws(CSVError) {
    var reader = try CSVReader(bytes)
    var rows = try reader.rows()
    guard !rows.isEmpty else { throw .empty }
    let heading = rows.removeFirst().fields
    for (line, fields) in rows where fields.count != heading.count {
      throw .ragged(line: line, fields: fields.count, expected: heading.count)
    }
    let words = heading.map { $0.lowercased() }
    let own = words.firstIndex(of: "name") ?? words.firstIndex(of: "tensor") ?? 0
    var used = Set(taken)
    var columns: [Column] = []
    var values: [[CellValue]] = []
    for place in heading.indices where place != own {
      let fields = rows.map { $0.fields[place] }
      let numbers = fields.map { Self.number($0) }
      let isNumeric =
        zip(fields, numbers).allSatisfy { $0.isEmpty || $1 != nil }
        && numbers.contains { $0 != nil }
      let key = Self.key(heading[place], place, used)
      used.insert(key)
      columns.append(
        Column(
          key, title: key.hasPrefix("joined_") ? key : String(heading[place].prefix(24)),
          kind: isNumeric ? .number : .text,
          summary: "a column of --join", priority: 2))
      values.append(
        zip(fields, numbers).map { field, number in
          field.isEmpty ? .missing : isNumeric ? number ?? .missing : .text(field)
        })
    }
    self.columns = columns
    var cells: [String: [CellValue]] = [:]
    for (number, row) in rows.enumerated() where cells[row.fields[own]] == nil {
      cells[row.fields[own]] = values.map { $0[number] }
    }
    self.cells = cells
    names = rows.map { $0.fields[own] }
  }

  /// A number, whole where it is written so; nil for anything else.
  private static func number(_ text: String) -> CellValue? {
    if let whole = Int(text) { return .integer(whole) }
    guard let first = text.utf8.first, (0x30...0x39).contains(first) || "+-.".utf8.contains(first)
    else { return nil }
    return Double(text).map { .number($0) }
  }

  /// A key of letters, digits and underscores that is not used.
  private static func key(_ title: String, _ place: Int, _ used: Set<String>) -> String {
    let letters = title.lowercased().unicodeScalars.prefix(40).map { scalar -> Character in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        ? Character(scalar) : "_"
    }
    let plain = letters.contains { $0 != "_" } ? String(letters) : "column_\(place + 1)"
    var key = used.contains(plain) || plain.first?.isNumber == true ? "joined_\(plain)" : plain
    while used.contains(key) { key += "_" }
    return key
  }

  /// The columns as fields of rows that have names.
  public func fields<Row>(name: @escaping @Sendable (Row) -> String) -> [Field<Row>] {
    columns.enumerated().map { place, column in
      Field(column) { cells[name($0)]?[place] ?? .missing }
    }
  }

  /// What a column says of each name, as text; nil if there is no such column.
  public func labels(_ key: String) -> [String: String]? {
    guard let place = keys.firstIndex(of: key) else { return nil }
    return cells.compactMapValues { cells in
      switch cells[place] {
      case .missing: nil
      case .text(let text): text
      case let value: ValueText.csv(value)
      }
    }
  }

  /// How many of `tensors` it has nothing for.
  public func missing(among tensors: some Sequence<String>) -> Int {
    tensors.count { cells[$0] == nil }
  }
}
