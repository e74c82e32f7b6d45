extension CursesTerminal {
  /// Asks the terminal to put a text on the clipboard (OSC 52); terminals that do not know it ignore it.
  public func copy(_ text: String) {
    send("\u{1B}]52;c;" + Base64.text(Array(text.utf8)) + "\u{7}")
  }
}

/// Bytes in 64 letters, as OSC 52 takes them.
enum Base64 {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

  /// Four letters for every three bytes, the last ones filled up.
  static func text(_ bytes: [UInt8]) -> String {
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let word = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
      for place in 0..<4 {
        text.append(place <= part.count ? letters[word >> (18 - 6 * place) & 63] : "=")
      }
    }
    return text
  }
}
