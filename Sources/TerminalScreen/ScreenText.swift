/// Dumps of a screen as text.
public enum ScreenText {
  /// The screen's rows without trailing blanks, joined by newlines.
  public static func plain(_ grid: Grid) -> String {
    lines(grid).joined(separator: "\n")
  }

  /// The screen's rows without trailing blanks.
  public static func lines(_ grid: Grid) -> [String] {
    (0..<grid.size.height).map { y in
      line(grid.row(y))
    }
  }

  /// Cells side by side without trailing blanks.
  public static func line(_ cells: some Sequence<Cell>) -> String {
    trimmed(cells.map(\.text).joined())
  }

  /// The screen with its styles: each row, then, if any cell is not plain, a line of role letters
  /// marked `r`, a line of highlight letters marked `h` and a line of attributes marked `a`.
  public static func annotated(_ grid: Grid) -> String {
    var result: [String] = []
    for (y, line) in lines(grid).enumerated() {
      let row = grid.row(y)
      result.append("  |\(line)")
      let roles = String(row.map { visible($0) ? $0.style.role.letter : " " })
      if roles.contains(where: { $0 != " " && $0 != "." }) { result.append("r |\(trimmed(roles))") }
      let highlights = trimmed(String(row.map(\.style.highlight.letter)))
      if !highlights.isEmpty { result.append("h |\(highlights)") }
      let attributes = trimmed(String(row.map { letter($0.style.attributes) }))
      if !attributes.isEmpty { result.append("a |\(attributes)") }
    }
    if let cursor = grid.cursor { result.append("cursor \(cursor.x),\(cursor.y)") }
    return result.joined(separator: "\n")
  }

  /// The screen as a terminal without colour shows it: each row, then, if any, a line of the
  /// attributes in force (`b` bold, `u` underline, `r` reverse, `d` dim, for
  /// combinations `R` reverse with more, `U` underline with more, `+` others).
  public static func monochrome(_ grid: Grid) -> String {
    let theme = Theme(depth: .monochrome)
    var result: [String] = []
    for (y, line) in lines(grid).enumerated() {
      result.append("  |\(line)")
      let attributes = trimmed(
        String(grid.row(y).map { letter(theme.appearance($0.style).attributes) }))
      if !attributes.isEmpty { result.append("a |\(attributes)") }
    }
    return result.joined(separator: "\n")
  }

  private static func visible(_ cell: Cell) -> Bool { cell.text != " " }

  private static func letter(_ attributes: Attributes) -> Character {
    if attributes.isEmpty { return " " }
    if attributes == .bold { return "b" }
    if attributes == .underline { return "u" }
    if attributes == .reverse { return "r" }
    if attributes == .dim { return "d" }
    if attributes.contains(.reverse) { return "R" }
    return attributes.contains(.underline) ? "U" : "+"
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
