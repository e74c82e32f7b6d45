/// Numbers as people type them in filters.
enum FilterNumber {
  private static let factors: [(suffix: String, factor: Double)] = [
    ("ki", 1024), ("mi", 1_048_576), ("gi", 1_073_741_824), ("ti", 1_099_511_627_776),
    ("k", 1e3), ("m", 1e6), ("g", 1e9), ("t", 1e12), ("%", 0.01),
  ]

  /// The number that `word` spells: decimal or 0x hexadecimal, with a sign (− too), with `K M G T Ki Mi Gi Ti` (and a `B`
  /// after them) or `%`; `inf` and `nan`; nil if it spells none.
  static func parse(_ word: String) -> Double? {
    guard word.utf8.count <= 64 else { return nil }
    var text = word.lowercased()
    var sign = 1.0
    if let first = text.first, "+-−".contains(first) {
      sign = first == "+" ? 1 : -1
      text.removeFirst()
    }
    if text == "inf" { return sign * .infinity }
    if text == "nan" { return .nan }
    if text.hasPrefix("0x") {
      return UInt64(text.dropFirst(2), radix: 16).map { sign * Double($0) }
    }
    guard let first = text.first, first == "." || first.isASCII && first.isNumber else {
      return nil
    }
    var factor = 1.0
    if text.hasSuffix("b") { text.removeLast() }
    for (suffix, value) in factors where text.hasSuffix(suffix) {
      text.removeLast(suffix.count)
      factor = value
      break
    }
    guard let value = Double(text), value.isFinite else { return nil }
    // Dividing by 100 is exact where multiplying by 0.01 is not.
    return sign * (factor == 0.01 ? value / 100 : value * factor)
  }
}
