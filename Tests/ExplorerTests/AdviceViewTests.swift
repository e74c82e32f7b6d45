import NNRAnalysis
import NNRModel
import NNRRecode
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// The view of what an encoder could do otherwise.
@Suite struct AdviceViewTests {
  private func session(_ name: String, _ size: Size = Size(130, 40)) throws -> ExplorerSession {
    var session = ExplorerSession(
      ExplorerModel(try Fixture(name).opened(as: "\(name).nnc"), size: size))
    session.keys("3 A")
    session.work()
    return session
  }

  @Test func whatSavesMostComesFirstAndIsToldInFull() throws {
    let session = try session("cnn_digits_pyt")
    #expect(session.model.shows(.advice) && session.model.advice.fraction == 1)
    let advice = try #require(session.model.advice.found?.advice)
    #expect(Set(advice.map(\.kind)).isSuperset(of: [.recode, .header, .dearerThanFloats]))
    #expect(advice.map(\.bits) == advice.map(\.bits).sorted(by: >))
    #expect(session.screen.contains("pieces of advice"))
    #expect(session.screen.contains("bytes hold the same integers"))
  }

  @Test func enterGoesToThePlaceAndEscLeadsBack() throws {
    var session = try session("cnn_digits_pyt")
    session.keys("j j")
    let unit = try #require(session.model.advice.selected?.unit)
    #expect(session.model.location.unit == unit)
    session.keys("Enter")
    #expect(session.model.shows(.explorer) && session.model.location.unit == unit)
    session.keys("Esc")
    #expect(session.model.shows(.advice) && session.model.advice.list.selection == 2)
    session.keys("Esc")
    #expect(session.model.shows(.costs))
  }

  /// What could not be decoded has no advice, and that is said.
  @Test func whatIsNotDecodedIsCounted() throws {
    let session = try session("walk_units")
    let failed = try #require(session.model.advice.found?.failures.count)
    #expect(failed > 0 && session.screen.contains("\(failed) not decoded"))
  }

  @Test func nothingToAdviseIsSaid() throws {
    let session = try session("topology_absent", Size(80, 24))
    let isEmpty = session.model.advice.rows.isEmpty
    #expect(session.screen.contains("nothing to advise") == isEmpty)
    #expect(session.model.advice.fraction == 1)
  }
}
