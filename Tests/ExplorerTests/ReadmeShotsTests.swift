import Explorer
import Foundation
import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

/// The README's screens are those of the program.
///
/// A comment before a block says how it comes about: `<!-- shot: FILES | COLSxROWS | COMMANDS | FIRST-LAST -->`, commands
/// separated by semicolons, the last part for some of the rows only. `NNRSCOPE_RECORD=1 swift test --filter
/// ReadmeShotsTests` writes the blocks; the recording run fails once.
@Suite struct ReadmeShotsTests {
  private static let root = Fixture.folder.deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A block of the README and how it is made.
  private struct Shot {
    let files: [String]
    let size: Size
    let commands: String
    let rows: ClosedRange<Int>?

    /// Reads what stands between `shot:` and the end of the comment.
    init?(_ text: Substring) {
      let parts = text.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count >= 3, let size = Size(spelling: parts[1]) else { return nil }
      files = parts[0].split(separator: " ").map(String.init)
      self.size = size
      commands = parts[2].replacing(";", with: "\n")
      let ends = parts.count > 3 ? parts[3].split(separator: "-").compactMap { Int($0) } : []
      rows = ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }

    /// The screen after the commands.
    func text() throws -> String {
      let session = Session(
        try files.map { (source: try openSource(root.path + "/" + $0), name: $0) })
      let streams = session.opened(as: files)
      var player = ScriptPlayer(
        ExplorerModel(streams, size: size), glyphs: .block, write: { _, _ in nil },
        open: { streams })
      try player.play(commands + "\nwait")
      let lines = ScreenText.lines(player.session.model.draw(glyphs: .block))
      guard let rows else { return lines.joined(separator: "\n") }
      return lines[(rows.lowerBound - 1)..<rows.upperBound].joined(separator: "\n")
    }
  }

  @Test func readmeShowsTheScreens() throws {
    let readme = Self.root.appending(path: "README.md")
    let text = try String(contentsOf: readme, encoding: .utf8)
    let places = text.matches(of: /<!-- shot: (.+) -->\n```\n((?s).*?)\n```/)
    #expect(places.count > 3)
    #expect(places.count == text.matches(of: /<!-- shot/).count)
    var new = text
    for place in places.reversed() {
      let shot = try #require(Shot(place.output.1), "\(place.output.1)")
      let screen = try shot.text()
      guard screen != place.output.2 else { continue }
      new.replaceSubrange(place.output.2.startIndex..<place.output.2.endIndex, with: screen)
      if ProcessInfo.processInfo.environment["NNRSCOPE_RECORD"] != "1" {
        Issue.record(
          """
          The README's shot "\(place.output.1)" is not what the program shows; to write it: \
          NNRSCOPE_RECORD=1 swift test --filter ReadmeShotsTests
          \(Snapshot.difference(String(place.output.2), screen))
          """)
      }
    }
    if new != text, ProcessInfo.processInfo.environment["NNRSCOPE_RECORD"] == "1" {
      try Data(new.utf8).write(to: readme)
      Issue.record("the screens were written; look at them, then run again")
    }
  }
}
