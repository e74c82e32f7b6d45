import NNRModel
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// The bar says which views there are, which is open, and what is wrong.
@Suite struct ViewBarTests {
  private func bar(_ explorer: ExplorerSession) -> String {
    explorer.screen.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().first
      .map(String.init) ?? ""
  }

  @Test func whatThereIs() throws {
    var explorer = try ExplorerSession("walk_units", size: Size(120, 40))
    #expect(
      bar(explorer).hasPrefix(
        "[1 Explorer] 2 Tensors  3 Costs  4 Bins  5 Updates  6 Problems "))
    explorer.keys("3")
    #expect(bar(explorer).hasPrefix(" 1 Explorer  2 Tensors [3 Costs] 4 Bins "))
    // A view without a number is named as long as it is open.
    explorer.keys("1")
    explorer.command("notes")
    #expect(bar(explorer).hasSuffix("[Notes]"))
    let counts = explorer.model.document.survey.counts
    let errors = try #require(counts[.error])
    #expect(bar(explorer).contains("6 Problems \(errors)E "))
  }

  @Test(arguments: [40, 60, 80, 100]) func itFits(_ width: Int) throws {
    var explorer = try ExplorerSession("walk_units", size: Size(width, 24))
    for key in ["1", "2", "3", "4", "5", "6"] {
      explorer.keys(key)
      let items = explorer.model.barItems(width)
      let end = try #require(items.last.map { $0.x + $0.text.width() })
      let inBar = explorer.model.views.all.filter { $0.isInBar(explorer.model) }
      #expect(end <= width && items.map(\.pane) == inBar.map(\.pane))
      #expect(items.count == 8)
      let open = try #require(items.first { $0.pane == explorer.model.view })
      #expect(open.text.string.contains(explorer.model.view.title))
      for item in items { #expect(item.text.string.contains { $0.isNumber }) }
    }
  }

  @Test func aClickOpensAView() throws {
    var explorer = try ExplorerSession("cnn_digits_pyt", size: Size(80, 24))
    for item in explorer.model.barItems(80) where item.pane != .diff {
      explorer.send(.input(.mouse(Mouse(.click, at: Point(item.x + 1, 1)))))
      #expect(explorer.model.view == item.pane)
    }
  }
}
