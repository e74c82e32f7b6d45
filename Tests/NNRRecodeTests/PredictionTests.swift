import TestSupport
import Testing

@testable import NNRRecode

/// What the search predicts for a combination near the shortest is within 16 bits or 0.1 per cent of what coding it gives, on real streams.
@Suite struct PredictionTests {
  @Test(
    arguments: [
      "cnn_digits_pyt", "cnn_lsa", "cnn_sparse", "conv1d_digits", "hdsp_update3", "int_tensors",
      "lstm_digits_qp_per_tensor", "mlp_ec2t_codebook", "mlp_ecq4_uniform", "tca_sq_scan_update2",
      "transformer_digits_optqp", "update_codebook_update2", "param_opt_off",
    ])
  func predictionsHold(_ name: String) throws {
    let session = try Fixture(name).session()
    let last = session.streams.count - 1
    var (combinations, exceptions) = (0, 0)
    for unit in session.directory(last).byUnit.keys {
      guard let loaded = try? LoadedUnit(session, stream: last, unit: unit, shouldStop: { false })
      else { continue }
      let candidates = try UnitSearch(loaded, RecodeKnobs()).candidates()
      let least = try #require(candidates.first).bits
      // Far off the shortest, as with 256 flags where three do, bins keep step with one another, and means do not hold.
      for candidate in candidates where candidate.bits <= least * 1.1 {
        let coded = Double(try UnitCoder.code(loaded, candidate).bytes.count * 8)
        let error = abs(candidate.payloadBits - coded)
        #expect(
          error <= max(32, coded * 0.003),
          """
          unit \(unit), scan \(candidate.scanOrder), length \(candidate.unaryLength): \
          \(candidate.payloadBits), coded \(coded)
          """)
        combinations += 1
        if error > max(16, coded / 1000) { exceptions += 1 }
      }
    }
    #expect(combinations > 10)
    // Those with more than a hundred flags for each level, which keep step as well.
    #expect(exceptions <= (name == "mlp_ecq4_uniform" ? combinations / 3 : combinations / 20))
  }
}
