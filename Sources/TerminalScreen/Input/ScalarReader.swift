/// Puts characters together from bytes; what is no character is dropped.
struct ScalarReader: Sendable {
  private let utf8: Bool
  private var bytes: [UInt8] = []
  private var missing = 0
  private var modifiers: Key.Modifiers = []

  /// A reader of UTF-8, or of Latin-1.
  init(utf8: Bool) { self.utf8 = utf8 }

  /// Drops what is begun.
  mutating func reset() { missing = 0 }

  /// Takes a byte and gives the character that it completes, with the modifiers of its first byte.
  mutating func take(_ byte: UInt8, _ modifiers: Key.Modifiers = []) -> (
    Unicode.Scalar, Key.Modifiers
  )? {
    guard utf8, byte >= 0x80 else {
      missing = 0
      return (Unicode.Scalar(byte), modifiers)
    }
    if missing > 0, byte & 0xC0 == 0x80 {
      bytes.append(byte)
      missing -= 1
      guard missing == 0 else { return nil }
      var decoder = UTF8()
      var iterator = bytes.makeIterator()
      guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
      return (scalar, self.modifiers)
    }
    bytes = [byte]
    self.modifiers = modifiers
    missing =
      switch byte {
      case 0xC2...0xDF: 1
      case 0xE0...0xEF: 2
      case 0xF0...0xF4: 3
      default: 0
      }
    return nil
  }
}

/// The text of a bracketed paste.
struct PasteReader: Sendable {
  private static let end = Array("\u{1B}[201~".utf8)
  /// The longest paste that is kept, in characters; the rest is dropped.
  private static let limit = 1 << 20

  private var text = String.UnicodeScalarView()
  private var count = 0
  private var matched = 0

  /// Takes a byte; the whole text with the last one.
  mutating func take(_ byte: UInt8, _ scalars: inout ScalarReader) -> String? {
    if byte == Self.end[matched] {
      matched += 1
      return matched == Self.end.count ? String(text) : nil
    }
    // What looked like the end was text.
    for earlier in Self.end[..<matched] { append(earlier, &scalars) }
    matched = 0
    if byte == Self.end[0] {
      matched = 1
    } else {
      append(byte, &scalars)
    }
    return nil
  }

  private mutating func append(_ byte: UInt8, _ scalars: inout ScalarReader) {
    guard let (scalar, _) = scalars.take(byte), count < Self.limit else { return }
    text.append(scalar.value == 13 ? "\n" : scalar)
    count += 1
  }
}
