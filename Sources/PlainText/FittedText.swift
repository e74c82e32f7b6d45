extension CellText {
  /// `text`, which has passed `SafeText`, in at most `columns` columns with `…` in place of what was cut: the end, or the
  /// middle.
  public static func cut(_ text: String, to columns: Int, middle: Bool) -> String {
    guard width(text) > columns else { return text }
    var cells: [(text: String, width: Int)] = []
    forEach(text, ascii: false) { cell, width in
      cells.append((cell, width))
      return true
    }
    let tail = middle ? max(0, columns - 1) / 2 : 0
    func fitting(_ cells: some Sequence<(text: String, width: Int)>, _ room: Int) -> [String] {
      var room = room
      return cells.prefix { cell in
        room -= cell.width
        return room >= 0
      }.map(\.text)
    }
    let front = fitting(cells, columns - 1 - tail).joined()
    return front + "…" + fitting(cells.reversed(), tail).reversed().joined()
  }

  /// `text` as lines of at most `columns` columns, broken at blanks; longer words stay whole, and later lines are indented.
  public static func wrapped(_ text: String, to columns: Int?) -> [String] {
    guard let columns else { return [text] }
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if line.isEmpty {
        line = String(word)
      } else if width(line) + 1 + width(String(word)) <= columns {
        line += " " + word
      } else {
        lines.append(line)
        line = "  " + word
      }
    }
    return lines + [line]
  }
}
