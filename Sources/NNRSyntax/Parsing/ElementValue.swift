import NNRBits

/// The value of an element.
public enum ElementValue: Sendable, Hashable {
  /// No value: alignment, payloads.
  case none
  /// A number.
  case number(Int)
  /// The bit pattern of a binary32.
  case float(UInt32)
  /// Text as it was coded, without the terminating zero; `total` is its length where only the beginning is kept.
  case text([UInt8], total: Int)
  /// Bytes; `total` is their number where only the beginning is kept.
  case bytes([UInt8], total: Int)

  /// The most bytes of a text or a byte string that are kept in a tree.
  public static let keptBytes = 1 << 20

  /// The number, nil for other values.
  public var number: Int? {
    if case .number(let number) = self { return number }
    return nil
  }

  /// The bytes of a text or a byte string.
  public var bytes: [UInt8]? {
    switch self {
    case .text(let bytes, _), .bytes(let bytes, _): bytes
    default: nil
    }
  }

  /// The text with invalid UTF-8 replaced by U+FFFD.
  ///
  /// It is not safe to print.
  public var text: String? {
    if case .text(let bytes, _) = self { return String(decoding: bytes, as: UTF8.self) }
    return nil
  }

  /// The floating point number.
  public var float: Float? {
    if case .float(let bits) = self { return Float(bitPattern: bits) }
    return nil
  }
}
