import TestSupport
import Testing

@testable import Explorer

/// In a list that fills the screen a search goes through its lines.
@Suite struct LineSearchTests {
  /// The keys that open the list, and a text that it holds twice and more.
  @Test(arguments: [
    ("2", "running"), ("3", "bn"), ("3 t", "conv"), ("5", "running"), ("6", "start state"),
    ("\"", "here"),
  ]) func everyList(_ keys: String, _ text: String) throws {
    var explorer = try ExplorerSession("cnn_digits_pyt")
    explorer.keys("D 1 g ] t")
    for note in ["here", "there is another", "here too"] {
      explorer.command("note \(note)")
      explorer.keys("] t")
    }
    explorer.keys(keys)
    let view = explorer.model.view
    let pane = view
    let lines = try #require(explorer.model.shown.lines(explorer.model))
    let found = (0..<lines.count).filter { line in
      lines.texts(line).contains { $0.contains(text) }
    }
    try #require(found.count > 1, "\(view): \(explorer.screen)")
    explorer.keys("g n")
    #expect(explorer.screen.contains("nothing was searched for yet"))
    explorer.command("search \(text)")
    #expect(explorer.model.selectedLine(of: pane) == found[0])
    #expect(explorer.screen.contains("line 1 of \(found.count): \(text)"))
    explorer.keys("n")
    #expect(explorer.model.selectedLine(of: pane) == found[1])
    explorer.keys("N N")
    #expect(explorer.model.selectedLine(of: pane) == found[found.count - 1])
    explorer.command("search nowhere at all")
    #expect(explorer.model.selectedLine(of: pane) == found[found.count - 1])
    #expect(explorer.screen.contains("no line holds nowhere at all"))
    #expect(explorer.model.view == view)
    // The stream has a search of its own.
    explorer.keys("1 n")
    #expect(explorer.screen.contains("nothing was searched for yet"))
  }
}
