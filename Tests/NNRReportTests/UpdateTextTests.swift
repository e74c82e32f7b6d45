import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import TestSupport
import Testing

/// `updates` as text: whole chains, and chains that lack a round.
@Suite struct UpdateTextTests {
  private func session(_ names: String...) throws -> Session {
    Session(try names.map { (MemorySource(try Fixture($0).bytes()), "\($0).nnc") })
  }

  @Test(arguments: [nil, 80]) func aChain(_ width: Int?) throws {
    let session = try session("tca_base", "tca_update1", "tca_update2", "tca_update3")
    let text = UpdateText.text(UpdateTree(session), session, width: width)
    assertSnapshot(text, named: "updates-\(width.map { "\($0)" } ?? "wide")")
    if let width { #expect(text.split(separator: "\n").allSatisfy { $0.count <= width + 60 }) }
  }

  @Test func aRoundIsMissing() throws {
    let session = try session("tca_base", "tca_update2")
    let text = UpdateText.text(UpdateTree(session), session, width: nil)
    assertSnapshot(text, named: "updates-missing")
  }
}
