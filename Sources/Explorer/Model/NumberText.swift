import NNRReport

/// Numbers as the screen shows them.
enum NumberText {
  /// Digits in groups of three: `10,522`.
  static func grouped(_ number: Int) -> String { NumberFormat.grouped(number) }

  /// A number with a fixed count of decimals.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    NumberFormat.fixed(value, decimals: decimals)
  }

  /// A share in per cent with one decimal: `28.8`.
  static func percent(_ part: Int, of whole: Int) -> String {
    whole > 0 ? fixed(Double(part) * 100 / Double(whole), 1) : "-"
  }

  /// A count with its noun: `1 unit`, `20 units`.
  static func count(_ number: Int, _ noun: String) -> String {
    NumberFormat.count(number, noun)
  }

  /// A length in bits, in bytes where it is whole ones: `19 bit`, `27 B`.
  static func length(bits: Int) -> String {
    bits % 8 == 0 && bits > 0 ? "\(grouped(bits / 8)) B" : "\(grouped(bits)) bit"
  }

  /// A byte address: `0x01f4`.
  static func address(_ byte: Int) -> String {
    let digits = String(byte, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
