import CTerminal
import TerminalScreen

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The character set that ncurses shall write.
enum LocaleChoice {
  /// Sets the process's locale for characters.
  ///
  /// - Returns: whether UTF-8 may be written.
  static func setUp() -> Bool {
    let named = requested
    let known = setlocale(LC_ALL, "") != nil
    // Numbers are formatted by us alone; a decimal comma in C code would break files.
    setlocale(LC_NUMERIC, "C")
    if known, isUTF8 { return true }
    // Without a wish (containers, cron, ssh) or with one that is not installed, terminals speak
    // UTF-8 nowadays. A wish for another character set, C among them, is respected: ASCII suits them all.
    guard named.isEmpty || named.lowercased().contains("utf") else { return false }
    for name in ["C.UTF-8", "en_US.UTF-8", "UTF-8"] where setlocale(LC_CTYPE, name) != nil {
      return isUTF8
    }
    return false
  }

  /// The locale that the environment asks for.
  private static var requested: String {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      if let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty { return value }
    }
    return ""
  }

  private static var isUTF8: Bool { ct_locale_is_utf8() != 0 }

  /// The glyph set that suits a locale and terminal.
  static func glyphs(utf8: Bool, terminal: String) -> GlyphSet {
    // The fonts of text consoles lack most block elements.
    utf8 && terminal != "linux" && !terminal.hasPrefix("vt") ? .block : .ascii
  }
}
