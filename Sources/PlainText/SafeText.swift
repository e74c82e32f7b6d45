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
/// | C1, format and bidi characters, tags, separators, spaces other than U+0020, private, unassigned, noncharacters, flags, skin tones (`ScalarForm.hidden`) | `\u{202e}` |
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

  /// `text` as one printable line, elided after the usual number of characters.
  public static func elided(_ text: some StringProtocol) -> String { line(text, limit: usualLimit) }

  /// `bytes` as one printable line, elided after the usual number of characters.
  public static func elided(bytes: some Sequence<UInt8>) -> String {
    line(bytes: bytes, limit: usualLimit)
  }

  /// True if `text` is printed as it is.
  public static func isPlain(_ text: String) -> Bool { line(text) == text }

  /// A quick look: most text is plain.
  private static func isPlainASCII(_ text: some StringProtocol, _ limit: Int) -> Bool {
    let utf8 = text.utf8
    return utf8.count <= limit
      && utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
  }
}

/// A printable line in the making.
private struct SafeLine {
  private let limit: Int
  private var text = ""
  private var shown = 0
  private var hidden = 0
  /// Marks on the character before; as many as may be where there is none to sit on.
  private var marks = ScalarForm.maximumMarks

  init(limit: Int) { self.limit = max(0, limit) }

  mutating func append(_ scalar: Unicode.Scalar) {
    guard room() else { return }
    switch ScalarForm(scalar) {
    case .visible:
      marks = 0
      text.unicodeScalars.append(scalar)
      if scalar == "\\" { text.unicodeScalars.append(scalar) }
    case .mark where marks < ScalarForm.maximumMarks:
      marks += 1
      text.unicodeScalars.append(scalar)
    case .mark: text += ScalarForm.escape(scalar)
    case .hidden:
      marks = ScalarForm.maximumMarks
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default: text += ScalarForm.escape(scalar)
      }
    }
  }

  mutating func append(byte: UInt8) {
    guard room() else { return }
    marks = ScalarForm.maximumMarks
    text += ScalarForm.escape(byte)
  }

  private mutating func room() -> Bool {
    guard shown < limit else {
      hidden += 1
      return false
    }
    shown += 1
    return true
  }

  func finish() -> String {
    hidden == 0 ? text : text + "…+" + NumberFormat.grouped(hidden) + " more"
  }
}
