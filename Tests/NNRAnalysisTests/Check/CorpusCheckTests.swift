import DeepCABAC
import NNRSyntax
import TestSupport
import Testing

@testable import NNRAnalysis
@testable import NNRModel

/// No rule fires as an error on a valid stream, and the warnings that fire are right.
@Suite struct CorpusCheckTests {
  /// The warnings of the corpus and why they are right.
  private static let warnings: [String: Set<String>] = {
    // The reference writes independently_decodable_flag 1 also where contexts look at the parent (quirk Q17).
    var found: [String: Set<String>] = [:]
    let temporal = [
      "tca_update", "tca_sq_scan_update", "hdsp_update", "hdsp_notca_update", "preflag_update",
      "update_codebook_update",
    ]
    for name in temporal.flatMap({ name in (2...4).map { "\(name)\($0)" } }) {
      found[name] = ["H02"]
    }
    for round in 1...3 { found["taimp_tca_\(round)"] = ["H02"] }
    for device in 1...2 {
      for round in 2...3 { found["devices_\(device)_update\(round)"] = ["H02"] }
    }
    // The unit was left out by hand, the flag stayed (quirk Q16).
    found["topology_absent"] = ["M03"]
    // Made to show the shift.
    found["first_dim_shift"] = ["N18"]
    // Wide tensors with skipped rows, blocks and dependent quantization: the reference's two sides part there.
    for order in [2, 4] { found["shapes_p1_scan\(order)_dq"] = ["R01"] }
    // Made of NaN and infinities.
    found["raw_float_special"] = ["N27"]
    return found
  }()

  /// First rounds of updates whose base the corpus does not hold.
  private static let alone: Set<String> = [
    "hdsp_notca_update1", "hdsp_update1", "parent_without_node_id", "preflag_update1",
    "taimp_tca_0", "tca_sq_scan_update1", "tca_update1", "update_blocks_oob_dims",
    "update_codebook_update1",
  ]

  @Test(arguments: Fixture.quick) func onlyTheExpectedFires(_ fixture: Fixture) throws {
    let session = try fixture.session()
    var options = StreamCheck.Options()
    options.decodes = true
    let check = StreamCheck(session, stream: session.streams.count - 1, options: options)
    func ids(_ severity: Severity) -> Set<String> {
      Set(check.breaches.filter { $0.severity == severity }.map(\.rule.id))
    }
    // Made to walk over all kinds of units: its payload was coded for another layer parameter set.
    #expect(ids(.error) == (fixture.name == "walk_units" ? ["P01"] : []))
    // Some tensors of the corpus are too small to pay for their start states (P13).
    let expected = (Self.warnings[fixture.name] ?? []).union(
      Self.alone.contains(fixture.name) ? ["U10"] : [])
    #expect(ids(.warning).subtracting(["P13"]) == expected)
    #expect(check.notRun == [.p14], "it needs a search")
  }

  /// Counts the bins of each context.
  private struct ContextUse: BinObserver {
    var contexts: Set<Int> = []
    mutating func observe(_ event: BinEvent) {
      if let context = event.context { contexts.insert(context) }
    }
  }

  @Test(arguments: ["bitdepth_1", "conv1d_digits", "cnn_sparse", "d1_cnn_pyt", "mlp_digits"])
  func startStatesThatAreCalledWastedAreNeverUsed(_ name: String) throws {
    let session = try Fixture(name).session()
    let stream = session.streams[0]
    var looked = 0
    for (unit, range) in session.directory(0).byUnit where range.count == 1 {
      let sink = CheckSink(try #require(stream.compressedDataUnit(unit)))
      #expect(session.decode(stream: 0, unit: unit, into: sink) == nil)
      let found = try #require(sink.tensors.first)
      let wasted = StartStateRule.wasted(found)
      guard !wasted.isEmpty, found.count < 20_000 else { continue }
      let decoding = try #require(session.decoding(stream: 0, unit: unit))
      var decoder = SteppingDecoder(
        bytes: try stream.source.read(decoding.unit.payload), observer: ContextUse())
      let tensor = found.start.tensor
      if tensor.quantizer != .skip {
        _ = decoder.readQuantizationDelta(bits: 6 + (decoding.parameters.qpDensity ?? 0))
      }
      _ = try decoder.decode(tensor.payloadParameters(decoding))
      let layout = ContextLayout(unaryLength: tensor.unaryLength)
      let used = Set(decoder.observer.contexts.map { layout.name(of: $0) })
      #expect(used.isDisjoint(with: wasted), "unit \(unit)")
      looked += 1
    }
    #expect(looked > 0)
  }
}
