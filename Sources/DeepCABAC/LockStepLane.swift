/// One payload of a lock step: registers, output and node.
///
/// Registers are one bit lower than in `ArithmeticRegisters`, so that the sign of a difference tells whether one was less:
/// `range` is R << 54, the first of the look-ahead bits in `value` is bit 62. Instead of a count of them, a 1 follows the
/// last valid bit; below it are zeros. It changes no comparison, as at least 9 bits are valid whenever one is made.
///
/// Invariants of the unsafe code in this file, for a lane whose `room` is not negative:
/// - 8 bytes can be read at `source`, and 6 levels can be written from `out` on; six steps consume at most 42 of the at
///   least 55 bits that `refill` leaves and write no more than 6 levels;
/// - `node` is a node of a `LockStepNodes` that outlives the lane, so its context lies in the lane's contexts;
/// - bits 63 and 62 of `range` are 0 and 1, so `(word >> 58) * 8 + (range >> 59)` is 8 to 519, counted from 8 words before
///   the block, and `selected >> 54` below is less than 512.
/// A lane that is parked takes no bits and writes nothing but the place of its waiting level.
struct LockStepLane {
  var value: UInt64
  var range: UInt64
  var source: UnsafePointer<UInt8>
  var out: UnsafeMutableRawPointer
  var node: UnsafeRawPointer
  /// The last address at which 8 bytes can be read, at which 6 levels can be written, of a node that runs.
  var sourceLimit: Int
  var outLimit: Int
  var nodeLimit: Int

  /// Negative if six steps more may not be taken.
  @inline(__always)
  var room: Int {
    (sourceLimit &- Int(bitPattern: source)) | (outLimit &- Int(bitPattern: out))
      | (nodeLimit &- Int(bitPattern: node))
  }

  /// Fills the window to at least 55 bits.
  @inline(__always)
  mutating func refill() {
    let word = UnsafeRawPointer(source).loadUnaligned(as: UInt64.self).bigEndian
    let end = UInt64(truncatingIfNeeded: value.trailingZeroBitCount)
    // `end` is 62 less the number of valid bits; whole bytes are added, and a new end is marked.
    let filled = (value & (value &- 1)) | word &>> (63 &- end)
    let rest = end & 7
    value = (filled &>> rest | 1) &<< rest
    source += Int(truncatingIfNeeded: end >> 3)
  }

  /// One bin; `lane` is the number of the lane, which tells its contexts.
  @inline(__always)
  mutating func step(_ base: UnsafeMutableRawPointer, _ lane: Int) {
    let offset = node.load(fromByteOffset: LockStepNodes.context, as: Int.self)
    let place = base + (LockStepBlock.contexts &+ lane &* LockStepBlock.laneStride &+ offset)
    let word = place.load(as: UInt64.self)
    let index = Int(truncatingIfNeeded: (word &>> 58) &* 8 &+ (range &>> 59))
    let lps = base.load(fromByteOffset: LockStepBlock.rangeTable &+ 8 &* index, as: UInt64.self)
    let mps = range &- lps
    let rest = value &- mps
    // The most probable symbol, if the sign is set.
    let isLikely = Int64(bitPattern: rest) < 0
    let selected = isLikely ? mps : lps
    let shift = UInt64(
      base.load(
        fromByteOffset: LockStepBlock.shiftTable &+ Int(truncatingIfNeeded: selected &>> 54),
        as: UInt8.self))
    value = (isLikely ? value : rest) &<< shift
    range = selected &<< shift
    // Bit 63 of a word is set if the most probable symbol is 1: all ones for bin 0, none for bin 1.
    let zero = UInt64(bitPattern: Int64(bitPattern: word ^ rest) &>> 63)
    let probe = word &+ (zero & PackedContext.bin0Probe)
    let fast = base.load(
      fromByteOffset: 8
        &* (LockStepBlock.fastTable &+ Int(truncatingIfNeeded: (probe &>> 24) & 0xFF)),
      as: UInt64.self)
    let slow = base.load(
      fromByteOffset: 8
        &* (LockStepBlock.slowTable &+ Int(truncatingIfNeeded: (probe &>> 8) & 0xFF)),
      as: UInt64.self)
    place.storeBytes(of: word &+ fast &+ slow, as: UInt64.self)
    let next = node + Int(truncatingIfNeeded: zero & 16)
    let level = next.load(fromByteOffset: LockStepNodes.level, as: Int32.self)
    out.storeBytes(of: level, as: Int32.self)
    out += Int(next.load(fromByteOffset: LockStepNodes.advance, as: Int32.self))
    node = next.load(as: UnsafeRawPointer.self)
  }
}

/// What a lane needs beside its registers, where a level has a remainder.
///
/// Invariants: `bytes` points to `size` readable bytes, `arena` to the words of the `ContextArena` of the lane's decoder, and
/// both outlive the lane, as `sig` does, the nodes of sig_flag: that of trellis state s and neighbour n is s * `stateStride`
/// + n * `LockStepNodes.stride` bytes behind it.
struct LockStepPlace {
  let bytes: UnsafePointer<UInt8>
  let size: Int
  let arena: UnsafeMutablePointer<UInt64>
  let sig: UnsafeRawPointer
  let stateStride: Int
  let dependent: Bool
  let unaryLength: Int
  let lastPrefix: Int
  /// Where the levels of the lane begin.
  let begin: Int
  /// What the last remainder was found to be; ends the lane.
  var status = LevelStatus.done
  var remainders = 0

  /// Whether so many levels up to `out` had remainders that lanes wait more than they decode: more than one of 16.
  func isTooSlow(_ out: UnsafeMutableRawPointer) -> Bool {
    remainders &- 256 > (Int(bitPattern: out) &- begin) / (4 * 16)
  }
}

/// The loops of a lock step: the lanes live in registers and take one bin each in turn.
enum LockStepLoop {
  /// Runs three lanes until one of them has no room.
  @inline(never)
  static func runThree(
    _ base: UnsafeMutableRawPointer, _ lanes: UnsafeMutablePointer<LockStepLane>,
    _ places: UnsafeMutablePointer<LockStepPlace>
  ) {
    var a = lanes[0]
    var b = lanes[1]
    var c = lanes[2]
    while true {
      if (a.room | b.room | c.room) < 0 {
        lanes[0] = a
        lanes[1] = b
        lanes[2] = c
        guard goOn(lanes, places, 3) else { return }
        a = lanes[0]
        b = lanes[1]
        c = lanes[2]
      }
      a.refill()
      b.refill()
      c.refill()
      three(base, &a, &b, &c)
      three(base, &a, &b, &c)
      three(base, &a, &b, &c)
      three(base, &a, &b, &c)
      three(base, &a, &b, &c)
      three(base, &a, &b, &c)
    }
  }

  @inline(__always)
  private static func three(
    _ base: UnsafeMutableRawPointer, _ a: inout LockStepLane, _ b: inout LockStepLane,
    _ c: inout LockStepLane
  ) {
    a.step(base, 0)
    b.step(base, 1)
    c.step(base, 2)
  }

  /// Runs two lanes, those of numbers 0 and 1, until one of them has no room.
  @inline(never)
  static func runTwo(
    _ base: UnsafeMutableRawPointer, _ lanes: UnsafeMutablePointer<LockStepLane>,
    _ places: UnsafeMutablePointer<LockStepPlace>
  ) {
    var a = lanes[0]
    var b = lanes[1]
    while true {
      if (a.room | b.room) < 0 {
        lanes[0] = a
        lanes[1] = b
        guard goOn(lanes, places, 2) else { return }
        a = lanes[0]
        b = lanes[1]
      }
      a.refill()
      b.refill()
      two(base, &a, &b)
      two(base, &a, &b)
      two(base, &a, &b)
      two(base, &a, &b)
      two(base, &a, &b)
      two(base, &a, &b)
    }
  }

  @inline(__always)
  private static func two(
    _ base: UnsafeMutableRawPointer, _ a: inout LockStepLane, _ b: inout LockStepLane
  ) {
    a.step(base, 0)
    b.step(base, 1)
  }

  /// Serves lanes without room: remainders are decoded; false if a lane is left without room or too slow.
  @inline(never)
  private static func goOn(
    _ lanes: UnsafeMutablePointer<LockStepLane>, _ places: UnsafeMutablePointer<LockStepPlace>,
    _ count: Int
  ) -> Bool {
    var room = 0
    var isTooSlow = false
    for lane in 0..<count {
      if lanes[lane].isParked {
        lanes[lane].decodeRemainder(&places[lane])
        isTooSlow = isTooSlow || places[lane].isTooSlow(lanes[lane].out)
      }
      room |= lanes[lane].room
    }
    return room >= 0 && !isTooSlow
  }
}
