import NNRBits
import NNRModel
import PlainText
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

extension Pane {
  /// A view that only these tests have.
  fileprivate static let sizes = Pane("sizes", "Sizes")
}

/// The units by their bytes: all that a view of one's own is.
private struct SizesView: View {
  let pane = Pane.sizes
  let commands = [Command.opening(.sizes, ["Y"], "the units by their bytes")]
  let isInBar = true

  /// The units that fit the filter, in the order that was chosen last.
  private func units(_ model: ExplorerModel) -> [Int] {
    let entries = model.document.stream.index.entries
    let shown = entries.indices.filter { "\(entries[$0].size)".hasPrefix(model.document.filter) }
    return model.document.costs.isReversed
      ? shown.sorted { entries[$0].size > entries[$1].size } : shown
  }

  func lines(_ model: ExplorerModel) -> LineList? {
    let units = units(model)
    return LineList(state: \.notesList, count: units.count) { line in
      ["u\(units[line])", "\(model.document.stream.index.entries[units[line]].size) bytes"]
    }
  }

  func selection(ofLine line: Int, _ model: ExplorerModel) -> Selection? {
    let units = units(model)
    guard units.indices.contains(line) else { return nil }
    return Selection(document: model.current, location: Location(unit: units[line]))
  }

  func line(of selection: Selection, _ model: ExplorerModel) -> Int? {
    units(model).firstIndex(of: selection.location.unit)
  }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    let units = units(model)
    let table = TableView(
      model.notesList, columns: [TableColumn("unit", width: 6), TableColumn("bytes", width: 12)],
      count: units.count
    ) { line in
      ["u\(units[line])", "\(model.document.stream.index.entries[units[line]].size)"]
        .map { StyledText($0) }
    }
    table.draw(on: &grid, in: rect)
  }

  let isSorted = true

  func sort(next: Bool, _ model: inout ExplorerModel) {
    model.document.costs.isReversed.toggle()
  }

  func filter(_ model: ExplorerModel) -> (any ViewFilter)? { SizesFilter() }
}

/// Shows the units whose bytes begin with what is typed.
private struct SizesFilter: ViewFilter {
  func text(_ model: ExplorerModel) -> String { model.document.filter }
  func set(_ text: String, _ model: inout ExplorerModel) -> [Effect] {
    model.document.filter = text
    return []
  }
  func accept(_ text: String, _ model: inout ExplorerModel) {}
  func verdict(_ text: String, _ model: ExplorerModel) -> (PromptLine.Validity, StyledText) {
    (.valid, StyledText(""))
  }
}

/// A view is one file and one line: what all views have, it has from the table.
@Suite struct OwnViewTests {
  private func session(_ size: Size = Size(100, 30)) throws -> ExplorerSession {
    let streams = try Fixture("cnn_digits_pyt").opened()
    var session = ExplorerSession(
      ExplorerModel(streams, size: size, views: Views.standard.adding(SizesView())))
    session.work()
    return session
  }

  @Test func itHasATabAKeyAndAName() throws {
    var session = try session()
    #expect(session.screen.contains("Y Sizes"))
    session.keys("Y")
    #expect(session.screen.contains("[Y Sizes]"))
    #expect(session.model.view == .sizes)
    session.keys("Esc")
    #expect(session.model.view == .explorer)
    session.command("sizes")
    #expect(session.model.view == .sizes)
  }

  @Test func itsLinesAreTheSelection() throws {
    var session = try session()
    session.keys("Y j j")
    #expect(session.model.location.unit == 2)
    session.keys("G")
    #expect(session.model.location.unit == 19)
    // What another view selects is the line under the cursor.
    session.keys("1 g Y")
    #expect(session.model.selectedLine(of: .sizes) == session.model.location.unit)
  }

  @Test func itIsSearchedSortedAndFiltered() throws {
    var session = try session()
    session.keys("Y / u 1 7 Enter")
    #expect(session.model.location.unit == 17)
    let sizes = session.model.document.stream.index.entries.map(\.size)
    session.keys("s g")
    #expect(session.model.location.unit == sizes.firstIndex(of: sizes.max() ?? 0))
    session.keys("s & 2 Enter g")
    let list = try #require(session.model.shown.lines(session.model))
    #expect(list.count == sizes.count { "\($0)".hasPrefix("2") })
    #expect("\(sizes[session.model.location.unit])".hasPrefix("2"))
  }

  @Test func itHearsTheMouse() throws {
    var session = try session()
    session.keys("Y")
    let body = try #require(session.model.layout.body(.sizes))
    session.send(.input(.mouse(Mouse(.click, at: Point(body.x + 2, body.y + 4)))))
    #expect(session.model.location.unit == 3)
    session.send(.input(.mouse(Mouse(.wheelDown, at: Point(body.x + 2, body.y + 4)))))
    #expect(session.model.location.unit == 6)
  }

  @Test func helpKnowsIt() throws {
    var session = try session()
    session.keys("Y ?")
    #expect(session.screen.contains("Help · Sizes"))
    let line = try #require(
      session.model.helpLines.first { "\($0)".contains("the units by their bytes") })
    #expect("\(line)".contains("Y") && "\(line)".contains(":sizes"))
  }

  @Test func itSpeaksInLines() throws {
    let streams = try Fixture("cnn_digits_pyt").opened(as: "x.nnc")
    var reader = PlainReader(
      ScriptPlayer(
        ExplorerModel(
          streams, size: Size(80, 24), views: Views.standard.adding(SizesView())),
        glyphs: .ascii, write: { _, _ in nil }, open: { streams }))
    _ = reader.start()
    let answer = reader.take("sizes")
    #expect(answer.hasPrefix("== "))
    #expect(answer.contains("Sizes") && answer.contains("> "))
  }
}
