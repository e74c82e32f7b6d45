import NNRBits

/// Bytes of which some bits are others.
struct PatchedSource: ByteSource {
  private let source: any ByteSource
  private let bits: Range<Int>
  private let value: Int

  /// The bytes of `source` with the low `count` bits of `value` from bit `bit` on.
  init(_ source: any ByteSource, bit: Int, count: Int, value: Int) {
    self.source = source
    bits = bit..<bit + count
    self.value = value
  }

  var count: Int { source.count }

  func read(_ range: Range<Int>) throws(SourceError) -> [UInt8] {
    var bytes = try source.read(range)
    for bit in bits {
      let place = bit / 8 - range.lowerBound
      guard bytes.indices.contains(place) else { continue }
      let mask = 1 << UInt8(7 - bit % 8) as UInt8
      let isSet = value >> (bits.upperBound - 1 - bit) & 1 == 1
      if isSet { bytes[place] |= mask } else { bytes[place] &= ~mask }
    }
    return bytes
  }

  func change() -> SourceChange? { source.change() }
}
