import NNRBits
import NNRModel
import NNRRecode
import TestSupport
import Testing

/// Every fixture coded anew holds the same integers in no more bytes, unit by unit.
@Suite struct RecodedFixturesTests {
  /// The least that is saved of some files, in per cent.
  private static let savings = [
    "mlp_ecq4_uniform": 50.0, "mlp_ec2t_uniform": 42, "cnn_sparse": 7.2, "hdsp_update3": 6.0,
    "many_units": 5.3, "tca_update2": 5.2, "transformer_digits_optqp": 5.1,
    "cnn_digits_pyt": 4.2, "lstm_digits_qp_per_tensor": 4.0, "resnet56_qp-20": 1.15,
  ]

  @Test(arguments: Fixture.quick) func theIntegersStay(_ fixture: Fixture) throws {
    let session = try fixture.session()
    let last = session.streams.count - 1
    var bytes: [[UInt8]?] = []
    for stream in session.streams.indices {
      let recoding = try #require(StreamRecoding(session, stream: stream))
      for unit in recoding.units {
        #expect(unit.bestSize <= unit.size, "unit \(unit.unit)")
        // The reference's reader alone saw this stream; its payload was coded without the layer parameter set.
        if fixture.name != "walk_units" {
          let isFine = unit.refusal.map { !$0.isFault } ?? true
          #expect(isFine, "unit \(unit.unit)")
        }
      }
      let coded = try recoding.bytes(session)
      #expect(coded.count == recoding.bestSize)
      if stream == last, let least = Self.savings[fixture.name] {
        let saving = 100 * (1 - Double(coded.count) / Double(recoding.size))
        #expect(saving >= least, "\(saving) %")
      }
      bytes.append(coded)
    }
    let proof = RecodeProof(session, bytes)
    #expect(proof.holds, "\(proof.streams.compactMap(\.firstDifference))")
    #expect(proof.streams[last].tensors == session.directory(last).tensors.count)
  }

  /// A second time there is next to nothing to gain.
  @Test(arguments: ["cnn_sparse", "tca_base", "conv1d_digits"])
  func whatWasCodedAnewStays(_ name: String) throws {
    let session = try Fixture(name).session()
    let recoding = try #require(StreamRecoding(session, stream: 0))
    let again = Session([(MemorySource(try recoding.bytes(session)), name)])
    let second = try #require(StreamRecoding(again, stream: 0))
    #expect(second.size - second.bestSize <= second.size / 500)
  }
}
