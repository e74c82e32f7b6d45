import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// The headers of the test vectors of the format reference.
@Suite struct ReferenceVectorsTests {
  /// What the header of a vector's data unit says.
  struct Expected: Sendable {
    var type: PayloadType
    var names: [String]
    var dimensions: [Int]
    var size: Int
    var payload: Int
  }

  static let expected: [(String, Expected)] = [
    ("V3", Expected(type: .float, names: ["w"], dimensions: [3, 3], size: 42, payload: 6)),
    ("V4", Expected(type: .int, names: ["n"], dimensions: [3], size: 41, payload: 12)),
    (
      "V5",
      Expected(
        type: .block, names: ["conv.w", "bn.b", "bn.g", "bn.m", "bn.v", "conv.b"],
        dimensions: [2, 2], size: 105, payload: 39)
    ),
    ("V6", Expected(type: .float, names: ["s"], dimensions: [9, 10], size: 62, payload: 28)),
    ("V7a", Expected(type: .float, names: ["0"], dimensions: [3, 4], size: 40, payload: 8)),
    ("V7b", Expected(type: .float, names: ["0"], dimensions: [3, 4], size: 39, payload: 7)),
    ("V8", Expected(type: .float, names: ["a"], dimensions: [12, 12], size: 105, payload: 75)),
    ("V9", Expected(type: .float, names: ["a"], dimensions: [12, 12], size: 105, payload: 75)),
  ]

  private func open(_ name: String) throws -> (bytes: [UInt8], unit: CompressedDataUnit) {
    let bytes = bytes(hex: try #require(ReferenceVectors.hex[name]))
    #expect(StreamInvariants.broken(in: bytes).isEmpty)
    let stream = NNRStream(source: MemorySource(bytes), name: name)
    #expect(stream.unitCount == 4)
    let tree = try #require(stream.tree(3))
    #expect(tree.isComplete)
    #expect(!tree.diagnostics.contains { $0.severity == .error || $0.rule == .h04 })
    let unit = CompressedDataUnit(
      tree, unit: 3, offset: stream.index.entries[3].offset,
      parameters: stream.parameters(before: 3))
    return (bytes, try #require(unit))
  }

  @Test func allVectorsAreThere() {
    #expect(Set(Self.expected.map(\.0)) == Set(ReferenceVectors.hex.keys))
  }

  @Test(arguments: expected) func header(_ name: String, _ expected: Expected) throws {
    let (bytes, unit) = try open(name)
    #expect(bytes.count == expected.size)
    #expect(unit.payloadType == expected.type)
    #expect(unit.nameTexts == expected.names)
    #expect(unit.dimensions == expected.dimensions)
    #expect(unit.payload.count == expected.payload)
    #expect(unit.payload.upperBound == bytes.count)
  }

  @Test func codebook() throws {
    let codebook = try #require(try open("V3").unit.codebook)
    #expect(codebook.values == [-2, 0, 1, 40])
    #expect(codebook.zeroOffset == 2)
  }

  @Test func block() throws {
    let unit = try open("V5").unit
    #expect(unit.parameterTypes.rawValue == 0xc)
    #expect(unit.hasBatchNorm && unit.hasBias && !unit.hasLocalScaling && !unit.isDecomposed)
  }

  @Test func entryPoint() throws {
    let unit = try open("V6").unit
    #expect(unit.dqFlag)
    #expect(unit.scanOrder == 1)
    #expect(unit.entryPoints.map(\.value) == [196])
    #expect(unit.entryPoints.map(\.state) == [5])
    #expect(unit.entryPoints.map(\.distance) == [162])
  }

  @Test func updates() throws {
    let first = try open("V7a").unit
    #expect(!first.temporalContexts)
    #expect(first.parent == .device(0))
    let second = try open("V7b").unit
    #expect(second.temporalContexts)
    #expect(second.parent == .device(0))
    #expect(first.node?.depth == 1)
    #expect(second.node?.depth == 2)
  }

  @Test func editionOne() throws {
    #expect(try open("V8").unit.scanOrder == 0)
    #expect(try open("V9").unit.scanOrder == 4)
    #expect(try open("V9").unit.entryPoints.isEmpty)
    #expect(try open("V9").unit.node == nil)
  }
}
