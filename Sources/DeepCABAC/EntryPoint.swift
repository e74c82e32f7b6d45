/// The state of the decoder at the start of a block row, after the range is set to 256 (format reference 4.10).
public struct EntryPoint: Sendable, Hashable {
  /// V >> 7: the upper 8 bits of the offset register, 0 to 255.
  public var value: Int
  /// Trellis state (dq_state), 0 to 7.
  public var state: Int
  /// Bit position from the start of the payload (`pos` of format reference 4.2).
  public var position: Int

  /// An entry point at an absolute position.
  public init(value: Int, state: Int, position: Int) {
    self.value = value
    self.state = state
    self.position = position
  }

  /// Registers that continue at the entry point, or nil if it cannot be one of a payload of `size` bytes.
  func registers(bytes: UnsafePointer<UInt8>, size: Int) -> ArithmeticRegisters? {
    guard (0...255).contains(value), (0...7).contains(state), position >= 0,
      position <= Int.max / 2, (position >> 3) + 2 <= size
    else { return nil }
    // The 9 bits of the offset register, the first of them 0, stand for the bits at `position`.
    var engine = ArithmeticEngine(ArithmeticRegisters(), bytes: bytes, size: size)
    let start = position + 9
    engine.offset = start >> 3
    engine.valid = 0
    engine.refill()
    let skipped = start & 7
    engine.value = engine.value << UInt64(skipped)
    engine.valid -= skipped
    engine.value = engine.value >> 9 | UInt64(value) << 55
    engine.valid += 9
    engine.range = 256 << 55
    // 9 bits of look-ahead may have fallen off the end of the window; `valid` must not count them.
    if engine.valid > 63 {
      let excess = (engine.valid - 56 + 7) >> 3
      engine.valid -= 8 * excess
      engine.offset -= excess
    }
    return engine.registers
  }
}
