/// How a character may be shown: the one rule of every text that leaves the program, to a file, a terminal or a screen.
public enum ScalarForm: Equatable, Sendable {
  /// Visible by itself, in that many columns of a terminal: 1, or 2 for East Asian wide characters and emoji.
  case visible(columns: Int)
  /// Sits on the character before it and adds that many columns, 0 or 1.
  case mark(columns: Int)
  /// Must not be shown as it is: it would move a cursor, change the direction of writing, hide, or pass for other text;
  /// or terminals disagree on its width.
  case hidden

  /// Classifies a character.
  public init(_ scalar: Unicode.Scalar) {
    let code = scalar.value
    if code < 0x7F {
      self = code >= 0x20 ? .visible(columns: 1) : .hidden
      return
    }
    // Box drawing, blocks and braille are drawn most; spare them the property look-ups.
    if (0x2500...0x25FC).contains(code) || (0x2800...0x28FF).contains(code) {
      self = .visible(columns: 1)
      return
    }
    // Flags and skin tones: terminals disagree on their width.
    if (0x1F1E6...0x1F1FF).contains(code) || (0x1F3FB...0x1F3FF).contains(code) {
      self = .hidden
      return
    }
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint {
      self = .hidden
      return
    }
    self =
      switch properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator, .spaceSeparator:
        .hidden
      case .nonspacingMark, .enclosingMark: .mark(columns: 0)
      case .spacingMark: .mark(columns: 1)
      // Conjoining vowels and finals sit on the syllable before them.
      default:
        (0x1160...0x11FF).contains(code) || (0xD7B0...0xD7FF).contains(code)
          ? .mark(columns: 0) : .visible(columns: WideRanges.contains(code) ? 2 : 1)
      }
  }

  /// Marks that may sit on one character; ncurses holds no more in a cell.
  static let maximumMarks = 4

  /// The visible spelling of a character that is not shown as it is: `\x1b`, `\u{202e}`.
  ///
  /// `\x80` and above are bytes that are no UTF-8, so C1 controls are spelled `\u{80}`.
  static func escape(_ scalar: Unicode.Scalar) -> String {
    scalar.value < 0x80
      ? escape(UInt8(truncatingIfNeeded: scalar.value))
      : "\\u{" + String(scalar.value, radix: 16) + "}"
  }

  /// The visible spelling of a byte: `\xff`.
  static func escape(_ byte: UInt8) -> String { "\\x" + HexText.byte(byte) }
}
