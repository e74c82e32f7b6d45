import DeepCABAC
import NNRBits
import NNRModel
import NNRRecode
import NNRSyntax
import TestSupport
import Testing

/// Codebooks are trimmed, ordered and made without changing a weight.
@Suite struct CodebookTests {
  private static let levels = (0..<96).map { [0, 1, 0, -1, 0, 0, 1][$0 % 7] }

  /// A tensor of 8 rows whose integers are `levels`, with a codebook of `values`.
  private static func session(_ values: [Int], zero: Int, egk: Int) throws -> Session {
    let encoder = PayloadEncoder()
    encoder.encodeQuantizationDelta(-8, bits: 8)
    _ = try encoder.encode(
      CodedTensorParameters(
        dimensions: [8, 12], unaryLength: 11,
        codebook: CodebookLimits(size: values.count, zeroOffset: zero)),
      TensorEncoding(levels: levels))
    let elements = CodebookElements.weight
    let left = (0..<zero).reversed().map { values[$0 + 1] - values[$0] - 1 }
    let right = (zero + 1..<values.count).map { values[$0] - values[$0 - 1] - 1 }
    let plan = UnitPlan.tensor("w", 8, 12, payload: encoder.finish().bytes)
      .set(.codebookPresentFlag, 1).set(elements.egk, egk).set(elements.size, values.count)
      .set(elements.zeroOffset, zero - values.count >> 1)
      .with(elements.entries, ([values[zero]] + left + right).map(UnitPlan.Coded.number))
    let writer = StreamWriter(.start(), .modelParameters, .emptyTopology, plan)
    return Session([(MemorySource(writer.bytes), "made")])
  }

  private static func codebook(_ session: Session) throws -> CompressedDataUnit.Codebook {
    try #require(session.directory(0).tensors.first?.codebook)
  }

  @Test func endsThatNoWeightHasAreLeftOut() throws {
    let session = try Self.session([-90, -50, -3, 0, 2, 1000, 2000], zero: 3, egk: 9)
    #expect(try Self.codebook(session).values == [-90, -50, -3, 0, 2, 1000, 2000])
    var knobs = RecodeKnobs()
    knobs.trimsCodebooks = true
    let recoding = try #require(StreamRecoding(session, stream: 0, knobs))
    let bytes = try recoding.bytes(session)
    let found = try Self.codebook(Session([(MemorySource(bytes), "trimmed")]))
    #expect(found.values == [-3, 0, 2] && found.zeroOffset == 1)
    #expect(found.bits == (0...15).map { found.ordered($0).bits }.min())
    #expect(RecodeProof(session, [bytes]).holds)
    let tensor = try #require(recoding.tensors.first)
    #expect(tensor.now.codebookSize == 7 && tensor.best.codebookSize == 3)
    #expect(tensor.now.codebookOrder == 9 && tensor.best.codebookOrder == found.egk)
    // All that is not asked for stays.
    let untrimmed = try #require(StreamRecoding(session, stream: 0))
    #expect(untrimmed.tensors.first?.best.codebookSize == 7)
    #expect(untrimmed.bestSize > recoding.bestSize)
  }

  /// Entries that no code could say, as damage may leave them, are left alone: nothing is added up that would not fit.
  @Test func damagedCodebooksAreLeftAlone() {
    for values in [[Int.min, 0, 5], [0, Int.max], [3, 3, 4], [Int(Int32.min), 0]] {
      let codebook = CompressedDataUnit.Codebook(egk: 0, zeroOffset: 1, values: values)
      #expect(!codebook.isWritable && codebook.bits == 0)
    }
    let outside = CompressedDataUnit.Codebook(egk: 0, zeroOffset: 7, values: [0, 1])
    #expect(!outside.isWritable && outside.bits == 0)
    #expect(outside.keeping([0]).values == [0])
  }

  /// Equal integers are not enough: the entries that they stand for count.
  @Test func theProofLooksAtTheEntries() throws {
    let session = try Self.session([-3, 0, 2], zero: 1, egk: 0)
    let same = try Self.session([-7, -3, 0, 2], zero: 2, egk: 1)
    let other = try Self.session([-3, 0, 3], zero: 1, egk: 0)
    func bytes(_ session: Session) throws -> [UInt8] {
      try session.streams[0].source.read(0..<session.streams[0].size)
    }
    #expect(RecodeProof(session, [try bytes(same)]).holds)
    let proof = RecodeProof(session, [try bytes(other)])
    #expect(!proof.holds && proof.streams[0].firstDifference == "w")
    #expect(!RecodeProof(session, [try bytes(other)], isRenumbered: true).holds)
  }

  /// Networks of few values, quantized uniformly: at least what the design measured, weights equal as 32-bit floats.
  @Test(arguments: [("mlp_ecq4_uniform", 64.8), ("mlp_ec2t_uniform", 61.7), ("cnn_sparse", 8.2)])
  func fewValuesGetACodebook(_ name: String, _ least: Double) throws {
    let session = try Fixture(name).session()
    var knobs = RecodeKnobs()
    knobs.makesCodebooks = true
    let recoding = try #require(StreamRecoding(session, stream: 0, knobs))
    let saving = 100 * (1 - Double(recoding.bestSize) / Double(recoding.size))
    #expect(saving >= least, "\(saving) %")
    let bytes = try recoding.bytes(session)
    #expect(RecodeProof(session, [bytes], isRenumbered: true).holds)
    #expect(!RecodeProof(session, [bytes]).holds, "the integers are others")
    let made = Session([(MemorySource(bytes), name)])
    let found = recoding.tensors.filter { $0.best.codebookSize != nil }
    #expect(!found.isEmpty)
    for tensor in found {
      let coded = made.directory(0).tensors.first { $0.unit == tensor.tensor.unit }
      #expect(coded?.quantizer == .codebook && coded?.dqFlag == false)
      #expect(tensor.bestBits < tensor.bits)
    }
  }

  /// Updates count from the integers of their parents: a unit that has one keeps them.
  @Test func updatesKeepTheirIntegers() throws {
    let session = try Fixture("tca_update2").session()
    let last = session.streams.count - 1
    var knobs = RecodeKnobs()
    knobs.makesCodebooks = true
    knobs.isForced = true
    let recoding = try #require(StreamRecoding(session, stream: last, knobs))
    var bytes = [[UInt8]?](repeating: nil, count: session.streams.count)
    bytes[last] = try recoding.bytes(session)
    #expect(RecodeProof(session, bytes).holds)
    #expect(recoding.tensors.allSatisfy { $0.best.codebookSize == $0.now.codebookSize })
  }

  /// What an alternative says is what it takes.
  @Test func alternativesAreTrue() throws {
    let session = try Self.session([-90, -50, -3, 0, 2, 1000, 2000], zero: 3, egk: 9)
    let unit = try #require(session.directory(0).tensors.first?.unit)
    let all = try #require(TensorAlternatives.all(session, stream: 0, unit: unit).first).list
    let orders = all.filter { $0.knob == .codebookOrder }
    #expect(orders.count == 16 && orders.allSatisfy(\.isLossless))
    let codebook = try Self.codebook(session)
    let now = try #require(orders.first { $0.isCurrent }?.bits)
    for (order, alternative) in orders.enumerated() {
      #expect(alternative.bits == now + codebook.ordered(order).bits - codebook.bits)
    }
    #expect(all.filter { $0.knob == .codebookSize }.map(\.value) == [.number(7), .number(3)])
    let uniform = try Fixture("mlp_ecq4_uniform").session()
    let made = try TensorAlternatives.all(uniform, stream: 0, unit: 3).flatMap(\.list)
      .filter { $0.knob == .codebook }
    #expect(made.map(\.isCurrent) == [true, false] && made.map(\.isLossless) == [true, false])
    #expect(try #require(made[1].bits) < #require(made[0].bits))
  }
}
