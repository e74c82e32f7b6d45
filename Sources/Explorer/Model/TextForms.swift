import PlainText

/// Numbers as the screen shows them.
typealias NumberText = NumberFormat

extension NumberFormat {
  /// A number with a fixed count of decimals.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    fixed(value, decimals: decimals)
  }

  /// A share in percent with one decimal for a column of them: `28.8`.
  static func percentFigure(_ part: Int, of whole: Int) -> String {
    whole > 0 ? fixed(Double(part) * 100 / Double(whole), 1) : "-"
  }

  /// A byte address: `0x01f4`.
  static func address(_ byte: Int) -> String { HexText.address(byte) }
}

/// Text out of the bitstream, on its way to the screen.
enum ShownText {
  /// One printable line; what is not plainly visible becomes an escape.
  static func line(_ text: String) -> String { SafeText.elided(text) }

  /// Bytes as one printable line; those that are no UTF-8 become escapes.
  static func line(bytes: some Sequence<UInt8>) -> String { SafeText.elided(bytes: bytes) }
}
