import Explorer
import Foundation
import TestSupport
import Testing

/// The README's table of keys is that of the command registry.
///
/// `NNRSCOPE_RECORD=1 swift test --filter KeyTableTests` writes it between its marks; the recording run fails once.
@Suite struct KeyTableTests {
  private static let readme = Fixture.folder.deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "README.md")
  private static let start = "<!-- keys -->\n"
  private static let end = "<!-- /keys -->"

  /// The table as Markdown, a heading for each group.
  private static var table: String {
    var text = ""
    var group = ""
    for row in CommandRegistry.standard.table() {
      if row.group != group {
        group = row.group
        text += "\n| \(group) | command | |\n|---|---|---|\n"
      }
      let keys = row.keys.isEmpty ? "" : code(row.keys)
      text += "| \(keys) | \(code(row.command)) | \(escaped(row.help)) |\n"
    }
    return text + "\n"
  }

  /// Text as code; a bar would end a table's cell, and a backtick the code.
  private static func code(_ text: String) -> String {
    let fence = text.contains("`") ? "``" : "`"
    let room = text.contains("`") ? " " : ""
    return fence + room + escaped(text) + room + fence
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("|", with: "\\|")
  }

  @Test func readmeListsTheCommands() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let start = try #require(
      text.range(of: Self.start), "README.md has no line '<!-- keys -->'")
    let end = try #require(
      text.range(of: Self.end, range: start.upperBound..<text.endIndex),
      "README.md has no line '<!-- /keys -->' behind '<!-- keys -->'")
    let found = String(text[start.upperBound..<end.lowerBound])
    guard found != Self.table else { return }
    if ProcessInfo.processInfo.environment["NNRSCOPE_RECORD"] == "1" {
      let new = text[..<start.upperBound] + Self.table + text[end.lowerBound...]
      try Data(new.utf8).write(to: Self.readme)
      Issue.record("the table of keys was written; look at it, then run again")
    } else {
      Issue.record(
        """
        The README's keys are not those of the command registry; to write them: \
        NNRSCOPE_RECORD=1 swift test --filter KeyTableTests
        \(Snapshot.difference(found, Self.table))
        """)
    }
  }

  @Test func everyCommandIsInTheTable() {
    for command in CommandRegistry.standard.commands {
      #expect(Self.table.contains("`:\(command.usage)`"), "\(command.name)")
      #expect(Self.table.contains(command.help), "\(command.name)")
    }
  }
}
