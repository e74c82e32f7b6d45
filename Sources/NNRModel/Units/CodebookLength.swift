extension CompressedDataUnit.Codebook {
  /// Whether the codes of entries can say it: a damaged one may hold an entry twice, or one beyond 32 bits.
  package var isWritable: Bool {
    values.indices.contains(zeroOffset)
      && values.allSatisfy { (-Int(Int32.max)...Int(Int32.max)).contains($0) }
      && zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// The bits of codebook() (format reference 3.4); 0 for one that cannot be written.
  package var bits: Int {
    guard isWritable else { return 0 }
    let distances = zip(values.dropFirst(), values).map { $0 - $1 - 1 }
    return 4 + Self.length(values.count, order: 2)
      + Self.signed(zeroOffset - values.count >> 1, order: 2)
      + Self.signed(values[zeroOffset], order: 7)
      + distances.reduce(0) { $0 + Self.length($1, order: egk) }
  }

  /// The codebook with its entries coded by an order, 0 to 15.
  package func ordered(_ egk: Int) -> Self {
    Self(egk: min(max(egk, 0), 15), zeroOffset: zeroOffset, values: values)
  }

  /// The codebook with the order whose codes are shortest, the least of several.
  package var shortest: Self {
    (0...15).map(ordered).min { ($0.bits, $0.egk) < ($1.bits, $1.egk) } ?? self
  }

  /// The codebook with the entries at some places alone; the zero entry must be one of them.
  package func keeping(_ places: [Int]) -> Self {
    Self(
      egk: egk, zeroOffset: places.firstIndex(of: zeroOffset) ?? 0,
      values: places.filter(values.indices.contains).map { values[$0] })
  }

  /// The length of the exp-Golomb code of a number.
  private static func length(_ value: Int, order: Int) -> Int {
    let scaled = (max(0, value) >> order) + 1
    let magnitude = Int.bitWidth - 1 - scaled.leadingZeroBitCount
    return 2 * magnitude + 1 + order
  }

  /// The length of the code of a signed number: 0, 1, −1, 2, −2 and so on.
  private static func signed(_ value: Int, order: Int) -> Int {
    length(value > 0 ? 2 * value - 1 : -2 * value, order: order)
  }
}
