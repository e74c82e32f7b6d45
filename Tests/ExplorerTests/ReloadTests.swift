import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// Reloading keeps the place: unit, tensor and element, where they still exist.
@Suite struct ReloadTests {
  private func opened(_ bytes: [UInt8]) -> [OpenStream] {
    Session([(MemorySource(bytes), "changed")]).opened()
  }

  @Test func theElementIsFoundInAnotherUnit() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    let bytes = try Fixture("cnn_digits_pyt").bytes()
    let entries = try Fixture("cnn_digits_pyt").stream().index.entries
    session.command("tensor conv2.weight")
    session.command("dq_flag")
    let before = session.model.location
    let name = session.screen.contains("dq_flag")
    #expect(name && before.unit == 8)
    let start = entries[3].offset
    // Two tensors are gone.
    session.send(
      .reloaded(opened(Array(bytes[..<start]) + Array(bytes[entries[5].offset...])), problem: ""))
    session.work()
    #expect(session.model.location.unit == 6)
    #expect(session.model.location.node == before.node)
    #expect(session.model.location.bit == before.bit)
  }

  /// A list that is scrolled stands as it stood, its selection in the midst of the page.
  @Test(arguments: ["1", "2", "3 t", "5", "6"]) func listsStayScrolled(_ keys: String) throws {
    var writer = StreamWriter(.start(), .modelParameters)
    for name in LongNamesTests.language {
      writer.append(.tensor(name, 2, 3, payload: [0xf7, 0xdf]).set(.scanOrder, 1))
    }
    var session = ExplorerSession(ExplorerModel(opened(writer.bytes), size: Size(80, 24)))
    session.work()
    session.keys(keys + " PgDn PgDn PgDn PgDn j j j j")
    func list() -> ListState {
      let model = session.model
      guard let lines = model.focused.lines(model) else { return model.document.outlineList }
      return model[keyPath: lines.state].settled(count: lines.count, page: model.page(model.focus))
    }
    let before = list()
    let screen = session.screen
    #expect(before.top > 0 && before.selection > before.top)
    session.send(.reloaded(opened(writer.bytes), problem: ""))
    session.work()
    #expect(list() == before)
    #expect(
      session.screen.split(separator: "\n").dropLast(2) == screen.split(separator: "\n").dropLast(2)
    )
  }

  /// Rules that need payloads are looked at on opening, and again where the file was replaced.
  @Test func whatWasCheckedIsCheckedAgain() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    let bytes = try Fixture("cnn_digits_pyt").bytes()
    session.keys("6")
    #expect(session.model.document.survey.isChecked.decoding)
    #expect(!session.screen.contains("payloads not decoded yet"))
    session.send(.reloaded(opened(bytes), problem: ""))
    session.work()
    #expect(session.model.document.survey.isChecked.decoding)
    #expect(!session.screen.contains("payloads not decoded yet"))
  }

  @Test func theUnitIsWhatIsLeftOfAnElementThatIsGone() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("tensor conv1.weight")
    session.command("dq_flag")
    let bytes = try Fixture("cnn_digits_pyt").bytes()
    let entry = try Fixture("cnn_digits_pyt").stream().index.entries[3]
    session.send(.reloaded(opened(Array(bytes[..<(entry.offset + 4)])), problem: ""))
    session.work()
    #expect(session.model.location.unit == 3)
    #expect(session.model.location.node == nil)
    session.send(.reloaded(opened([]), problem: ""))
    session.work()
    #expect(session.model.location == Location())
  }

  /// A source whose bytes can be had for a while only.
  private struct FailingSource: ByteSource {
    let bytes: [UInt8]
    let good: Int
    var count: Int { bytes.count }
    func read(_ range: Range<Int>) throws(SourceError) -> [UInt8] {
      guard range.upperBound <= good else {
        throw .readFailed(offset: range.lowerBound, reason: "Input/output error")
      }
      return Array(bytes[range])
    }
    func change() -> SourceChange? { nil }
  }

  @Test(arguments: [0, 7, 40, 500, 3000]) func aFileThatCannotBeReadIsSaid(_ good: Int) throws {
    let bytes = try Fixture("cnn_digits_pyt").bytes()
    let source = FailingSource(bytes: bytes, good: good)
    let opened = Session([(source, "failing.nnc")])
    var session = ExplorerSession(
      ExplorerModel(
        opened.opened(as: ["failing.nnc"]), size: .init(120, 40)))
    session.work()
    session.keys("G Enter Tab Tab G D")
    #expect(opened.streams[0].readFault?.description.contains("Input/output error") == true)
    let change = try #require(session.model.changes().first)
    #expect(change.change.contains("Input/output error"))
    session.send(.changed(document: change.document, change.change))
    #expect(session.screen.contains("Input/output error"))
    // Once is enough.
    #expect(session.model.changes().isEmpty)
  }

  /// Streams that come in between: what is looked at stays, whatever its number is now.
  @Test func streamsAreTakenIn() throws {
    func opened(_ names: String...) throws -> [OpenStream] {
      Session(try names.map { (MemorySource(try Fixture($0).bytes()), $0) }).opened(as: names)
    }
    var session = ExplorerSession(
      ExplorerModel(try opened("tca_base", "tca_update2"), size: Size(120, 40)))
    session.work()
    session.command("file 2")
    session.command("tensor layers.1.weight")
    let unit = session.model.location.unit
    session.keys("9")
    session.send(.grown(try opened("tca_base", "tca_update1", "tca_update2")))
    session.work()
    #expect(session.model.documents.count == 3 && session.model.current == 2)
    #expect(session.model.location.unit == unit)
    #expect(session.model.compare.lines.first?.cells.count == 3)
    #expect(session.screen.contains("1 more file, 3 in all"))
    // And gone again.
    session.send(.grown(try opened("tca_base")))
    session.work()
    #expect(session.model.documents.count == 1 && session.model.current == 0)
    session.send(.grown([]))
    #expect(session.model.documents.count == 1)
  }
}
