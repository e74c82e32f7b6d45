import NNRAnalysis
import PlainText

extension JSONWriter {
  /// Writes a member with text; `null` if there is none.
  public mutating func member(_ name: String, _ text: String?) {
    key(name)
    if let text { value(text) } else { null() }
  }

  /// Writes a member with a whole number; `null` if there is none.
  public mutating func member<Number: BinaryInteger>(_ name: String, _ number: Number?) {
    key(name)
    if let number { value(number) } else { null() }
  }

  /// Writes a member with a real number; `null` if there is none or it is not finite.
  public mutating func member(_ name: String, _ number: Double?) {
    key(name)
    if let number { value(number) } else { null() }
  }

  /// Writes a member with `true` or `false`; `null` if there is neither.
  public mutating func member(_ name: String, _ flag: Bool?) {
    key(name)
    if let flag { value(flag) } else { null() }
  }

  /// Writes a member with an array of whole numbers, such as a shape.
  public mutating func member(_ name: String, _ numbers: [Int]) {
    key(name)
    array { writer in for number in numbers { writer.value(number) } }
  }

  /// Writes a member with an array of texts.
  public mutating func member(_ name: String, _ texts: [String]) {
    key(name)
    array { writer in for text in texts { writer.value(text) } }
  }

  /// Writes a member with untrusted bytes as text; if they are no UTF-8, the broken ones become U+FFFD and a second member
  /// `NAME_bytes` holds all of them in hexadecimal.
  public mutating func member(_ name: String, bytes: some Collection<UInt8>) {
    member(name, String(decoding: bytes, as: UTF8.self))
    var decoder = UTF8Scalars(bytes.makeIterator())
    while let piece = decoder.next() {
      guard case .failure = piece else { continue }
      let hex = HexText.bytes(bytes)
      return member(name + "_bytes", hex)
    }
  }

  /// Writes one cell of a table.
  public mutating func value(_ cell: CellValue) {
    switch cell {
    case .integer(let number): value(number)
    case .number(let number): value(number)
    case .text(let text): value(text)
    case .flag(let flag): value(flag)
    case .shape(let sides): array { json in for side in sides { json.value(side) } }
    case .curve(let shares): array { json in for share in shares { json.value(share) } }
    case .missing: null()
    }
  }

  /// Writes the cells of a row into the object that is open; if some are no finite numbers, `nonfinite_cells` counts them.
  public mutating func members(_ cells: some Sequence<CellValue>, _ columns: [Column]) {
    var nonfinite = 0
    for (column, cell) in zip(columns, cells) {
      key(column.key)
      value(cell)
      if case .number(let number) = cell, !number.isFinite { nonfinite += 1 }
    }
    if nonfinite > 0 { member("nonfinite_cells", nonfinite) }
  }

  /// Writes fields of a row into the object that is open.
  public mutating func members<Row>(of row: Row, _ fields: [Field<Row>]) {
    members(fields.cells(row), fields.columns())
  }

  /// Writes a row as an object.
  public mutating func value<Row>(_ row: Row, _ fields: [Field<Row>]) {
    object { $0.members(of: row, fields) }
  }

  /// Writes the rows of a table as an array of objects.
  public mutating func value(_ table: Table) {
    array { writer in
      table.forEach { row in writer.object { $0.members(row, table.columns) } }
    }
  }

  /// Writes the members `count, nonzero, min, max, sum, sum_sq` of a manifest's `levels`, into the object that is open.
  public mutating func members(of figures: LevelStatistics) {
    member("count", figures.count)
    member("nonzero", figures.nonzero)
    member("min", figures.min)
    member("max", figures.max)
    member("sum", figures.sum)
    member("sum_sq", figures.sumOfSquares)
  }

  /// Writes the members `min, max, mean, std, zero_fraction` of a manifest's values, into the object that is open.
  ///
  /// All but the last are `null` if some value is not finite, and `nonfinite` and a count of each kind follow; all are `null` if there are no
  /// values.
  public mutating func members(of figures: ValueStatistics) {
    let isFinite = figures.isFinite
    member("min", isFinite ? figures.min : nil)
    member("max", isFinite ? figures.max : nil)
    member("mean", isFinite ? figures.mean : nil)
    member("std", isFinite ? figures.standardDeviation : nil)
    member("zero_fraction", figures.count > 0 ? figures.zeroFraction : nil)
    guard !isFinite else { return }
    member("nonfinite", figures.count - figures.finiteCount)
    member("nan", figures.nanCount)
    member("positive_infinity", figures.positiveInfinityCount)
    member("negative_infinity", figures.negativeInfinityCount)
  }
}
