import NNRSyntax
import TerminalScreen

/// The format reference on the screen: its Markdown as lines.
enum ReferenceText {
  /// The heading and the text of a section.
  static func lines(_ section: FormatReference.Section, _ width: Int) -> [StyledText] {
    var lines: [StyledText] = ["", StyledText(section.heading, .heading)]
    var paragraph: [Substring] = []
    var isCode = false
    func close() {
      guard !paragraph.isEmpty else { return }
      lines += StyledText.wrap(plain(paragraph.joined(separator: " ")), width: width)
      paragraph = []
    }
    for line in section.text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        close()
        isCode.toggle()
      } else if isCode {
        lines.append(StyledText("  " + line, .descriptor))
      } else if line.hasPrefix("|") {
        close()
        lines += row(line, width)
      } else if line.isEmpty {
        close()
        lines.append("")
      } else {
        if line.hasPrefix("- ") { close() }
        paragraph.append(line.drop { $0 == " " })
      }
    }
    close()
    return lines
  }

  /// A row of a table: its cells behind one another, a hanging indent where they take several lines.
  private static func row(_ line: Substring, _ width: Int) -> [StyledText] {
    let cells = line.split(separator: "|").map { cell in
      plain(String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
    }.filter { !$0.isEmpty }
    guard cells.contains(where: { !$0.allSatisfy { $0 == "-" } }) else { return [] }
    return StyledText.wrap(cells.joined(separator: " · "), width: width - 4).enumerated().map {
      StyledText($0 == 0 ? "  " : "    ") + $1
    }
  }

  /// Text without marks of emphasis and code.
  private static func plain(_ text: String) -> String { text.filter { $0 != "`" && $0 != "*" } }
}
