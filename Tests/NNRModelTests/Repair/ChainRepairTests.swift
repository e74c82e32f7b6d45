import NNRBits
import TestSupport
import Testing

@testable import NNRModel

/// Chains whose encoder had other integers than decoders find, with the hashes of those integers.
@Suite struct ChainRepairTests {
  private static let fault2 = [
    "0b59c731a80048f23caf67916711629de7fe36c9f932304e0627c466eead3d99",
    "48fba26c18a357ca906d6e0b0a9a9c833d93219437c8329b164ac513417ef0ea",
    "a5c908560140a308d217ae3403bde7e8139733a0e94b2b40d116b790d8c4f609",
  ]

  @Test func debugSurvivors() throws {
    let session = try WriterCase.session((1...4).map { "fault2_tca_\($0)" })
    let repaired = session.repairedChain()
    for f in repaired.repair?.findings ?? [] { print(f.place, f.outcome, f.trials) }
  }
}
