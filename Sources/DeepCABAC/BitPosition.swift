/// Fractional bit positions (format reference 7.2): `F = pos + log2(512 / R)`, in units of 2^-32 bit.
///
/// The cost of any run of bins is the difference of F after and before it. Differences of wrapping 64-bit
/// numbers telescope exactly, whatever the rounding of single values.
enum BitPosition {
  /// `log2(512 / R)` in 2^-32 bit by R; entries for R from 128 to 511 (below 256 while a shift is due).
  static let table: FractionTable = FractionTable()

  /// F of the registers.
  @inline(__always)
  static func now(
    _ engine: borrowing ArithmeticEngine, _ arena: UnsafeMutablePointer<UInt64>
  ) -> UInt64 {
    let whole = UInt64(bitPattern: Int64(8 &* engine.offset &- engine.valid))
    return whole &<< 32
      &+ arena[PackedContext.fractionTable &+ Int(truncatingIfNeeded: engine.range >> 55)]
  }

  /// F in bits from a difference in 2^-32 bit.
  static func bits(_ difference: UInt64) -> Double {
    Double(Int64(bitPattern: difference)) / 4_294_967_296
  }
}

/// The constant table of `BitPosition`, never freed.
struct FractionTable: @unchecked Sendable {
  /// 512 words.
  let words: UnsafePointer<UInt64>

  /// Computes the table.
  init() {
    let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: 512)
    memory.initialize(repeating: 0, count: 512)
    for i in 128..<512 {
      let bits = 9 - ProbabilityTables.log2(Double(i))
      memory[i] = UInt64(bits * 4_294_967_296 + 0.5)
    }
    words = UnsafePointer(memory)
  }
}
