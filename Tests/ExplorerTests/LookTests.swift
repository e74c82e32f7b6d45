import NNRBits
import NNRModel
import NNRSyntax
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

extension ExplorerModel {
  /// What was chosen, in words: what a look of its own must not change.
  var chosen: [String] {
    var facts = ["\(current) \(view) \(focus) zoomed \(isZoomed) notes \(notesList)"]
    facts.append("bins \(bins.index) \(bins.showsContexts) \(bins.threshold)")
    facts.append("updates \(updates.column) \(updates.list) diff \(diff.list) \(diff.isRight)")
    for (number, document) in documents.enumerated() {
      facts += savedLook(number).lines
      facts.append("\(document.location) \(document.outline.openNodes)")
      // How far a list is scrolled follows from its page; what is selected does not.
      let lists = [document.outlineList, document.syntaxList, document.findingsList]
      facts.append("\(lists.map(\.selection))")
      facts.append("\(document.standard.list) \(document.detailTop)")
      facts.append("\(document.tensors.list) \(document.costs.list) \(document.costs.unitList)")
      facts.append("\(document.costs.openedParts()) \(document.costs.rows.count)")
      let cell = document.cell
      facts.append("\(cell.row) \(cell.column) \(cell.zoom) \(cell.showsCodebook)")
    }
    return facts
  }
}

/// What was chosen outlives a reload, and does not outlive a step of a lesson.
@Suite struct LookTests {
  private static let ways: [(name: String, commands: [String], keys: String)] = [
    ("weights", ["tensor conv2.weight"], "V j j j l l w"),
    ("codebook", ["tensor conv2.weight"], "V j c"),
    ("heat", ["tensor conv2.weight", "heat zeros"], "a + j l"),
    ("rules", ["severity warning"], "6"),
    ("rules of the payloads", [], "D f"),
    ("model by size", [], "t s j j j"),
    ("model by size, reversed", [], "t s S j j"),
    ("costs", ["costs", "filter conv2"], "s S j j"),
    ("costs, opened", ["costs"], "j j Enter j Enter j j"),
    ("costs along the file", ["costs"], "t L c j j j"),
    ("tensors", ["where weights > 100", "columns name,bits,weights", "sort-by -bits"], "2 j j"),
    ("opened rows", ["unit 8"], "Space j j j Space j"),
    ("standard", ["tensor conv2.weight", "syntax"], "v j j j j"),
    ("detail", ["tensor conv2.weight", "detail"], "j j"),
    ("bins", ["tensor conv2.weight", "cost-over 4"], "c"),
    ("filter", ["filter bn2"], "j"),
    ("updates", [], "5 j j"),
  ]

  @Test(arguments: ways.map(\.name)) func outlivesAReload(_ name: String) throws {
    let way = try #require(Self.ways.first { $0.name == name })
    var session = try ExplorerSession("cnn_digits_pyt")
    for command in way.commands { session.command(command) }
    session.keys(way.keys)
    let before = session.model.chosen
    let fresh = try ExplorerSession("cnn_digits_pyt").model.chosen
    #expect(before != fresh)
    for _ in 0..<2 {
      try session.reload("cnn_digits_pyt")
      #expect(session.model.status?.failed != true)
      #expect(session.model.chosen == before)
    }
  }

  /// Opened parts of a tensor are decoded again.
  @Test func openedPartsAreFoundAgain() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("costs")
    session.command("filter fc.weight")
    session.keys("G Enter")
    let rows = session.model.document.costs.rows
    let place = try #require(
      rows.firstIndex { if case .parts(let key) = $0 { key.kind == .contexts } else { false } })
    session.keys("g")
    while session.model.document.costs.list.selection < place { session.keys("j") }
    session.keys("Enter j j")
    let (selected, count) = (
      session.model.document.costs.selected, session.model.document.costs.rows.count
    )
    guard case .part? = selected else { return #expect(Bool(false), "no part is selected") }
    try session.reload("cnn_digits_pyt")
    #expect(session.model.document.costs.selected == selected)
    #expect(session.model.document.costs.rows.count == count)
    #expect(!session.screen.contains("being decoded"))
  }

  /// Nothing of the old file is looked at before the new one is read.
  @Test(arguments: ["2", "3", "4", "6", "H", "V"]) func keysBeforeTheWorkIsDone(_ view: String)
    throws
  {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("tensor fc.weight")
    session.keys("\(view) G")
    session.send(.reloaded(try Fixture("mlp_iris").opened(), problem: ""))
    for key in Key.sequence("x Esc j k Enter \(view) H Esc V Esc b \(view) n s S ] e d") ?? [] {
      session.press([key])
      _ = session.model.draw()
    }
    session.work()
    #expect(session.model.location.unit < session.model.document.stream.unitCount)
  }

  @Test func theUnitIsLeftWithItsCursor() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("tensor conv2.weight")
    session.keys("V j j l w")
    session.command("tensor fc.weight")
    let cell = session.model.document.cell
    #expect((cell.row, cell.column) == (0, 0) && cell.showsLevels)
  }

  /// A lesson that turns things over in every step, which going back would turn over again.
  @Test func aStepBeginsWithANewLook() throws {
    let lesson = try Lesson(
      Array(
        """
        title: x
        open: digits-cnn
        == Units
        : unit 3
        : toggle
        one
        == Along the file
        : costs
        : costs-order
        : logarithmic
        : down
        two
        == By names
        : costs
        : sort
        : down
        : down
        three
        == Numbers
        : tensor conv2.weight
        : values
        : levels
        : down
        four
        == Rules
        : severity error
        : diagnostics
        five
        == Bins
        : tensor conv2.weight
        : bins
        : contexts
        six
        """.utf8), name: "x")
    let session = Session(
      try lesson.streams.map {
        (MemorySource(try #require(LessonLibrary.sample($0))), $0 + ".nnc")
      })
    var player = LessonPlayer(lesson, ExplorerModel(session.opened(), size: Size(120, 40)))
    var forward: [[String]] = []
    for place in lesson.steps.indices {
      if place > 0 { player.command("next-step") }
      #expect(player.page.problems.isEmpty)
      forward.append(player.session.model.chosen)
    }
    #expect(Set(forward).count == lesson.steps.count)
    for place in [5, 1, 1, 2, 0, 4, 2, 3, 3, 5, 0] {
      player.command("step \(place + 1)")
      #expect(player.session.model.chosen == forward[place], "\(place + 1)")
    }
    player.command("previous-step")
    player.command("step 3")
    player.command("previous-step")
    player.command("next-step")
    #expect(player.session.model.chosen == forward[2])
  }

  /// The settings are how everything is looked at first.
  @Test func aFirstLookHasTheSettings() throws {
    var model = try ExplorerSession("cnn_digits_pyt").model
    var settings = ExplorerSettings()
    settings.columns = ["name", "bits"]
    try model.use(settings)
    #expect(model.firstLook(0).tensors.columns == ["name", "bits"])
    #expect(model.savedLook(0).lines.isEmpty)
    _ = model.beginAnew()
    #expect(model.document.tensors.columns == ["name", "bits"])
  }

  /// What was saved comes back word by word; words that are not known are passed over.
  @Test func whatIsSavedComesBack() throws {
    let lines = [
      "look view costs", "look pane syntax", "look strip decode", "look zoom on",
      "look projection model", "look outline size reversed", "look filter conv",
      "look standard on", "look columns name,bits", "look sort -bits", "look where bits > 3",
      "look costs name reversed", "look bars file logarithmic cumulative", "look names fc",
      "look severity warning", "look heat zeros", "look values levels", "look scale stream",
      "look range ends",
    ]
    #expect(lines.count == SavedLook.entries.count)
    var saved = SavedLook()
    for line in lines + ["look frobnicate 3", "look", "look view", "nonsense"] { saved.read(line) }
    #expect(saved.lines == lines)
    var model = try ExplorerSession("cnn_digits_pyt").model
    model.take(saved, of: 0)
    #expect(model.savedLook(0).lines == lines)
    model.take(SavedLook(), of: 0)
    #expect(model.savedLook(0).lines == lines)
    _ = model.beginAnew()
    #expect(model.savedLook(0).lines.isEmpty)
  }
}
