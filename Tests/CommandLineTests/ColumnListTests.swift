import Foundation
import TestSupport
import Testing

/// The README's list of columns is that of the tables.
///
/// `NNRSCOPE_RECORD=1 swift test --filter ColumnListTests` writes it between its marks; the recording run fails once.
@Suite struct ColumnListTests {
  private static let readme = Fixture.folder.deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "README.md")

  /// The commands that print tables.
  private static let commands = [
    ["units"], ["syntax"], ["syntax", "--catalog"], ["tensors"], ["tensors", "--against", "FILE"],
    ["tensors", "--group-by", "role"],
    ["updates"], ["cost"], ["cost", "--by", "tensor"], ["cost", "--by", "unit"],
    ["cost", "--by", "class"], ["cost", "--group-by", "role"],
    ["cost", "--by", "rows", "--tensor", "NAME"],
    ["cost", "--by", "blocks", "--tensor", "NAME"],
    ["cost", "--by", "contexts", "--tensor", "NAME"], ["check"], ["check", "--rules"], ["diff"],
    ["diff", "--by", "tensor"],
    ["advise"], ["compare"], ["compare", "--against", "FILE"],
    ["compare", "--by", "run", "--against", "FILE"],
    ["compare", "--by", "cell", "--against", "FILE"],
    ["whatif"], ["whatif", "--group-by", "role"], ["whatif", "--tensor", "NAME"],
    ["whatif", "--qp", "-3..+3", "--against", "FILE"],
    ["whatif", "--qp", "-3..+3", "--against", "FILE", "--tensor", "NAME"],
    ["trace", "--tensor", "NAME"], ["trace", "--tensor", "NAME", "--contexts"],
  ]

  /// The list as Markdown; a table that adds columns to another names those alone.
  private static func list() throws -> String {
    var text = "| command | columns |\n|---|---|\n"
    var usual: [String: [String]] = [:]
    for command in commands {
      let run = try Nnrscope.run(command + ["--columns", "help"])
      #expect(run.ending == .exit(0), "\(command): \(run.complaint)")
      var keys = run.lines.compactMap { $0.split(separator: " ").first.map(String.init) }
      if command.count == 1 { usual[command[0]] = keys }
      let adds = command.dropFirst().first == "--against"
      if adds { keys.removeAll { usual[command[0]]?.contains($0) ?? false } }
      text += "| `\(command.joined(separator: " "))` | \(adds ? "also " : "")"
      text += keys.map { "`\($0)`" }.joined(separator: " ") + " |\n"
    }
    return text
  }

  @Test func readmeListsTheColumns() throws {
    let (start, end) = ("<!-- columns -->\n", "<!-- /columns -->")
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let from = try #require(text.range(of: start)).upperBound
    let to = try #require(text.range(of: end, range: from..<text.endIndex)).lowerBound
    let list = try Self.list()
    guard text[from..<to] != list else { return }
    guard ProcessInfo.processInfo.environment["NNRSCOPE_RECORD"] == "1" else {
      Issue.record(
        """
        The README's columns are not those of the tables; to write them: \
        NNRSCOPE_RECORD=1 swift test --filter ColumnListTests
        \(Snapshot.difference(String(text[from..<to]), list))
        """)
      return
    }
    try Data((text[..<from] + list + text[to...]).utf8).write(to: Self.readme)
    Issue.record("the list of columns was written; look at it, then run again")
  }
}
