import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// Search and filter, in what is not opened too.
@Suite struct SearchTests {
  @Test func textIsFoundWhileTyping() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("/ f c . w")
    #expect(session.model.location.unit == 18)
    #expect(session.screen.contains("1 match (text)"))
    session.keys("Esc")
    #expect(session.model.location.unit == 0)
  }

  @Test func nextAndPrevious() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("search dq_flag")
    #expect(session.model.location.unit == 3)
    session.keys("n")
    #expect(session.model.location.unit == 4)
    session.keys("N N")
    #expect(session.model.location.unit == 19)
    #expect(session.screen.contains("17 of 17"))
  }

  @Test func bytesAndBits() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("search 63 6f 6e ?? 32")
    #expect(session.model.location == Location(unit: 8, node: session.model.location.node, bit: 32))
    session.command("search 0b00001001000x1100")
    #expect(!session.screen.contains("no match"))
    session.command("search 0xdeadbeefdeadbeef")
    #expect(session.screen.contains("no match"))
  }

  @Test func queries() {
    #expect(Query("  ") == nil)
    #expect(Query("0b10x") == .bits([true, false, nil], step: 1))
    #expect(Query("0xF?") == .bits([true, true, true, true, nil, nil, nil, nil], step: 8))
    #expect(Query("de") == .text("de"))
    #expect(Query("0b12") == .text("0b12"))
  }

  @Test func filter() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("& b n 2 Enter")
    #expect(session.screen.contains("bn2.bias"))
    #expect(!session.screen.contains("fc.bias"))
    session.keys("G")
    #expect(session.model.location.unit == 12)
    session.keys("Esc G")
    #expect(session.model.location.unit == 19)
  }

  @Test func staleReportsAreDropped() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.execute("search dq_flag")
    let old = session.jobs
    session.execute("search fc.bias")
    session.work()
    #expect(old.count == 1)
    let reports = Reports()
    old[0].run(isCancelled: { false }) { reports.append($0) }
    #expect(reports.contents.count > 1)
    for report in reports.contents { session.send(.report(report)) }
    #expect(session.model.location.unit == 19 && session.model.search?.input == "fc.bias")
  }
}
