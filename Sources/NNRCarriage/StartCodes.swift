import NNRBits

/// Finds the start codes of a byte stream (format reference 13.1), block by block.
///
/// Only bytes 01 are looked at closely: eight bytes without one are stepped over in one test.
struct StartCodes {
  /// The bytes that are read at once.
  static let blockSize = 1 << 18

  private let source: any ByteSource
  private let end: Int
  private var place: Int
  private var block: [UInt8] = []
  private var blockStart = 0

  /// Looks from byte `start` on up to byte `end`.
  init(_ source: any ByteSource, from start: Int = 0, to end: Int? = nil) {
    self.source = source
    self.end = min(end ?? source.count, source.count)
    place = start
  }

  /// A start code: its place, and the up to four bytes behind it.
  struct Found {
    let place: Int
    let head: [UInt8]
  }

  /// The next 00 00 01; nil if there is none.
  mutating func next() throws(SourceError) -> Found? {
    while place + 3 <= end {
      if place < blockStart || place + 3 > blockStart + block.count {
        block = try source.read(place..<min(place + Self.blockSize, end))
        blockStart = place
        guard block.count >= 3 else { return nil }
      }
      if let found = Self.find(in: block, from: place - blockStart) {
        place = blockStart + found + 3
        // Within the block as a rule: a file of tiny NAL units must not cost a read each.
        let head =
          found + 7 <= block.count
          ? Array(block[found + 3..<found + 7]) : try source.read(place..<min(place + 4, end))
        return Found(place: blockStart + found, head: head)
      }
      // The last two bytes may begin a start code.
      place = blockStart + block.count - 2
    }
    return nil
  }

  /// The place of the first 00 00 01 in `bytes` at or behind `start`.
  static func find(in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { bytes -> Int? in
      // `one` is the place of the 01; everything read lies between 0 and the count.
      var one = start + 2
      let ones: UInt64 = 0x0101_0101_0101_0101
      let tops: UInt64 = 0x8080_8080_8080_8080
      while one < bytes.count {
        while one + 8 <= bytes.count {
          let word = bytes.loadUnaligned(fromByteOffset: one, as: UInt64.self) ^ ones
          if (word &- ones) & ~word & tops != 0 { break }
          one += 8
        }
        let stop = min(one + 8, bytes.count)
        while one < stop {
          if bytes[one] == 1, bytes[one - 1] == 0, bytes[one - 2] == 0 { return one - 2 }
          one += 1
        }
      }
      return nil
    }
  }
}
