/// The descriptors of the syntax tables (format reference 1.3 and 1.4).
extension BitReader {
  /// u(n): `count` bits (0…64), most significant first.
  public mutating func u(_ count: Int) throws(BitError) -> UInt64 {
    let count = min(max(count, 0), 64)
    try require(count)
    return try take(count)
  }

  /// u(n) for more than 64 bits (hashes): the bits as bytes, the last one filled up with zeros.
  public mutating func bits(_ count: Int) throws(BitError) -> [UInt8] {
    try require(count)
    var bytes: [UInt8] = []
    bytes.reserveCapacity((count + 7) / 8)
    var left = count
    while left > 0 {
      let step = min(8, left)
      bytes.append(UInt8(try take(step)) << UInt8(8 - step))
      left -= step
    }
    return bytes
  }

  /// i(n): two's complement of `count` bits (1…64).
  public mutating func i(_ count: Int) throws(BitError) -> Int64 {
    let value = try u(count)
    let unused = 64 - min(max(count, 1), 64)
    return Int64(bitPattern: value << UInt64(unused)) >> Int64(unused)
  }

  /// ue(k): order-k exp-Golomb; zeros are the prefix, the suffix has the incremented number of bits.
  ///
  /// A prefix of more than 32 zeros is an error. `order` is cut to 0…31, so that no value overflows.
  public mutating func ue(_ order: Int) throws(BitError) -> UInt64 {
    let start = position
    var order = min(max(order, 0), 31)
    var value: UInt64 = 0
    var zeros = 0
    while try u(1) == 0 {
      zeros += 1
      guard zeros <= 32 else { throw .prefixTooLong(position: start) }
      value += 1 << UInt64(order)
      order += 1
    }
    return value + (try u(order))
  }

  /// ie(k): ue(k) folded: 0, 1, −1, 2, −2, ….
  public mutating func ie(_ order: Int) throws(BitError) -> Int64 {
    let code = try ue(order)
    return code % 2 == 1 ? Int64(code / 2) + 1 : -Int64(code / 2)
  }

  /// flt(32): the bit pattern of a binary32 whose least significant byte comes first, at any bit position.
  public mutating func flt32() throws(BitError) -> UInt32 {
    UInt32(truncatingIfNeeded: try u(32)).byteSwapped
  }

  /// st(v): the bytes up to a zero byte, which is consumed and left out; starts at a byte.
  ///
  /// Of a longer string only the first `limit` bytes are kept; `total` is its length.
  public mutating func st(keeping limit: Int = .max) throws(BitError) -> (
    bytes: [UInt8], total: Int
  ) {
    let start = position
    guard isAligned else { throw .notAligned(position: start) }
    var bytes: [UInt8] = []
    var index = start / 8
    while index < end / 8 {
      let byte = try byte(index)
      index += 1
      if byte == 0 {
        seek(to: index * 8)
        return (bytes, index - 1 - start / 8)
      }
      if bytes.count < limit { bytes.append(byte) }
    }
    throw .unterminatedString(position: start)
  }

  /// byte_alignment(): one bit, then bits up to the next byte; a whole byte when already aligned.
  ///
  /// Returns whether the bits are the ones a writer writes: 1, then zeros.
  public mutating func byteAlignment() throws(BitError) -> Bool {
    let count = 8 - position % 8
    return try u(count) == 1 << UInt64(count - 1)
  }

  /// Steps over `count` bits without looking at them.
  public mutating func skip(_ count: Int) throws(BitError) {
    try require(count)
    seek(to: position + count)
  }
}
