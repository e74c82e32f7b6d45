/// The packed form of a context and the tables that work on it.
///
/// One 64-bit word holds both estimators (format reference 4.5):
///
///     bit 63..51  sum, two's complement: bit 63 says that the most probable symbol is 0 and
///                 bits 63..58 are `sum >> 7`, the row of the range table
///     bit 31      0 (set in a probe for bin 0)
///     bit 30..29  sh0
///     bit 28..21  S0 + 128
///     bit 15      0 (set in a probe for bin 0)
///     bit 14..13  sh1 - 4
///     bit 12..1   S1 + 2048
///
/// Bytes 3 and 1 are table indices: the step of S0 depends on `S0 >> 3` for bin 1 and on `-S0 >> 3`, which
/// is `-1 - ((S0 - 1) >> 3)`, for bin 0; the same with `>> 7` for S1. A probe for bin 0 therefore adds
/// `bin0Probe`, which subtracts 1 from both biased states and selects the second half of both tables.
/// `|S0| <= 123` and `|S1| <= 1923` always, so no field ever runs over.
enum PackedContext {
  /// Turns a word into the probe whose bytes 3 and 1 index the update tables for bin 0.
  static let bin0Probe: UInt64 = (1 << 15) &- (1 << 1) &+ (1 << 31) &- (1 << 21)

  /// First word of the range table: rows of 32 by `range >> 59`, of which 8 to 31 are used, pre-shifted to bit 55.
  static let rangeTable = 0
  /// First word of the table of S0 steps, 256 words.
  static let fastTable = 2048
  /// First word of the table of S1 steps, 256 words.
  static let slowTable = 2304
  /// Byte offset of the table of shifts after a least probable symbol: one byte per range table entry.
  static let shiftTable = 2560 * 8
  /// First word of a copy of the table of `BitPosition`, 512 words.
  static let fractionTable = 2816
  /// Byte offset of the trellis of dependent quantization, 192 bytes: 24 times the next state, at 24 times the state after
  /// an even level, at the byte behind it after an odd one.
  static let trellisTable = 3328 * 8
  /// First context word.
  static let contexts = 3352
  /// Room for contexts, enough for the longest unary length (53 + 4 * 256 + 37 = 1114).
  static let contextCapacity = 1120
  /// First word of the copy of the initial contexts.
  static let initialContexts = contexts + contextCapacity
  /// Words of an arena.
  static let arenaSize = initialContexts + contextCapacity

  /// Word of a context in the given state.
  static func word(sum: Int, fast: Int, fastShift: Int, slowShift: Int) -> UInt64 {
    let slow = sum - 16 * fast
    return UInt64(bitPattern: Int64(sum)) << 51 | UInt64(fastShift) << 29
      | UInt64(fast + 128) << 21 | UInt64(slowShift - 4) << 13 | UInt64(slow + 2048) << 1
  }

  /// Initial words of the nine eco sets.
  static let ecoWords: [UInt64] = ProbabilityTables.ecoSets.map {
    word(sum: $0.sum, fast: $0.fast, fastShift: $0.fastShift, slowShift: $0.slowShift)
  }

  /// The tables, the first `contexts` words of every arena.
  static let tables: [UInt64] = {
    var words = [UInt64](repeating: 0, count: contexts)
    for row in 0..<64 {
      let magnitude = abs(row < 32 ? row : row - 64)
      for top in 8..<32 {
        // A range below 2^63 stands for twice its value.
        let step = top < 16 ? top - 8 : top / 2 - 8
        // Row 32 would need a sum of -4096, which cannot be reached.
        let lps = ProbabilityTables.lpsRange[step * 32 + min(magnitude, 31)]
        let index = row * 32 + top
        words[rangeTable + index] = UInt64(lps) << 55
        // Bytes of the shift table, in memory order.
        let byte = UInt64(lps.leadingZeroBitCount + 1) << UInt64(8 * (index % 8))
        words[shiftTable / 8 + index / 8] |= byte.littleEndian
      }
    }
    for index in 0..<128 {
      let k = index & 31
      let select = index >> 5
      let up = ProbabilityTables.transition[k]
      let down = ProbabilityTables.transition[31 - k]
      func fast(_ step: Int) -> UInt64 {
        UInt64(bitPattern: Int64(step)) &* ((16 << 51) &+ (1 << 21))
      }
      func slow(_ step: Int) -> UInt64 {
        UInt64(bitPattern: Int64(step)) &* ((1 << 51) &+ (1 << 1))
      }
      words[fastTable + index] = fast(up >> (select + 4))
      words[fastTable + 128 + index] = fast(-(down >> (select + 4)))
      words[slowTable + index] = slow(up >> (select + 4))
      words[slowTable + 128 + index] = slow(-(down >> (select + 4)))
    }
    for index in 0..<512 { words[fractionTable + index] = BitPosition.table.words[index] }
    for state in 0..<8 {
      for parity in 0...1 {
        let byte = 24 * state + parity
        let next = UInt64(24 * ProbabilityTables.trellis[2 * state + parity])
        words[trellisTable / 8 + byte / 8] |= (next << UInt64(8 * (byte % 8))).littleEndian
      }
    }
    return words
  }()
}
