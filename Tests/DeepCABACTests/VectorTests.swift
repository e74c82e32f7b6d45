import Testing

@testable import DeepCABAC

/// Payloads of the test vectors of format reference 9.5.
@Suite struct VectorTests {
  /// Bytes of a hexadecimal string.
  static func bytes(_ text: String) -> [UInt8] {
    text.split(whereSeparator: { $0 == " " || $0 == "\n" }).compactMap { UInt8($0, radix: 16) }
  }

  /// Decodes a payload of tensors with both decoders and checks its end.
  static func decode(
    _ hex: String, bits: Int, _ tensors: [CodedTensorParameters], base: [Int32]? = nil
  ) throws -> (deltas: [Int], levels: [[Int32]]) {
    let payload = bytes(hex)
    let fast = PayloadDecoder(bytes: payload)
    var slow = SteppingDecoder(bytes: payload, observer: BinRecorder(limit: 0))
    var deltas: [Int] = []
    var levels: [[Int32]] = []
    for tensor in tensors {
      if bits > 0 {
        deltas.append(try fast.readQuantizationDelta(bits: bits))
        #expect(slow.readQuantizationDelta(bits: bits) == deltas.last)
      }
      levels.append(try fast.decode(tensor, base: base).levels)
      #expect(try slow.decode(tensor, base: base) == levels.last)
    }
    #expect(fast.finish().isSound)
    #expect(slow.finish().isSound)
    return (deltas, levels)
  }

  @Test func codebook() throws {
    let (deltas, levels) = try Self.decode(
      "00 47 36 8a be e0", bits: 8,
      [
        CodedTensorParameters(
          dimensions: [3, 3], unaryLength: 11,
          codebook: CodebookLimits(size: 4, zeroOffset: 2))
      ])
    #expect(deltas == [0])
    #expect(levels == [[0, 0, -2, 0, 1, -2, -1, -1, 0]])
  }

  @Test func integers() throws {
    let (_, levels) = try Self.decode(
      "8d 00 13 60 00 00 00 1e 84 6a 9f f0", bits: 0,
      [CodedTensorParameters(dimensions: [3], unaryLength: 11)])
    #expect(levels == [[7, -1_000_000, 3]])
  }

  @Test func block() throws {
    let vector = CodedTensorParameters(dimensions: [2], unaryLength: 11)
    let (deltas, levels) = try Self.decode(
      """
      ef 9d 00 13 40 50 00 08 ba 48 01 43 e1 00 00 26 80 a8 0f 84 00 00 9a fc 20 00 04 d0 15 00
      05 d0 43 cc 00 88 b6 90 8c
      """, bits: 8,
      Array(repeating: vector, count: 5) + [
        CodedTensorParameters(dimensions: [2, 2], unaryLength: 11)
      ])
    #expect(deltas == [-16, -16, -16, -16, -16, -12])
    #expect(levels == [[16, -16], [0, 4], [16, 8], [8, 0], [16, 32], [4, -2, 1, 8]])
  }

  static let scanned = """
    00 46 80 00 f1 6d 08 4d df d9 a4 79 8a a9 96 76 92 d4 7d 48 d2 76 08 9b c1 a7 34 30
    """
  static let scannedParameters = CodedTensorParameters(
    dimensions: [9, 10], dependentQuantization: true, scanOrder: 1, unaryLength: 11)

  @Test func entryPoint() throws {
    let decoder = PayloadDecoder(bytes: Self.bytes(Self.scanned))
    #expect(try decoder.readQuantizationDelta(bits: 8) == 0)
    let (levels, _) = try decoder.decode(Self.scannedParameters)
    #expect(
      levels == [
        -4, 0, 0, 0, 2, 0, 3, -3, 0, 0, 0, 0, 1, 3, -3, 0, 0, 0, 0, 0, 0, -3, 0, 0, 0, 0, 3, 0, 0,
        -2, 0, 0, 1, 0, 0, -4, 0, -1, 0, 1, 2, 3, -3, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 2, 0, 0, -3, -2,
        -1, 1, 1, 0, 0, -3, 0, -1, 0, 0, 0, 3, 0, -1, -1, 0, 2, 0, 0, 0, -2, -1, 0, 0, 1, 3, 0, -2,
        0, 0, 1, 0,
      ])
    let entry = try #require(decoder.entryPoints.first)
    #expect(decoder.entryPoints.count == 1)
    #expect(entry.value == 196 && entry.state == 5)
    #expect(entry.position - decoder.firstBlockRowPosition == 162)
    #expect(decoder.finish().isSound)
  }

  @Test func updates() throws {
    let parameters = CodedTensorParameters(
      dimensions: [3, 4], unaryLength: 11, parentNodePresent: true)
    let first = try Self.decode("00 7d 10 01 35 f0 18 f0", bits: 8, [parameters]).levels[0]
    #expect(first == [0, 2, 0, -1, 0, 0, 0, 0, 3, 0, 0, 1])
    let second = try Self.decode(
      "00 7d 10 00 48 8f 93", bits: 8, [parameters], base: first
    ).levels[0]
    #expect(second == [0, 1, 0, -1, 0, 0, 0, 0, 2, 0, 0, 0])
  }

  static let edition1 = [
    """
    00 d7 89 20 6b 1b 28 51 fb 06 70 0e 77 93 6e f9 4a 05 5c 86 43 c5 4e c1 c1 ff a1 ea 1c 0c 81
    9e 80 de 95 1c 02 fe 7c 47 eb cb 4a 3b 56 f8 30 1c 7e 45 93 a9 2a f7 8b f5 cc 1c eb b2 37 af
    bc 86 ed 66 07 77 06 8e 74 e4 c6 ef 44
    """,
    """
    00 d7 89 20 6b 1b 28 51 fb 06 70 08 17 5a f4 b6 ff 45 30 e2 2b f5 84 09 7a 95 a9 ba 96 1e ee
    58 bf a6 33 f5 80 3f 3e 23 f5 e5 a5 1d ab 7c 18 0e 3f 22 c9 d4 95 7b c5 fa e6 0e 75 d9 1b d7
    de 43 76 b3 03 bb 83 47 3a 72 63 77 a2
    """,
  ]

  @Test(arguments: [0, 4]) func edition1Dialect(scanOrder: Int) throws {
    let hex = Self.edition1[scanOrder / 4]
    var parameters = CodedTensorParameters(
      dimensions: [12, 12], scanOrder: scanOrder, unaryLength: 11, dialect: .edition1)
    let levels = try Self.decode(hex, bits: 8, [parameters]).levels[0]
    #expect(Array(levels.prefix(12)) == [11, 9, 7, 4, 2, 0, -2, -4, -7, -9, -11, -13])
    #expect(Array(levels[12..<24]) == [9, 7, 6, 4, 2, 0, -2, -4, -6, -7, -9, -11])
    #expect(Array(levels.suffix(12)) == [-9, -7, -6, -4, -2, 0, 2, 4, 6, 7, 9, 11])
    // The other dialect of profile 0 must not accept it.
    parameters.dialect = .edition2Profile0
    let other = PayloadDecoder(bytes: Self.bytes(hex))
    _ = try other.readQuantizationDelta(bits: 8)
    let wrong = try? other.decode(parameters)
    #expect(wrong == nil || !other.finish().isSound)
  }
}
