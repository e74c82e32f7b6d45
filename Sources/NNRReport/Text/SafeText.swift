/// The one gate that makes untrusted text printable.
///
/// What comes out is one line of visible characters: it cannot move a cursor, change colours, reverse the direction of
/// writing, hide, or pass for other text. Every character that is not plainly visible becomes an escape, and a backslash is
/// doubled, so two different inputs never look the same.
///
/// | input | output |
/// |---|---|
/// | line feed, carriage return, tab | `\n` `\r` `\t` |
/// | other C0, DEL, bytes that are no UTF-8 | `\x1b` |
/// | C1, format and bidi characters, tags, separators, spaces other than U+0020, private, unassigned, noncharacters | `\u{202e}` |
/// | a combining mark at the start or the fifth on one letter | `\u{301}` |
public enum SafeText {
  /// How many characters of a name are shown before it is elided.
  public static let usualLimit = 200

  /// `text` as one printable line; after `limit` characters a visible count of the rest, `…+1,048,000 more`.
  public static func line(_ text: some StringProtocol, limit: Int = .max) -> String {
    if isPlainASCII(text, limit) { return String(text) }
    var builder = SafeLine(limit: limit)
    for scalar in text.unicodeScalars { builder.append(scalar) }
    return builder.finish()
  }

  /// `bytes` read as UTF-8 as one printable line; bytes that are no UTF-8 become `\xff`.
  public static func line(bytes: some Sequence<UInt8>, limit: Int = .max) -> String {
    var builder = SafeLine(limit: limit)
    var decoder = UTF8Scalars(bytes.makeIterator())
    while let piece = decoder.next() {
      switch piece {
      case .success(let scalar): builder.append(scalar)
      case .failure(let broken): builder.append(byte: broken.byte)
      }
    }
    return builder.finish()
  }

  /// True if `text` is printed as it is.
  public static func isPlain(_ text: String) -> Bool { line(text) == text }

  /// A quick look: most text is plain.
  private static func isPlainASCII(_ text: some StringProtocol, _ limit: Int) -> Bool {
    let utf8 = text.utf8
    return utf8.count <= limit
      && utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
  }

  /// Whether a character is visible by itself and may be printed as it is.
  static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value >= 0x20 && scalar != "\\" }
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint { return false }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }

  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x300 else { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return true
    default: return false
    }
  }
}

/// A printable line in the making.
private struct SafeLine {
  private let limit: Int
  private var text = ""
  private var shown = 0
  private var hidden = 0
  private var marks = 4

  init(limit: Int) { self.limit = max(0, limit) }

  mutating func append(_ scalar: Unicode.Scalar) {
    guard room() else { return }
    if SafeText.isMark(scalar) && SafeText.isPrintable(scalar) {
      marks += 1
      if marks <= 4 {
        text.unicodeScalars.append(scalar)
        return
      }
    } else {
      marks = SafeText.isPrintable(scalar) ? 0 : 4
      if SafeText.isPrintable(scalar) {
        text.unicodeScalars.append(scalar)
        return
      }
    }
    switch scalar {
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case "\\":
      text += "\\\\"
      marks = 0
    default:
      text +=
        scalar.value < 0x80
        ? Self.escape(UInt8(truncatingIfNeeded: scalar.value))
        : "\\u{" + String(scalar.value, radix: 16) + "}"
    }
  }

  mutating func append(byte: UInt8) {
    guard room() else { return }
    marks = 4
    text += Self.escape(byte)
  }

  private mutating func room() -> Bool {
    guard shown < limit else {
      hidden += 1
      return false
    }
    shown += 1
    return true
  }

  private static func escape(_ byte: UInt8) -> String {
    (byte < 16 ? "\\x0" : "\\x") + String(byte, radix: 16)
  }

  func finish() -> String {
    hidden == 0 ? text : text + "…+" + NumberFormat.grouped(hidden) + " more"
  }
}

/// A byte that is no part of well-formed UTF-8.
struct BrokenByte: Error {
  var byte: UInt8
}

/// Decodes UTF-8 into characters and the bytes that belong to none (Unicode 3.9, table 3-7).
struct UTF8Scalars<Bytes: IteratorProtocol<UInt8>> {
  private var bytes: Bytes
  private var ahead: [UInt8] = []

  init(_ bytes: Bytes) { self.bytes = bytes }

  mutating func next() -> Result<Unicode.Scalar, BrokenByte>? {
    guard let first = peek(0) else { return nil }
    let length: Int
    let second: ClosedRange<UInt8>
    switch first {
    case 0x00...0x7F: (length, second) = (1, 0...0)
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    default: return broken()
    }
    guard length > 1 else {
      ahead.removeFirst()
      return .success(Unicode.Scalar(first))
    }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length {
      guard let byte = peek(index), (index == 1 ? second : 0x80...0xBF).contains(byte) else {
        return broken()
      }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard let scalar = Unicode.Scalar(value) else { return broken() }
    ahead.removeFirst(length)
    return .success(scalar)
  }

  /// Gives up the first byte only: what follows may start a character.
  private mutating func broken() -> Result<Unicode.Scalar, BrokenByte>? {
    .failure(BrokenByte(byte: ahead.removeFirst()))
  }

  private mutating func peek(_ index: Int) -> UInt8? {
    while ahead.count <= index {
      guard let byte = bytes.next() else { return nil }
      ahead.append(byte)
    }
    return ahead[index]
  }
}
