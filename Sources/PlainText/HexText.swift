/// Numbers and bytes in hexadecimal.
public enum HexText {
  /// Two digits: `0f`.
  public static func byte(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  /// Two digits for each byte, with nothing or `separator` between them.
  public static func bytes(_ bytes: some Sequence<UInt8>, separator: String = "") -> String {
    bytes.map { byte($0) }.joined(separator: separator)
  }

  /// A number in at least `digits` digits.
  public static func number(_ value: some BinaryInteger, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// A byte address: `0x01f4`.
  public static func address(_ byte: Int) -> String { "0x" + number(byte, digits: 4) }
}
