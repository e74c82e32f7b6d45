import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// There is one selected thing: the line under the cursor of whatever list is open.
@Suite struct SelectionTests {
  private func chain(_ fixtures: String...) throws -> ExplorerSession {
    let session = Session(try fixtures.map { (MemorySource(try Fixture($0).bytes()), $0) })
    var explorer = ExplorerSession(
      ExplorerModel(session.opened(), size: Size(120, 40)))
    explorer.work()
    return explorer
  }

  /// The keys that open a list.
  private static let lists = ["2", "3", "3 t", "5", "6", "7", "\""]

  @Test(arguments: lists) func theLineUnderTheCursorIsSelected(_ keys: String) throws {
    var explorer = try chain("tca_base", "tca_update1")
    explorer.keys("] t m a ] t m b \(keys) g")
    let lines = try #require(explorer.model.shown.lines(explorer.model)).count
    var seen: Set<Selection> = []
    for _ in 0..<min(lines, 12) {
      let model = explorer.model
      if let line = model.shown.selection(ofLine: model.selectedLine(of: model.view), model) {
        #expect(line.covers(model.selection), "\(keys)")
        seen.insert(line)
        // What is about the selection is about the line.
        explorer.command("copy path")
        let copied = explorer.takeEffects().compactMap { effect in
          if case .copy(let text) = effect { text } else { nil }
        }
        #expect(copied.last?.contains(":u\(line.location.unit)") == true, "\(copied)")
      }
      explorer.keys("j")
    }
    #expect(seen.count > (keys == "6" ? 0 : 1), "\(keys): \(explorer.screen)")
  }

  @Test(arguments: ["2", "3 t", "5"]) func aListOpensAtWhatIsSelected(_ keys: String) throws {
    var explorer = try chain("tca_base", "tca_update1")
    explorer.keys("] t ] t ] t")
    let unit = explorer.model.location.unit
    explorer.keys(keys)
    let model = explorer.model
    #expect(model.location.unit == unit)
    #expect(
      model.shown.selection(ofLine: model.selectedLine(of: model.view), model)?.location.unit
        == unit)
    // The next tensor is the next line of another unit.
    explorer.keys("] t")
    #expect(explorer.model.location.unit != unit)
    #expect(explorer.model.shown.pane == model.shown.pane)
  }

  /// From a row of a table, bins, heat map and values are those of its tensor, and Esc is back at the row.
  @Test(arguments: ["4", "H", "V"]) func aRowLeadsToItsTensor(_ key: String) throws {
    var explorer = try ExplorerSession("cnn_digits_pyt")
    explorer.keys("2 j j j j")
    let list = explorer.model.document.tensors.list
    let line = explorer.model.document.figures.lines[
      try #require(explorer.model.document.tensors.selected)]
    explorer.keys(key)
    #expect(explorer.model.location.unit == line.unit)
    if key == "4" {
      #expect(explorer.model.bins.key?.unit == line.unit)
    } else {
      #expect(explorer.model.shownMember == line.member)
    }
    explorer.keys("] t Esc")
    #expect(explorer.model.view == .tensors && explorer.model.document.tensors.list == list)
    #expect(explorer.model.location.unit == line.unit)
  }

  @Test func escapeRetracesTheViews() throws {
    var explorer = try ExplorerSession("cnn_digits_pyt")
    explorer.keys("] t")
    let place = explorer.model.location
    explorer.keys("2 j j 3 j 4 H")
    var views: [Pane] = []
    while explorer.model.view != .explorer {
      views.append(explorer.model.view)
      explorer.keys("Esc")
    }
    #expect(views == [.heat, .bins, .costs, .tensors])
    #expect(explorer.model.location == place)
    // A view on the way back is gone back to; the first one ends the way.
    explorer.keys("2 3 2 3 2 Esc")
    #expect(explorer.model.view == .explorer)
    explorer.keys("2 3 1 Esc Esc")
    #expect(explorer.model.view == .explorer && explorer.model.way.isEmpty)
  }

  /// What a list selected is shown by the first view, and C-o leads back to what was selected before.
  @Test func aJumpFromAListIsGoneBack() throws {
    var explorer = try ExplorerSession("cnn_digits_pyt")
    explorer.keys("] t ] t")
    let place = explorer.model.location
    explorer.keys("2 j j Enter")
    let jumped = explorer.model.location
    #expect(explorer.model.view == .explorer && jumped.unit != place.unit)
    explorer.keys("C-o")
    #expect(explorer.model.location == place)
    explorer.keys("2 j 1")
    #expect(explorer.model.location.unit != place.unit)
  }
}
