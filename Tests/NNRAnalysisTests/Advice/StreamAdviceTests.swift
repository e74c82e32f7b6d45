import DeepCABAC
import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// Advice is true: what it says would be saved is what a stream without it saves.
@Suite struct StreamAdviceTests {
  private static func advice(_ bytes: [UInt8]) -> [Advice] {
    StreamAdvice(Session([(MemorySource(bytes), "made")]), stream: 0, threads: 1).advice
  }

  /// A stream of one tensor with some levels, whose name is `name`.
  private static func stream(_ name: String, _ levels: [Int], rows: Int = 1) throws -> [UInt8] {
    let columns = levels.count / rows
    let encoder = PayloadEncoder()
    encoder.encodeQuantizationDelta(-8, bits: 8)
    _ = try encoder.encode(
      CodedTensorParameters(dimensions: [rows, columns], unaryLength: 11),
      TensorEncoding(levels: levels))
    return StreamWriter(
      .start(), .modelParameters, .emptyTopology,
      .tensor(name, rows, columns, payload: encoder.finish().bytes)
    ).bytes
  }

  @Test func aShortNameSavesWhatIsSaid() throws {
    let levels = (0..<64).map { $0 % 5 - 2 }
    let name = "features.block.seventeen.convolution.weight"
    let long = try Self.stream(name, levels, rows: 8)
    let found = try #require(Self.advice(long).first { $0.kind == .header })
    let short = try Self.stream("w", levels, rows: 8)
    #expect(found.certainty == .exact && found.bits == Double(8 * (long.count - short.count)))
    #expect(found.unit == 3 && found.what.contains("its name has \(name.utf8.count) bytes"))
    #expect(!Self.advice(short).contains { $0.kind == .header })
  }

  @Test func leavingZerosOutSavesTheirUnit() throws {
    let zeros = try Self.stream("w", [Int](repeating: 0, count: 64), rows: 8)
    let found = Self.advice(zeros)
    let without = StreamWriter(.start(), .modelParameters, .emptyTopology).bytes
    #expect(found.map(\.kind) == [.allZero], "what is left out needs no other advice")
    #expect(found.first?.bits == Double(8 * (zeros.count - without.count)))
    #expect(found.first?.what.contains("all 64 weights are 0 at QP") == true)
    let ones = Self.advice(try Self.stream("w", [Int](repeating: 3, count: 64), rows: 8))
    #expect(ones.map(\.kind) == [.constant])
    let single = Self.advice(try Self.stream("w", [0]))
    #expect(!single.contains { $0.kind == .allZero }, "one weight may well be 0")
  }

  @Test func floatsSaveAtLeastWhatIsSaid() throws {
    let levels = [1_000_003, -2_000_001, 3_000_017, -900_011, 1_700_023, -2_900_003]
    let coded = try Self.stream("w", levels)
    let found = try #require(Self.advice(coded).first { $0.kind == .dearerThanFloats })
    let floats = StreamWriter(
      .start(), .modelParameters, .emptyTopology,
      UnitPlan(.compressedData).set(.independentlyDecodableFlag, 1)
        .set(.payloadType, PayloadType.rawFloat.rawValue).set(.inputParametersPresentFlag, 1)
        .set(.topologyElemId, texts: "w").set(.nodeIdPresentFlag, 1).set(.tensorDimensionsFlag, 1)
        .set(.countTensorDimensions, 2).with(.tensorDimensions, [.number(1), .number(6)])
        .set(.rawFloat32Parameter, bytes: [UInt8](repeating: 7, count: 24))
    ).bytes
    let session = Session([(MemorySource(floats), "floats")])
    #expect(session.directory(0).tensors.first?.quantizer == .raw)
    #expect(found.certainty == .atLeast && found.bits > 0)
    #expect(Double(8 * (coded.count - floats.count)) >= found.bits)
  }

  /// The lengths of codebooks are those that streams have, entry by entry.
  @Test(arguments: ["codebook_p1", "d1_codebook", "cnn_block_codebook", "decomposed_codebook"])
  func codebooksHaveTheirLength(_ name: String) throws {
    let session = try Fixture(name).session()
    let stream = session.streams.count - 1
    var checked = 0
    for tensor in session.directory(stream).tensors {
      guard let codebook = tensor.codebook,
        let tree = session.streams[stream].tree(tensor.unit)
      else { continue }
      let elements = tensor.role == .h ? CodebookElements.h : .weight
      func lengths(_ element: Element) -> [Int] {
        tree.leaves.compactMap { leaf in
          tree.nodes[leaf].element === element ? tree.nodes[leaf].range.length : nil
        }
      }
      let all = [elements.egk, elements.size, elements.zeroOffset, elements.entries]
      #expect(codebook.bits == all.flatMap(lengths).reduce(0, +), "\(tensor.name)")
      checked += 1
    }
    #expect(checked > 0)
  }

  /// Nothing that is advised for a unit saves more than the unit, and every place is there.
  @Test func adviceStaysWithinItsUnit() throws {
    var kinds: Set<Advice.Kind> = []
    for fixture in Fixture.quick {
      let session = try fixture.session()
      let stream = session.streams.count - 1
      let found = StreamAdvice(session, stream: stream, threads: 2)
      let entries = session.streams[stream].index.entries
      for advice in found.advice {
        kinds.insert(advice.kind)
        #expect(advice.bits >= 8 && advice.bits <= Double(8 * entries[advice.unit].size))
        #expect(!advice.what.isEmpty && !advice.change.isEmpty)
      }
      #expect(found.bits <= Double(8 * found.size))
      let bits = found.advice.map(\.bits)
      #expect(bits == bits.sorted(by: >), "\(fixture): the most comes first")
    }
    #expect(kinds.isSuperset(of: [.header, .dearerThanFloats, .entryPoints]), "\(kinds)")
  }

  @Test func brokenPayloadsAreTold() throws {
    let bytes = try Fixture("cnn_sparse").bytes()
    let found = StreamAdvice(
      Session([(MemorySource(Array(bytes.dropLast(8))), "cut")]), stream: 0, threads: 2)
    #expect(found.failures.count == 1)
    let broken = try #require(found.failures.first).unit
    #expect(found.advice.allSatisfy { $0.unit != broken || $0.kind == .header })
  }
}
