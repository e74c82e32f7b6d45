/// The tables and contexts that the lanes of a lock step work on, in one allocation behind one pointer.
///
/// Context words are those of `PackedContext` with bit 63 turned: set says that the most probable symbol is 1, so that a
/// bin is told without a branch. Used by one thread at a time.
final class LockStepBlock: @unchecked Sendable {
  /// Byte offset of the table of least probable ranges: rows of 8 words by the upper 6 bits of a context word and the upper
  /// 4 bits of a range; these are 8 to 15, so the table begins 8 words behind this.
  static let rangeTable = -64
  /// First words of the tables of steps, as in `PackedContext`.
  static let fastTable = 512
  static let slowTable = 768
  /// Byte offset of the table of renormalisation shifts, 512 bytes by R.
  static let shiftTable = 1024 * 8
  /// Byte offset of the contexts of the first lane.
  static let contexts = 1152 * 8
  /// Bytes between the contexts of two lanes; a multiple of 4096 would put them on the same cache lines.
  static let laneStride = 4096 + 128
  /// The context of parked lanes: its least probable range is 0 and its steps are 0, so that it takes and changes nothing.
  static let parkedContext = 192
  /// The most lanes.
  static let lanes = 3

  /// Words of the block.
  private static let size = (contexts + lanes * laneStride) / 8

  let base: UnsafeMutableRawPointer

  /// A block with tables; contexts belong to no one.
  init() {
    base = .allocate(byteCount: Self.size * 8, alignment: 64)
    base.copyMemory(from: Self.initial, byteCount: Self.size * 8)
  }

  deinit { base.deallocate() }

  /// The contexts of a lane, by their numbers.
  func contexts(ofLane lane: Int) -> UnsafeMutablePointer<UInt64> {
    (base + Self.contexts + lane * Self.laneStride).assumingMemoryBound(to: UInt64.self)
  }

  /// Copies the contexts of plain levels from a decoder's arena or, with `back`, to it.
  func moveContexts(ofLane lane: Int, _ arena: ContextArena, unaryLength: Int, back: Bool = false) {
    let own = contexts(ofLane: lane)
    let theirs = arena.words + PackedContext.contexts
    for context in 0..<(ContextLayout.greater + 2 * unaryLength) {
      if back {
        theirs[context] = own[context] ^ 1 << 63
      } else {
        own[context] = theirs[context] ^ 1 << 63
      }
    }
  }

  /// What a new block holds.
  private static let initial: [UInt64] = {
    var words = [UInt64](repeating: 0, count: size)
    for row in 0..<63 {
      let magnitude = abs(row - 32)
      for top in 8..<16 {
        let lps = ProbabilityTables.lpsRange[(top - 8) * 32 + min(magnitude, 31)]
        words[row * 8 + top - 8] = UInt64(lps) << 54
      }
    }
    for index in 0..<256 {
      words[fastTable + index] = PackedContext.tables[PackedContext.fastTable + index]
      words[slowTable + index] = PackedContext.tables[PackedContext.slowTable + index]
    }
    for range in 1..<512 {
      let shift = UInt64((UInt64(range) << 55).leadingZeroBitCount)
      words[shiftTable / 8 + range / 8] |= (shift << UInt64(8 * (range % 8))).littleEndian
    }
    for lane in 0..<lanes {
      // Row 63, which no sum reaches; both biased states at the end of the table, where steps for bin 1 are 0.
      words[(contexts + lane * laneStride) / 8 + parkedContext] =
        63 << 58 | 0xFF << 21 | 0xFFF << 1
    }
    return words
  }()
}
