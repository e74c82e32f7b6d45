import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// From a payload that does not decode to its cause, on the screen.
@Suite struct DiagnosisViewTests {
  /// An explorer over a fixture in which an element of a unit has another last bit.
  private func session(
    _ fixture: String, turning element: Element, of unit: Int, size: Size = Size(120, 40)
  ) throws -> ExplorerSession {
    var bytes = try Fixture(fixture).bytes()
    let stream = try Fixture(fixture).stream()
    let node = try #require(stream.tree(unit)?.nodes.first { $0.element?.name == element.name })
    let bit = stream.index.entries[unit].offset * 8 + node.range.end - 1
    bytes[bit / 8] ^= 1 << UInt8(7 - bit % 8)
    let session = Session([(MemorySource(bytes), "broken.nnc")])
    var explorer = ExplorerSession(
      ExplorerModel(
        session.opened(), size: size))
    explorer.work()
    return explorer
  }

  @Test func fromTheListOfProblemsToTheElement() throws {
    var explorer = try session("cnn_digits_pyt", turning: .dqFlag, of: 8)
    explorer.keys("D")
    let shown = explorer.model.document.survey.shown
    let row = try #require(shown.firstIndex { $0.unit == 8 && $0.diagnostic.severity == .error })
    explorer.command("home")
    for _ in 0..<row { explorer.keys("j") }
    explorer.keys("d")
    let stream = explorer.model.document.stream
    let place = explorer.model.document.source
    let expected = try #require(PayloadDiagnosis(place.session, stream: 0, unit: 8))
    let rows = explorer.model.diagnosis.rows
    #expect(explorer.model.diagnosis.isComplete)
    #expect(rows.filter { $0.kind == .event }.map(\.bin) == expected.events.map(\.bin))
    #expect(
      rows.filter { $0.kind == .explanation }.map(\.text) == expected.explanations.map(\.summary))
    let coded = try Fixture("cnn_digits_pyt").stream().compressedDataUnit(8)?.dqFlag ?? false
    #expect(explorer.screen.contains("dq_flag \(coded ? 1 : 0)"))
    // An event leads to its bin, Esc and d back.
    let event = try #require(rows.firstIndex { $0.kind == .event })
    for _ in 0..<event { explorer.keys("j") }
    explorer.keys("Enter")
    #expect(explorer.model.view == .bins && explorer.model.bins.index == rows[event].bin)
    explorer.keys("d")
    #expect(explorer.model.view == .diagnosis && explorer.model.diagnosis.selected == rows[event])
    // An explanation leads to the element that says otherwise.
    let reading = try #require(rows.firstIndex { $0.kind == .explanation })
    for _ in event..<reading { explorer.keys("j") }
    #expect(explorer.screen.contains("to the element"))
    explorer.keys("Enter")
    #expect(explorer.model.view == .explorer)
    let node = try #require(explorer.model.location.node)
    #expect(stream.tree(8)?.nodes[node].element?.name == "dq_flag")
    // A density is said by a parameter set before the unit, if at all.
    explorer.keys("d")
    let density = try #require(rows.firstIndex { $0.text.hasPrefix("qp_density") })
    for _ in reading..<density { explorer.keys("j") }
    explorer.keys("Enter")
    #expect(explorer.model.view == .explorer)
    #expect(explorer.model.document.entry?.type == .modelParameterSet)
    #expect(explorer.screen.contains("mps_qp_density"))
  }

  @Test func escapeLeadsBack() throws {
    var explorer = try session("cnn_digits_pyt", turning: .dqFlag, of: 8)
    explorer.keys("e")
    explorer.command("unit 8")
    explorer.keys("e")
    explorer.command("diagnose")
    #expect(explorer.model.view == .diagnosis)
    explorer.keys("Esc")
    #expect(explorer.model.view == .problems)
    explorer.keys("1 d V Esc")
    #expect(explorer.model.view == .diagnosis)
    explorer.keys("Esc")
    #expect(explorer.model.view == .explorer)
  }

  @Test func whereThereIsNothingToDiagnose() throws {
    var explorer = try ExplorerSession("raw_float_special")
    explorer.command("unit 0")
    explorer.keys("d")
    #expect(explorer.screen.contains("no tensor is selected"))
    explorer.keys("] t ] t")
    #expect(explorer.screen.contains("the unit has no arithmetic codeword"))
    var sound = try ExplorerSession("cnn_digits_pyt")
    sound.command("tensor fc.weight")
    sound.keys("d")
    #expect(sound.screen.contains("ends well, read as the header says"))
  }

  @Test func escapeStopsTheSearch() throws {
    var explorer = try session("cnn_digits_pyt", turning: .dqFlag, of: 8)
    explorer.command("unit 8")
    explorer.press(Key.sequence("d") ?? [])
    let job = try #require(explorer.jobs.first { $0.kind == .diagnose })
    explorer.keys("Esc")
    #expect(explorer.model.view == .diagnosis)
    #expect(!explorer.jobs.contains { $0.kind == .diagnose } && explorer.screen.contains("stopped"))
    expectSilence(of: job, stoppedAt: [0, 1, 2, 5, 20, 60])
    // Nothing but the command begins it again.
    explorer.keys("j Down")
    #expect(!explorer.model.diagnosis.isComplete && explorer.model.running[.diagnose] == nil)
    explorer.keys("d")
    #expect(explorer.model.diagnosis.isComplete)
  }

  @Test(arguments: [Size(120, 40), Size(80, 24), Size(40, 10)], [GlyphSet.block, .ascii])
  func screens(_ size: Size, _ glyphs: GlyphSet) throws {
    var explorer = try session("cnn_digits_pyt", turning: .dqFlag, of: 8, size: size)
    explorer.command("unit 8")
    explorer.keys("d j j j j")
    assertSnapshot(
      explorer.model.draw(glyphs: glyphs),
      named: "diagnosis-\(size.width)x\(size.height)-\(glyphs)")
  }
}
