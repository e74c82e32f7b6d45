import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// Views that follow the file that is shown, and what a refusal leaves behind.
@Suite struct SeveralFilesTests {
  @Test(arguments: ["2", "3"]) func tablesFollowTheFile(_ view: String) throws {
    var session = try ExplorerSession("bitdepth_4", "tca_base")
    session.keys("\(view) )")
    #expect(session.model.current == 1)
    #expect(session.screen.contains("layers"))
    #expect(!session.screen.contains("no tensors") && !session.screen.contains("reading headers"))
    session.command("file 1")
    #expect(session.model.document.figures.fraction >= 1)
    #expect(session.screen.contains("pos"))
  }

  /// In a list a mark is set where its line is.
  @Test(arguments: ["2", "3 t"]) func aMarkIsOfTheLine(_ view: String) throws {
    var session = try ExplorerSession("bitdepth_4")
    session.keys("\(view) G m q")
    #expect(!session.hasQuit)
    #expect(session.model.marks["q"]?.location == session.model.location)
    #expect(session.model.location.unit > 0)
  }

  @Test func aComparisonThatFailsSaysWhy() throws {
    var session = try ExplorerSession("bitdepth_4")
    session.command("against /nonexistent/original.npz")
    session.keys("1 7")
    #expect(!session.screen.contains("comparing"))
    #expect(session.screen.contains("/nonexistent/original.npz: "))
    #expect(session.screen.contains("not compared"))
  }

  /// A line about a bin leads to it, on either side.
  @Test func aDifferingLevelLeadsToItsBin() throws {
    var bytes = try Fixture("tca_base").bytes()
    let one = Session([(MemorySource(bytes), "one")])
    let stream = one.streams[0]
    let unit = try #require(
      (0..<stream.unitCount).first { stream.compressedDataUnit($0)?.payload.count ?? 0 > 500 })
    let header = try #require(stream.compressedDataUnit(unit))
    bytes[header.payload.lowerBound + 300] ^= 1
    let other = Session([(MemorySource(bytes), "other")])
    var session = ExplorerSession(
      ExplorerModel(
        one.opened(as: ["one"]) + other.opened(as: ["other"]), size: Size(100, 30)))
    session.work()
    session.keys("7")
    let row = try #require(
      session.model.diff.rows.firstIndex { $0.text.contains("first at row") })
    let bin = try #require(session.model.diff.rows[row].binA)
    session.command("search first at row")
    session.keys("Enter")
    #expect(session.model.view == .bins && session.model.bins.index == bin)
    #expect(session.model.location.unit == unit)
  }

  @Test func reloadingKeepsTheBin() throws {
    var session = try ExplorerSession("bitdepth_4")
    session.keys("] t 4")
    session.command("bin 77")
    try session.reload("bitdepth_4")
    #expect(session.model.view == .bins && session.model.bins.index == 77)
    // Twice in a row as well, but not in another unit.
    try session.reload("bitdepth_4")
    #expect(session.model.bins.index == 77)
    session.keys("1 ] t")
    try session.reload("bitdepth_4")
    session.keys("4")
    #expect(session.model.bins.trace != nil && session.model.bins.index == 0)
  }

  /// Views of one tensor do not search the stream behind them.
  @Test(arguments: ["4", "H", "V"]) func aTensorInFrontIsNotLeftUnseen(_ view: String) throws {
    var session = try ExplorerSession("tca_base")
    session.command("search weight")
    session.keys("] t \(view)")
    let before = session.model.view
    #expect(before != .explorer)
    let place = session.model.location
    session.keys("n")
    #expect(session.model.status?.failed == true && session.model.location == place)
    session.command("search qp_density")
    #expect(session.model.status?.failed == true && session.model.view == before)
    session.keys("/")
    #expect(session.model.prompt == nil)
  }
}

extension ExplorerSession {
  /// Puts a fixture in the place of the file that is open, as a reload does.
  mutating func reload(_ fixture: String) throws {
    send(.reloaded(try Fixture(fixture).opened(), problem: ""))
    work()
  }
}
