/// Text cut into what single cells can hold: one visible scalar with its combining marks.
///
/// This is the last gate before a terminal: controls, C1, bidi overrides, zero-width formats, private
/// and unassigned code points never pass, they come out as visible escapes.
public enum CellText {
  /// Marks that may sit on one base; ncurses holds no more in a cell.
  static let maximumMarks = 4

  /// Columns the text takes.
  public static func width(_ text: String, glyphs: GlyphSet = .block) -> Int {
    if isPlain(text) { return text.utf8.count }
    var total = 0
    forEach(text, glyphs: glyphs) { _, width in
      total += width
      return true
    }
    return total
  }

  /// The text as it will be shown, unsafe parts escaped.
  public static func shown(_ text: String, glyphs: GlyphSet = .block) -> String {
    if isPlain(text) { return text }
    var result = ""
    forEach(text, glyphs: glyphs) { cell, _ in
      result += cell
      return true
    }
    return result
  }

  /// Calls `body` with the content and width (1 or 2) of each cell until it returns false.
  public static func forEach(
    _ text: String, glyphs: GlyphSet, _ body: (_ cell: String, _ width: Int) -> Bool
  ) {
    var cell = ""
    var width = 0
    var marks = 0
    func flush() -> Bool {
      guard width > 0 else { return true }
      defer { width = 0 }
      return body(cell, width)
    }
    for scalar in text.unicodeScalars {
      switch kind(of: scalar) {
      case .visible(let columns):
        if !flush() { return }
        marks = 0
        if glyphs.isASCII && !scalar.isASCII {
          if !spell(glyphs.spelling(of: scalar) ?? escape(scalar), body) { return }
        } else {
          cell = String(scalar)
          width = columns
        }
      case .mark where width > 0 && marks < maximumMarks && !glyphs.isASCII:
        cell.unicodeScalars.append(scalar)
        marks += 1
      case .mark, .unsafe:
        if !flush() { return }
        if !spell(escape(scalar), body) { return }
      }
    }
    _ = flush()
  }

  /// Hands out ASCII text cell by cell.
  private static func spell(_ text: String, _ body: (String, Int) -> Bool) -> Bool {
    for scalar in text.unicodeScalars where !body(String(scalar), 1) { return false }
    return true
  }

  /// Whether every byte is a printable ASCII character.
  static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// The visible spelling of a code point that must not reach a terminal.
  public static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    if scalar.value > 0xFF { return "\\u{\(digits)}" }
    return digits.count < 2 ? "\\x0\(digits)" : "\\x\(digits)"
  }

  /// How a code point may be shown.
  enum Kind: Equatable {
    case visible(Int)
    case mark
    case unsafe
  }

  /// Classifies a code point.
  static func kind(of scalar: Unicode.Scalar) -> Kind {
    let code = scalar.value
    if code < 0x7F { return code >= 0x20 ? .visible(1) : .unsafe }
    // Box drawing, blocks and braille are drawn most; spare them the property look-ups.
    if (0x2500...0x25FF).contains(code) && !WideRanges.contains(code) { return .visible(1) }
    if (0x2800...0x28FF).contains(code) { return .visible(1) }
    // Conjoining vowels and finals sit on the syllable before them.
    if (0x1160...0x11FF).contains(code) || (0xD7B0...0xD7FF).contains(code) {
      let properties = scalar.properties
      let hidden = properties.isDefaultIgnorableCodePoint
      return hidden || properties.generalCategory == .unassigned ? .unsafe : .mark
    }
    // Flags and skin tones: terminals disagree on their width, so they are spelled out.
    if (0x1F1E6...0x1F1FF).contains(code) || (0x1F3FB...0x1F3FF).contains(code) { return .unsafe }
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint { return .unsafe }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      return .unsafe
    case .nonspacingMark, .enclosingMark:
      return .mark
    default:
      return .visible(WideRanges.contains(code) ? 2 : 1)
    }
  }
}
