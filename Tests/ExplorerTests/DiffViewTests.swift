import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import PlainText
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// Two streams side by side.
@Suite struct DiffViewTests {
  private func session(_ a: [UInt8], _ b: [UInt8]) -> ExplorerSession {
    let session = Session([(MemorySource(a), "a.nnc"), (MemorySource(b), "b.nnc")])
    var explorer = ExplorerSession(
      ExplorerModel(
        session.opened(), size: Size(120, 40)))
    explorer.work()
    return explorer
  }

  @Test func aStreamAndItself() throws {
    let bytes = try Fixture("cnn_digits_pyt").bytes()
    var explorer = session(bytes, bytes)
    explorer.command("diff")
    #expect(explorer.screen.contains("no difference"))
    #expect(explorer.screen.contains("20 units the same"))
  }

  @Test func oneElement() throws {
    let bytes = try Fixture("cnn_digits_pyt").bytes()
    var other = bytes
    // conv2.weight: parameter_id is ue(5) behind device_id; its last bit is bit 171 of unit 8.
    let stream = try Fixture("cnn_digits_pyt").stream()
    let tree = try #require(stream.tree(8))
    let node = try #require(tree.nodes.first { $0.element?.name == "parameter_id" })
    let bit = stream.index.entries[8].offset * 8 + node.range.end - 1
    other[bit / 8] ^= 1 << UInt8(7 - bit % 8)
    var explorer = session(bytes, other)
    explorer.command("diff")
    let rows = explorer.model.diff.rows
    #expect(rows.filter { $0.kind == .element }.map(\.text) == ["  parameter_id"])
    #expect(explorer.model.diff.isComplete)
    explorer.keys("j j l Enter")
    #expect(explorer.model.current == 1)
    #expect(
      explorer.model.location
        == Location(unit: 8, node: explorer.model.location.node, bit: node.range.end - 1))
    explorer.keys("7 h Enter")
    #expect(explorer.model.current == 0)
  }

  /// An explorer over a chain, with its session.
  private func chain(_ fixtures: String...) throws -> (ExplorerSession, Session) {
    let session = Session(
      try fixtures.map { (MemorySource(try Fixture($0).bytes()), $0 + ".nnc") })
    var explorer = ExplorerSession(
      ExplorerModel(
        session.opened(as: fixtures), size: Size(120, 40)))
    explorer.work()
    return (explorer, session)
  }

  /// The file that the explorer asks for, and the number of the one that it stands for.
  private func asked(_ explorer: inout ExplorerSession) -> (path: String, besides: Int)? {
    for effect in explorer.takeEffects() {
      if case .open(let path, let document) = effect { return (path, document) }
    }
    return nil
  }

  @Test func anotherFileIsOpenedAsASessionOfItsOwn() throws {
    var (explorer, _) = try chain("cnn_digits_pyt")
    explorer.command("diff other.nnc")
    let wanted = try #require(asked(&explorer))
    #expect(wanted == ("other.nnc", 0))
    explorer.send(.opened([], path: wanted.path, problem: "no such file"))
    #expect(explorer.screen.contains("no such file"))
    let other = Session([(MemorySource(try Fixture("mlp_iris").bytes()), "other.nnc")])
    explorer.send(.opened(other.opened(as: [wanted.path]), path: wanted.path, problem: ""))
    explorer.work()
    #expect(explorer.model.documents.count == 2)
    #expect(explorer.screen.contains("B other.nnc"))
    // The first chain has one file still: updates and exports know nothing of the other.
    #expect(explorer.model.documents.map(\.source.session.streams.count) == [1, 1])
    explorer.keys("5")
    #expect(explorer.screen.contains("1 round, 0 differences"))
    explorer.command("file 2")
    explorer.keys("1 ] t 2")
    #expect(explorer.model.document.figures.fraction == 1)
    #expect(explorer.model.exportProblem == nil)
    // It is open now: asking again opens nothing.
    explorer.command("file 1")
    explorer.command("diff other.nnc")
    #expect(asked(&explorer) == nil && explorer.model.diff.pair == DiffState.Pair(a: 0, b: 1))
  }

  /// An update is compared in the place of the one that is shown: behind its base, not behind the other update.
  @Test func anotherUpdateStandsInThePlaceOfTheShownOne() throws {
    var (explorer, session) = try chain("tca_base", "tca_update1", "tca_update2")
    explorer.command("file 2")
    explorer.command("diff mine.nnc")
    let wanted = try #require(asked(&explorer))
    #expect(wanted == ("mine.nnc", 1))
    let base = session.streams[0]
    let other = Session([
      (base.source, base.name), (MemorySource(try Fixture("tca_update1").bytes()), "mine.nnc"),
    ])
    explorer.send(.opened(other.opened(as: [wanted.path], from: 1), path: wanted.path, problem: ""))
    explorer.work()
    #expect(explorer.screen.contains("no difference") && explorer.model.documents.count == 4)
    #expect(!explorer.screen.contains("E payload"))
  }

  @Test func weightsAreCompared() throws {
    var (explorer, _) = try chain("bitdepth_4", "bitdepth_8")
    explorer.command("diff")
    let rows = explorer.model.diff.rows.filter { $0.kind == .weights }
    #expect(!rows.isEmpty)
    let session = { try Session([(MemorySource(Fixture($0).bytes()), "x")]) }
    let expected = SessionDiff(try session("bitdepth_4"), try session("bitdepth_8"))
    #expect(rows.map(\.text) == expected.weights.map { "  " + $0.name })
    let snr = try #require(expected.weights.first?.comparison?.snr)
    #expect(rows.first?.b == NumberText.fixed(snr, 1) + " dB")
    let place = try #require(
      explorer.model.diff.rows.firstIndex { $0.kind == .weights && $0.text.contains("pos") })
    explorer.command("home")
    for _ in 0..<place { explorer.keys("j") }
    explorer.keys("Enter")
    #expect(explorer.model.view == .explorer)
    #expect(explorer.screen.contains("pos"))
    // Below it is its worst weight, which leads to the number itself.
    let worst = try #require(
      expected.weights.first { "  " + $0.name == rows.first?.text }?.comparison?.worst.first)
    let row = try #require(
      explorer.model.diff.rows.firstIndex { $0.weight?.element == worst.element })
    #expect(explorer.model.diff.rows[row].a == NumberFormat.significant(worst.reference))
    #expect(explorer.model.diff.rows[row].b == NumberFormat.significant(worst.value))
    explorer.keys("7")
    explorer.command("home")
    for _ in 0..<row { explorer.keys("j") }
    explorer.keys("Enter")
    #expect(explorer.model.view == .values)
    let width = try #require(explorer.model.shownGrid).width
    #expect(
      explorer.model.document.cell.row * width + explorer.model.document.cell.column
        == worst.element)
  }

  /// Two chains of their own are compared file by file, and their ends with all updates added up.
  @Test func chainsAreComparedFileByFile() throws {
    var (explorer, _) = try chain("tca_base", "tca_update1")
    explorer.command("file 2")
    explorer.command("diff b1.nnc b2.nnc")
    let wanted = try #require(asked(&explorer))
    #expect(wanted.path == "b1.nnc b2.nnc")
    // The other base: one weight's parameter_id is another.
    let base = try Fixture("tca_base").stream()
    let unit = try #require(
      base.index.entries.firstIndex { $0.type == .compressedData })
    let node = try #require(base.tree(unit)?.nodes.first { $0.element?.name == "parameter_id" })
    let bit = base.index.entries[unit].offset * 8 + node.range.end - 1
    var bytes = try Fixture("tca_base").bytes()
    bytes[bit / 8] ^= 1 << UInt8(7 - bit % 8)
    let other = Session([
      (MemorySource(bytes), "b1.nnc"),
      (MemorySource(try Fixture("tca_update1").bytes()), "b2.nnc"),
    ])
    explorer.send(
      .opened(other.opened(as: ["b1.nnc", "b2.nnc"]), path: wanted.path, problem: ""))
    explorer.work()
    let rows = explorer.model.diff.rows
    #expect(rows.filter { $0.text.hasPrefix("File ") }.map(\.b) == ["b1.nnc", "b2.nnc"])
    #expect(rows.filter { $0.kind == .element }.map(\.text).contains("  parameter_id"))
    let place = try #require(rows.firstIndex { $0.text == "  parameter_id" })
    #expect(rows[place].filesBeforeB == 1)
    explorer.command("home")
    for _ in 0..<place { explorer.keys("j") }
    explorer.keys("l Enter")
    #expect(explorer.model.current == 2 && explorer.model.location.unit == unit)
    // The first file alone is a pair without files before it.
    explorer.command("diff-files 1 3")
    #expect(!explorer.model.diff.rows.contains { $0.text.hasPrefix("File ") })
  }

  /// Chains of unequal length are compared from the front; what only one of them has stands at the end, with its costs.
  @Test(arguments: [false, true]) func chainsOfUnequalLength(_ isExchanged: Bool) throws {
    let files = ["tca_base", "tca_update1", "tca_update2"]
    func session(_ count: Int, _ side: String) throws -> Session {
      Session(
        try files.prefix(count).map { (MemorySource(try Fixture($0).bytes()), side + $0) })
    }
    let (left, right) = (
      try session(isExchanged ? 1 : 3, "a "), try session(isExchanged ? 3 : 1, "b ")
    )
    let streams = left.opened() + right.opened()
    var explorer = ExplorerSession(ExplorerModel(streams, size: Size(120, 40)))
    explorer.work()
    explorer.command("diff-files \(left.streams.count) \(streams.count)")
    explorer.work()
    let rows = explorer.model.diff.rows
    let headings = rows.filter { $0.text.hasPrefix("File ") }
    #expect(headings.map(\.text) == ["File 1", "File 2", "File 3"])
    let (long, short) =
      isExchanged ? (headings.map(\.b), headings.map(\.a)) : (headings.map(\.a), headings.map(\.b))
    let sides = isExchanged ? ("b ", "a ") : ("a ", "b ")
    #expect(long == files.map { sides.0 + $0 })
    #expect(short == [sides.1 + files[0], "(no file)", "(no file)"])
    // The bases are the same; each update is there once only, with all its bits.
    let expected = SessionDiff(left, right)
    #expect(explorer.model.diff.isComplete)
    let units = rows.filter { $0.kind == .unit }
    #expect(units.count == expected.streams.flatMap(\.units).filter { !$0.isSame }.count)
    #expect(Set(units.map(\.mark)) == [isExchanged ? "+" : "-"])
    let costs = rows.indices.filter { rows[$0].text.hasPrefix("Bits by class") }
    #expect(
      costs.map { rows[$0].text } == [
        "Bits by class and tensor, \(sides.0)tca_update1",
        "Bits by class and tensor, \(sides.0)tca_update2", "Bits by class, all files",
      ])
    let total = try #require(expected.chainCosts?.total)
    let sum = try #require(costs.last.map { rows[$0 + 1] })
    func text(_ bits: Double?) -> String { NumberText.grouped(Int(bits ?? -1)) }
    #expect(sum.a == text(total.a) && sum.b == text(total.b))
    // Enter on the last unit goes to the file that has it.
    let last = try #require(rows.lastIndex { $0.kind == .unit })
    explorer.command("home")
    for _ in 0..<last { explorer.keys("j") }
    explorer.keys("Enter")
    #expect(explorer.model.view == .explorer)
    #expect(explorer.model.document.title == sides.0 + "tca_update2")
    #expect(explorer.model.location.unit == (rows[last].placeA ?? rows[last].placeB)?.unit)
  }

  /// ]u and ]s go along the list.
  @Test func stepsGoAlongTheList() throws {
    var (explorer, _) = try chain("bitdepth_4", "bitdepth_8")
    explorer.command("diff")
    let rows = explorer.model.diff.rows
    let units = rows.indices.filter { rows[$0].kind == .unit }
    #expect(units.count > 1)
    var seen: [Int] = []
    for _ in units {
      explorer.keys("] u")
      seen.append(explorer.model.diff.list.selection)
    }
    #expect(seen == units)
    explorer.keys("] u")
    #expect(explorer.screen.contains("no further unit that differs"))
    explorer.keys("[ u")
    #expect(explorer.model.diff.list.selection == units[units.count - 2])
    let element = try #require(rows.indices.first { rows[$0].kind == .element })
    explorer.keys("g ] s")
    #expect(explorer.model.diff.list.selection == element)
    explorer.keys("[ s")
    #expect(explorer.screen.contains("no earlier element that differs"))
    #expect(explorer.model.view == .diff)
  }

  /// A search in view 7 goes through its lines.
  @Test func searchGoesThroughTheLines() throws {
    var (explorer, _) = try chain("bitdepth_4", "bitdepth_8")
    explorer.command("diff")
    let rows = explorer.model.diff.rows
    let found = rows.indices.filter { rows[$0].text.contains("nnr_unit_size") }
    #expect(found.count > 1)
    var selection: Int { explorer.model.diff.list.selection }
    explorer.keys("n")
    #expect(explorer.screen.contains("nothing was searched for yet"))
    explorer.keys("/ N n r _ u n i t _ s i z")
    #expect(selection == found[0] && explorer.screen.contains("\(found.count) lines"))
    explorer.keys("Enter")
    #expect(
      selection == found[0] && explorer.screen.contains("line 1 of \(found.count): Nnr_unit_siz"))
    explorer.keys("n")
    #expect(selection == found[1])
    explorer.keys("N N")
    #expect(selection == found[found.count - 1])
    // Esc goes back to where the search began, what is not there changes nothing.
    explorer.keys("/ S N R Esc")
    #expect(selection == found[found.count - 1])
    explorer.command("search nowhere at all")
    #expect(selection == found[found.count - 1] && explorer.model.status?.failed == true)
    #expect(explorer.screen.contains("no line holds nowhere at all"))
    explorer.command("home")
    explorer.command("search first at row")
    #expect(rows[selection].text.contains("first at row"))
    #expect(explorer.model.view == .diff && explorer.model.search == nil)
  }

  /// In the list of broken rules the next one is the next line.
  @Test func stepsAlongBrokenRules() throws {
    var (explorer, _) = try chain("walk_units")
    explorer.keys("6")
    let count = explorer.model.document.survey.shown.count
    try #require(count > 1)
    explorer.keys("] e")
    #expect(explorer.model.document.findingsList.selection == 1)
    explorer.keys("[ e [ e")
    #expect(explorer.model.document.findingsList.selection == 0)
    #expect(
      explorer.screen.contains("no earlier broken rule") && explorer.model.view == .problems)
  }

  @Test func escapeStopsTheComparison() throws {
    var (explorer, _) = try chain("bitdepth_4", "bitdepth_8")
    explorer.press(Key.sequence("7") ?? [])
    let job = try #require(explorer.jobs.first { $0.kind == .diff })
    explorer.keys("Esc")
    #expect(!explorer.jobs.contains { $0.kind == .diff } && explorer.screen.contains("stopped"))
    expectSilence(of: job, stoppedAt: [0, 1, 2, 5, 20, 60, 61])
    // Nothing but the command begins it again.
    explorer.keys("j Down")
    #expect(!explorer.model.diff.isComplete && explorer.model.running[.diff] == nil)
    explorer.keys("7")
    #expect(explorer.model.diff.isComplete)
  }
}
