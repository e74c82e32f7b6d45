import NNRBits
import NNRModel
import NNRRecode
import TestSupport
import Testing

/// Each knob alone, turned even where that makes units larger: the integers stay.
@Suite struct SingleKnobTests {
  private static let knobs: [(String, @Sendable (inout RecodeKnobs) -> Void)] = [
    ("nothing", { _ in }),
    ("unary 1", { $0.unaryLength = .fixed(1) }),
    ("unary 256", { $0.unaryLength = .fixed(256) }),
    ("unary best", { $0.unaryLength = .best }),
    ("scan 0", { $0.scanOrder = .fixed(0) }),
    ("scan 1", { $0.scanOrder = .fixed(1) }),
    ("scan 4", { $0.scanOrder = .fixed(4) }),
    ("rows on", { $0.rowSkip = .fixed(1) }),
    ("rows off", { $0.rowSkip = .fixed(0) }),
    ("history on", { $0.history = .fixed(1) }),
    ("history off", { $0.history = .fixed(0) }),
    ("default states", { $0.states = .standard }),
    ("best states", { $0.states = .best }),
    ("egk 0", { $0.codebookOrder = .fixed(0) }),
    ("egk 15", { $0.codebookOrder = .fixed(15) }),
    ("egk best", { $0.codebookOrder = .best }),
    ("trimmed codebooks", { $0.trimsCodebooks = true }),
  ]

  private static let names = [
    "worked", "bitdepth_4", "cnn_block_bn", "cnn_lsa", "cnn_sparse", "codebook_edges_p1",
    "conv1d_digits", "d1_block_row_dq", "d1_dict_scan3_dq", "decomposed_p1_scan1",
    "hdsp_update3", "int_tensors", "large_levels", "mlp_ecq4_uniform", "names",
    "out_of_band_p1", "shapes_p1_scan4_dq", "shapes_p1_scan3_sq", "shapes_p0_scan2_sq",
    "tca_sq_scan_update2", "update_codebook_update2", "zeros",
  ].filter { name in Fixture.all.contains { $0.name == name } }

  @Test(arguments: names, knobs.indices) func theIntegersStay(
    _ name: String, _ knob: Int
  ) throws {
    let session = try Fixture(name).session()
    let last = session.streams.count - 1
    var knobs = RecodeKnobs.none
    Self.knobs[knob].1(&knobs)
    knobs.isForced = true
    let recoding = try #require(StreamRecoding(session, stream: last, knobs))
    var bytes = [[UInt8]?](repeating: nil, count: session.streams.count)
    bytes[last] = try recoding.bytes(session)
    let proof = RecodeProof(session, bytes)
    #expect(proof.holds, "\(Self.knobs[knob].0): \(proof.streams[last].firstDifference ?? "")")
    #expect(proof.streams[last].tensors > 0)
  }

  /// With everything as it is the bytes are those of the reference encoder, but for the short form of headers.
  @Test(arguments: names) func nothingTurnedGivesTheSamePayloads(_ name: String) throws {
    let session = try Fixture(name).session()
    let last = session.streams.count - 1
    var knobs = RecodeKnobs.none
    knobs.isForced = true
    let recoding = try #require(StreamRecoding(session, stream: last, knobs))
    for unit in recoding.units {
      guard let bytes = unit.bytes,
        let header = session.streams[last].compressedDataUnit(unit.unit)
      else { continue }
      let payload = try session.streams[last].source.read(header.payload)
      #expect(bytes.suffix(payload.count).elementsEqual(payload), "unit \(unit.unit)")
    }
  }
}
