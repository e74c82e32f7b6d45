import NNRBits
import TestSupport
import Testing

/// The end of the data, and codes that no writer makes.
@Suite struct BitLimitTests {
  private func reader(_ bytes: [UInt8], _ range: Range<Int>? = nil) -> BitReader {
    BitReader(source: MemorySource(bytes), range: range ?? 0..<bytes.count)
  }

  @Test(arguments: 0..<8) func nothingIsReadBehindTheEnd(_ offset: Int) throws {
    var three = reader([0xff, 0xff, 0xff, 0xff], 0..<3)
    try three.skip(offset)
    let wanted = 25 - offset
    let error = BitError.endOfUnit(position: offset, wanted: wanted, available: wanted - 1)
    #expect(throws: error) { try three.u(wanted) }
    #expect(throws: error) { try three.i(wanted) }
    #expect(throws: error) { try three.bits(wanted) }
    #expect(throws: error) { try three.skip(wanted) }
    #expect(throws: BitError.self) { try three.flt32() }
    #expect(three.position == offset)
    #expect(try three.u(wanted - 1) == 1 << UInt64(wanted - 1) - 1)
    #expect(throws: BitError.endOfUnit(position: 24, wanted: 1, available: 0)) { try three.u(1) }
    #expect(throws: BitError.endOfUnit(position: 24, wanted: 8, available: 0)) {
      try three.byteAlignment()
    }
    #expect(three.remaining == 0)
  }

  @Test func codesThatEndEarlyAreErrors() throws {
    for bytes in [[], [0], [0, 0, 0], [0x01]] as [[UInt8]] {
      var short = reader(bytes)
      #expect(throws: BitError.self, "\(bytes)") { try short.ue(8) }
    }
  }

  @Test func aPrefixHasAtMost32Zeros() throws {
    var longest = BitWriter()
    longest.u(0, 32)
    longest.bit(true)
    longest.u(.max, 32)
    var allowed = reader(longest.bytes)
    #expect(try allowed.ue(0) == 0x1_ffff_fffe)
    #expect(allowed.position == 65)

    var allowedAtHighestOrder = BitWriter()
    allowedAtHighestOrder.u(0, 32)
    allowedAtHighestOrder.bit(true)
    allowedAtHighestOrder.u(.max, 63)
    var highest = reader(allowedAtHighestOrder.bytes)
    #expect(try highest.ue(31) == UInt64.max - (1 << 31))
    var folded = reader(allowedAtHighestOrder.bytes)
    #expect(try folded.ie(31) == Int64.max - (1 << 30) + 1)

    var zeros = reader([UInt8](repeating: 0, count: 20))
    try zeros.skip(3)
    #expect(throws: BitError.prefixTooLong(position: 3)) { try zeros.ue(0) }
  }

  @Test func ordersOutOfRangeAreCut() throws {
    var low = reader([0b1000_0000])
    #expect(try low.ue(-5) == 0)
    var high = BitWriter()
    high.ue(77, 31)
    var reader = reader(high.bytes)
    #expect(try reader.ue(1000) == 77)
  }

  @Test func aStringNeedsItsZero() throws {
    var open = reader([0x41, 0x42, 0x43, 0], 0..<3)
    #expect(throws: BitError.unterminatedString(position: 0)) { try open.st() }
    var empty = reader([])
    #expect(throws: BitError.unterminatedString(position: 0)) { try empty.st() }
    var last = reader([0])
    #expect(try last.st().bytes == [])
    #expect(last.remaining == 0)
  }

  @Test func rangesOutsideOfTheSourceAreCut() throws {
    var cut = reader([1, 2, 3], 2..<1000)
    #expect(cut.end == 8)
    #expect(try cut.u(8) == 3)
    cut.seek(to: 1_000_000)
    #expect(cut.position == 8)
    cut.seek(to: -4)
    #expect(cut.position == 0)
    #expect(throws: BitError.endOfUnit(position: 0, wanted: 9, available: 8)) { try cut.u(9) }
  }

  @Test func rangesTellTheirBytes() {
    #expect(BitRange(start: 9, length: 8).bytes == 1..<3)
    #expect(BitRange(start: 9, length: 0).bytes == 1..<1)
    #expect(BitRange(start: 9, length: -3).isEmpty)
    #expect(BitRange(start: 9, length: 8).description == "1.1+8")
    #expect(BitRange(start: 0, length: 8).overlaps(BitRange(start: 7, length: 1)))
    #expect(!BitRange(start: 0, length: 8).overlaps(BitRange(start: 8, length: 1)))
    #expect(!BitRange(start: 4, length: 0).contains(4))
  }
}
