import NNRModel
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// The encoder's integers, asked for in the list of problems.
@Suite struct RepairViewTests {
  private func session(_ names: [String]) throws -> ExplorerSession {
    let streams = try WriterCase.session(names).opened()
    var session = ExplorerSession(ExplorerModel(streams, size: Size(120, 40)))
    session.work()
    session.keys("6")
    session.work()
    return session
  }

  @Test func aChainIsRepaired() throws {
    var session = try session((1...4).map { "fault2_tca_\($0)" })
    let before = session.model.documents.map { $0.location }
    session.keys("p")
    session.work()
    #expect(session.screen.contains("44 weights of other integers"))
    #expect(session.screen.contains("no later round tells"))
    #expect(session.screen.contains("W repaired"))
    #expect(session.model.documents.map { $0.location } == before)
    session.keys("Esc 2")
    session.work()
    let origins = session.model.document.figures.lines.map {
      $0.cells[TensorColumns.places[TensorColumns.origin] ?? 0]
    }
    #expect(origins.count { $0 == .text(LevelsOrigin.encoderBySearch.rawValue) } == 1)
    #expect(session.screen.contains("encoder, by search"))
    // A second time shows what was found.
    session.keys("6 p")
    #expect(session.screen.contains("44 weights of other integers"))
  }

  @Test func whatNeedsNoneIsLeft() throws {
    var session = try session(["sa4_nodq_0", "sa4_nodq_1"])
    session.keys("p")
    session.work()
    #expect(session.screen.contains("nothing to repair"))
    #expect(session.model.document.source.session.repair == nil)
  }
}
