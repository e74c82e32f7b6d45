/// Text cut into what single cells of a terminal can hold: one visible character with its combining marks.
///
/// This is the last gate before a terminal: what `ScalarForm` hides comes out as a visible escape.
public enum CellText {
  /// Columns the text takes as it will be shown.
  public static func width(_ text: String, ascii: Bool = false) -> Int {
    if isPlain(text) { return text.utf8.count }
    var total = 0
    forEach(text, ascii: ascii) { _, width in
      total += width
      return true
    }
    return total
  }

  /// The text as it will be shown, unsafe parts escaped, and all but ASCII spelled out if `ascii`.
  public static func shown(_ text: String, ascii: Bool = false) -> String {
    if isPlain(text) { return text }
    var result = ""
    forEach(text, ascii: ascii) { cell, _ in
      result += cell
      return true
    }
    return result
  }

  /// Calls `body` with the content and width (1 or 2) of each cell until it returns false.
  public static func forEach(
    _ text: String, ascii: Bool, _ body: (_ cell: String, _ width: Int) -> Bool
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
      switch ScalarForm(scalar) {
      case .visible(let columns),
        .mark(let columns) where columns > 0:
        if !flush() { return }
        marks = 0
        if ascii && !scalar.isASCII {
          if !spell(ASCIISpelling.of(scalar) ?? ScalarForm.escape(scalar), body) { return }
        } else {
          cell = String(scalar)
          width = columns
        }
      case .mark where width > 0 && marks < ScalarForm.maximumMarks && !ascii:
        cell.unicodeScalars.append(scalar)
        marks += 1
      case .mark, .hidden:
        if !flush() { return }
        if !spell(ScalarForm.escape(scalar), body) { return }
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
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
}
