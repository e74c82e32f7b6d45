import NNRBits
import TestSupport
import Testing

/// The codes of format reference 1.3 and 1.4, as they are printed there.
@Suite struct ExpGolombTableTests {
  @Test(arguments: [
    (0, 0, "1"), (0, 1, "010"), (0, 5, "00110"), (7, 0, "10000000"), (7, 127, "11111111"),
    (7, 128, "0100000000"), (1, 0, "10"), (1, 2, "0100"), (1, 7, "001001"),
  ]) func unsigned(_ order: Int, _ value: UInt64, _ code: String) throws {
    var writer = BitWriter()
    writer.ue(value, order)
    #expect(text(writer) == code)
    var reader = BitReader(source: MemorySource(bytes(code)), range: 0..<bytes(code).count)
    #expect(try reader.ue(order) == value)
    #expect(reader.position == code.count)
  }

  @Test(arguments: [
    (7, 1, "10000001"), (7, -1, "10000010"), (2, 3, "01001"), (2, -3, "01010"), (0, 0, "1"),
    (0, 1, "010"), (0, -1, "011"), (0, 2, "00100"), (0, -2, "00101"),
  ]) func signed(_ order: Int, _ value: Int64, _ code: String) throws {
    var writer = BitWriter()
    writer.ie(value, order)
    #expect(text(writer) == code)
    var reader = BitReader(source: MemorySource(bytes(code)), range: 0..<bytes(code).count)
    #expect(try reader.ie(order) == value)
    #expect(reader.position == code.count)
  }

  @Test func oneIsAFloatOfItsOwnBytes() throws {
    var reader = BitReader(source: MemorySource([0, 0, 0x80, 0x3f]), range: 0..<4)
    #expect(Float(bitPattern: try reader.flt32()) == 1)
  }

  private func text(_ writer: BitWriter) -> String {
    (0..<writer.position).map { writer.bytes[$0 / 8] >> UInt8(7 - $0 % 8) & 1 == 1 ? "1" : "0" }
      .joined()
  }

  /// The code and ones behind it.
  private func bytes(_ code: String) -> [UInt8] {
    var writer = BitWriter()
    for bit in code { writer.bit(bit == "1") }
    writer.u(.max, 16)
    return writer.bytes
  }
}
