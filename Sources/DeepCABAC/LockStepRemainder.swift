/// What lanes do where they cannot go on in step: rare, and done by the usual engine.
///
/// The bounds of reads are those of `ArithmeticEngine`; a parked lane has room for its level, as it waits within the levels
/// that the last check of `room` found.
extension LockStepLane {
  /// Whether a level waits for its remainder.
  @inline(__always)
  var isParked: Bool { nodeLimit < Int(bitPattern: node) }

  /// The registers, offsets counted from `bytes`.
  @inline(__always)
  func registers(from bytes: UnsafePointer<UInt8>) -> ArithmeticRegisters {
    ArithmeticRegisters(
      value: (value & (value &- 1)) << 1, range: range << 1,
      valid: 62 &- value.trailingZeroBitCount, offset: source - bytes)
  }

  /// Takes over registers, offsets counted from `bytes`.
  @inline(__always)
  mutating func take(_ registers: ArithmeticRegisters, from bytes: UnsafePointer<UInt8>) {
    // Up to 62 bits fit; a byte more is read again.
    let excess = registers.valid > 62 ? 1 : 0
    let end = UInt64(truncatingIfNeeded: 62 &- registers.valid &+ 8 &* excess)
    value = ((registers.value >> 1) &>> end | 1) &<< end
    range = registers.range >> 1
    source = bytes + (registers.offset &- excess)
  }

  /// Fills the window near the end of the bytes; zeros follow them.
  mutating func refill(_ place: LockStepPlace) {
    var engine = ArithmeticEngine(
      registers(from: place.bytes), bytes: place.bytes, size: place.size)
    engine.refill()
    take(engine.registers, from: place.bytes)
  }

  /// Decodes the remainder of a parked lane, as `LevelLoop.plainSegment` does, and goes on to the next level.
  ///
  /// A level that is none stays parked and sets the status.
  mutating func decodeRemainder(_ place: inout LockStepPlace) {
    guard place.status == .done else { return }
    place.remainders &+= 1
    let state = Int(node.load(fromByteOffset: LockStepNodes.facts + 1, as: UInt8.self))
    let near = Int(node.load(fromByteOffset: LockStepNodes.facts + 2, as: UInt8.self))
    let (engine, magnitude, prefix, _) = LevelLoop.remainder(
      ArithmeticEngine(registers(from: place.bytes), bytes: place.bytes, size: place.size),
      place.arena, ContextLayout.greater &+ 4 &* place.unaryLength, place.unaryLength &+ 1,
      place.lastPrefix, limit: -1)
    take(engine.registers, from: place.bytes)
    if magnitude > 0x3FFF_FFFF {
      place.status = LevelLoop.check(
        magnitude, prefix, place.lastPrefix, odd: place.dependent ? state & 1 : -1,
        negative: near == 1)
      guard place.status == .done else { return }
    }
    var level = magnitude
    var after = 0
    if place.dependent {
      level = 2 &* magnitude &- (state & 1)
      after = Int(
        truncatingIfNeeded: (LevelLoop.transitions
          &>> UInt64(truncatingIfNeeded: state &* 8 &+ (magnitude & 1) &* 4)) & 7)
    }
    out.storeBytes(of: Int32(truncatingIfNeeded: near == 1 ? 0 &- level : level), as: Int32.self)
    out += 4
    node = place.sig + (after &* place.stateStride &+ near &* LockStepNodes.stride)
  }
}
