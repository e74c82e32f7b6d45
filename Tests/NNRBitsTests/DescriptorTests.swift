import NNRBits
import TestSupport
import Testing

/// Each descriptor, written and read at each place of a byte.
@Suite struct DescriptorTests {
  static let offsets = 0..<8
  static let orders = [0, 1, 2, 7, 11, 15, 31]

  /// Reads behind `offset` ones what `write` wrote, and makes sure that it ends where the writer ended.
  private func roundTrip<Value: Equatable>(
    _ value: Value, _ offset: Int, write: (inout BitWriter) -> Void,
    read: (inout BitReader) throws(BitError) -> Value
  ) throws {
    var writer = BitWriter()
    writer.u(0x7f, offset)
    write(&writer)
    let end = writer.position
    writer.u(0b1, 1)
    var reader = BitReader(source: MemorySource(writer.bytes), range: 0..<writer.bytes.count)
    try reader.skip(offset)
    let found = try read(&reader)
    #expect(found == value, "at bit \(offset)")
    #expect(reader.position == end, "\(value) at bit \(offset)")
  }

  @Test(arguments: offsets) func unsignedNumbers(_ offset: Int) throws {
    for count in 0...64 {
      let ones: UInt64 = count == 0 ? 0 : .max >> UInt64(64 - count)
      for value in [0, 1, 0x9e37_79b9_7f4a_7c15, .max] as [UInt64] {
        try roundTrip(value & ones, offset) {
          $0.u(value, count)
        } read: { reader throws(BitError) in
          try reader.u(count)
        }
      }
    }
  }

  @Test(arguments: offsets) func signedNumbers(_ offset: Int) throws {
    for count in [1, 2, 8, 13, 32, 63, 64] {
      let least = Int64.min >> Int64(64 - count)
      for value in [least, ~least, 0, -1] {
        try roundTrip(value, offset) {
          $0.i(value, count)
        } read: { reader throws(BitError) in
          try reader.i(count)
        }
      }
    }
  }

  @Test(arguments: offsets) func expGolombNumbers(_ offset: Int) throws {
    for order in Self.orders {
      for value in [0, 1, 2, 3, 126, 127, 128, 0xffff, 0xffff_fffe] as [UInt64] {
        try roundTrip(value, offset) {
          $0.ue(value, order)
        } read: { reader throws(BitError) in
          try reader.ue(order)
        }
      }
      for value in [0, 1, -1, 2, -2, 1000, -1000, 0x7fff_ffff, -0x7fff_ffff] as [Int64] {
        try roundTrip(value, offset) {
          $0.ie(value, order)
        } read: { reader throws(BitError) in
          try reader.ie(order)
        }
      }
    }
  }

  @Test(arguments: offsets) func floatsStartWithTheirLeastSignificantByte(_ offset: Int) throws {
    for value in [0, -0.0, 1, -2.5, .infinity, .leastNonzeroMagnitude] as [Float] {
      try roundTrip(value.bitPattern, offset) {
        $0.flt32(value.bitPattern)
      } read: { reader throws(BitError) in
        try reader.flt32()
      }
    }
    let quietAndSignalling: [UInt32] = [0x7fc0_0001, 0xff80_0001]
    for pattern in quietAndSignalling {
      try roundTrip(pattern, offset) {
        $0.flt32(pattern)
      } read: { reader throws(BitError) in
        try reader.flt32()
      }
    }
  }

  @Test(arguments: offsets) func longBitStrings(_ offset: Int) throws {
    var random = SeededGenerator(seed: UInt64(offset))
    for count in [1, 7, 8, 9, 65, 256, 512] {
      var bytes = random.bytes((count + 7) / 8)
      if count % 8 != 0 { bytes[bytes.count - 1] &= 0xff << UInt8(8 - count % 8) }
      try roundTrip(bytes, offset) {
        $0.bits(bytes, count)
      } read: { reader throws(BitError) in
        try reader.bits(count)
      }
    }
  }

  @Test(arguments: offsets) func alignmentTakesAtLeastABit(_ offset: Int) throws {
    for (pattern, isRight) in [(nil, true), (0, false), (.max, offset == 7)] as [(UInt64?, Bool)] {
      try roundTrip(isRight, offset) {
        $0.byteAlignment(pattern)
        #expect($0.position == 8)
      } read: { reader throws(BitError) in
        try reader.byteAlignment()
      }
    }
  }

  @Test func stringsAreAligned() throws {
    for text in ["", "w", "größe", String(repeating: "x", count: 5000)] {
      try roundTrip(Array(text.utf8), 0) {
        $0.st(Array(text.utf8))
      } read: { reader throws(BitError) in
        try reader.st().bytes
      }
    }
    var reader = BitReader(source: MemorySource([0x80, 0x41, 0]), range: 0..<3)
    _ = try reader.u(1)
    #expect(throws: BitError.notAligned(position: 1)) { try reader.st() }
    #expect(reader.position == 1)
  }

  @Test func ofALongStringOnlyTheBeginningIsKept() throws {
    let text = [UInt8](repeating: 0x41, count: 10_000)
    var reader = BitReader(source: MemorySource(text + [0, 0xff]), range: 0..<10_002)
    let found = try reader.st(keeping: 10)
    #expect(found.bytes == Array(text.prefix(10)))
    #expect(found.total == 10_000)
    #expect(reader.position == 10_001 * 8)
  }
}
