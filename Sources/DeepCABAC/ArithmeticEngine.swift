/// Invariants of the unsafe code in this file:
/// - `bytes` points to `size` readable bytes that outlive the engine; a load of 8 bytes happens only if
///   `offset + 8 <= size`, and bytes past the end read as zero;
/// - an arena pointer points to `PackedContext.arenaSize` words set up by `ContextArena`; range table indices
///   are `(word >> 58) * 8 + (range >> 60)` with bit 63 of `range` set, so 8 ... 519; update table indices
///   are bytes; context indices are below `PackedContext.contextCapacity`; rows are bytes of the trellis table, multiples of
///   24 up to 168.

/// Owner of the tables and contexts of one decoder, in one block of memory behind one base pointer.
final class ContextArena: @unchecked Sendable {
  /// `PackedContext.arenaSize` words; used by one decoder at a time.
  let words: UnsafeMutablePointer<UInt64>

  /// An arena with tables; contexts at eco set 0.
  init() {
    words = .allocate(capacity: PackedContext.arenaSize)
    PackedContext.tables.withUnsafeBufferPointer {
      guard let base = $0.baseAddress else { return }
      words.update(from: base, count: PackedContext.contexts)
    }
    (words + PackedContext.contexts).update(
      repeating: PackedContext.ecoWords[0], count: 2 * PackedContext.contextCapacity)
  }

  /// A copy with the same initial contexts, for another thread.
  init(copying other: ContextArena) {
    words = .allocate(capacity: PackedContext.arenaSize)
    words.update(from: other.words, count: PackedContext.arenaSize)
  }

  /// Puts the first `count` contexts back to their signalled state.
  func resetContexts(_ count: Int) {
    (words + PackedContext.contexts).update(
      from: words + PackedContext.initialContexts, count: count)
  }

  deinit { words.deallocate() }
}

/// Registers of the arithmetic decoder in top-aligned form (format reference 4.2).
///
/// `range` is R << 55. `value` is the offset register with up to 55 bits of look-ahead below it: V << 48 plus
/// bits that the reference register has not read yet. `valid` counts the stream bits in `value`, the first of
/// which is bit 63; bits below them are either zero or the right ones. `8 * offset - valid` is the number of
/// bits consumed, the bit position `pos` of the format reference.
struct ArithmeticRegisters: Sendable, Hashable {
  var value: UInt64 = 0
  var range: UInt64 = 510 << 55
  var valid = 0
  var offset = 0

  /// Bits consumed so far.
  var position: Int { 8 * offset - valid }
}

/// The arithmetic decoder: registers and the bytes they read from.
struct ArithmeticEngine {
  var value: UInt64
  var range: UInt64
  var valid: Int
  var offset: Int
  let bytes: UnsafePointer<UInt8>
  let size: Int

  /// Continues with saved registers.
  @inline(__always)
  init(_ registers: ArithmeticRegisters, bytes: UnsafePointer<UInt8>, size: Int) {
    value = registers.value
    range = registers.range
    valid = registers.valid
    offset = registers.offset
    self.bytes = bytes
    self.size = size
  }

  /// The registers, to be saved.
  @inline(__always)
  var registers: ArithmeticRegisters {
    var engine = self
    engine.normalize()
    return ArithmeticRegisters(
      value: engine.value, range: engine.range, valid: engine.valid, offset: offset)
  }

  /// Whether the reference decoder would have read past the last byte.
  @inline(__always)
  var isBeyondEnd: Bool { (8 &* offset &- valid) >> 3 &+ 2 > size }

  /// Fills the window to at least 56 valid bits.
  @inline(__always)
  mutating func refill() {
    if offset &+ 8 <= size {
      let word = UnsafeRawPointer(bytes + offset).loadUnaligned(as: UInt64.self).bigEndian
      value |= word &>> UInt64(truncatingIfNeeded: valid)
      offset &+= (63 &- valid) >> 3
      valid |= 56
    } else {
      (value, valid, offset) = Self.refillAtEnd(value, valid, offset, bytes, size)
    }
  }

  /// The same within 8 bytes of the end; values in and out so that the registers stay in registers.
  @inline(never)
  static func refillAtEnd(
    _ value: UInt64, _ valid: Int, _ offset: Int, _ bytes: UnsafePointer<UInt8>, _ size: Int
  ) -> (UInt64, Int, Int) {
    var value = value
    var valid = valid
    var offset = offset
    while valid < 56 {
      let byte: UInt64 = offset < size ? UInt64(bytes[offset]) : 0
      value |= byte << UInt64(56 - valid)
      valid += 8
      offset += 1
    }
    return (value, valid, offset)
  }

  /// Makes up for the shift that a most probable symbol left undone.
  @inline(__always)
  mutating func normalize() {
    let shift = ~range >> 63
    range = range &<< shift
    value = value &<< shift
    valid &-= Int(truncatingIfNeeded: shift)
  }

  /// Fills the window unless it holds 32 bits: enough for three context bins.
  @inline(__always)
  mutating func refillIfNeeded() {
    if valid < 32 { refill() }
  }

  /// One context bin, branching on whether it is the least probable symbol, then on its value.
  ///
  /// Each value has code of its own, as callers branch on it anyway. At most 7 bits are consumed; 9 valid bits are needed.
  @inline(__always)
  mutating func decodeBin(
    _ arena: UnsafeMutablePointer<UInt64>, at place: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    let word = place.pointee
    let index = Self.rangeIndex(word, range)
    let lps = arena[index]
    normalize()
    let mps = range &- lps
    if value < mps {
      range = mps
      if Int64(bitPattern: word) < 0 {
        place.pointee = Self.updated(arena, word, word &+ PackedContext.bin0Probe)
        return false
      }
      place.pointee = Self.updated(arena, word, word)
      return true
    }
    let shift = Self.lpsShift(arena, index)
    value = (value &- mps) &<< shift
    range = lps &<< shift
    valid &-= Int(truncatingIfNeeded: shift)
    if Int64(bitPattern: word) < 0 {
      place.pointee = Self.updated(arena, word, word)
      return true
    }
    place.pointee = Self.updated(arena, word, word &+ PackedContext.bin0Probe)
    return false
  }

  /// The same for a context by its number.
  @inline(__always)
  mutating func decodeBin(_ arena: UnsafeMutablePointer<UInt64>, _ context: Int) -> Bool {
    decodeBin(arena, at: arena + (PackedContext.contexts &+ context))
  }

  /// Zeros in a row: sig_flag without dependent quantization after a zero.
  ///
  /// The word of context 0 stays in a register. Writes the zeros from `out` on and stops after the sig_flag of the
  /// first significant level (true) or at `end` (false).
  @inline(__always)
  mutating func decodeZeros(
    _ arena: UnsafeMutablePointer<UInt64>, _ out: inout UnsafeMutablePointer<Int32>,
    _ end: UnsafeMutablePointer<Int32>
  ) -> Bool {
    var word = arena[PackedContext.contexts]
    defer { arena[PackedContext.contexts] = word }
    repeat {
      refillIfNeeded()
      let index = Self.rangeIndex(word, range)
      let lps = arena[index]
      normalize()
      let mps = range &- lps
      if value < mps {
        range = mps
        if Int64(bitPattern: word) >= 0 {
          word = Self.updated(arena, word, word)
          return true
        }
      } else {
        let shift = Self.lpsShift(arena, index)
        value = (value &- mps) &<< shift
        range = lps &<< shift
        valid &-= Int(truncatingIfNeeded: shift)
        if Int64(bitPattern: word) < 0 {
          word = Self.updated(arena, word, word)
          return true
        }
      }
      word = Self.updated(arena, word, word &+ PackedContext.bin0Probe)
      out.pointee = 0
      out += 1
    } while out < end
    return false
  }

  /// The same with dependent quantization; `row` is 24 times the trellis state, the byte offset of its three contexts.
  @inline(__always)
  mutating func decodeDependentZeros(
    _ arena: UnsafeMutablePointer<UInt64>, _ out: inout UnsafeMutablePointer<Int32>,
    _ end: UnsafeMutablePointer<Int32>, _ row: inout Int
  ) -> Bool {
    repeat {
      refillIfNeeded()
      let place = Self.context(arena, row)
      let word = place.pointee
      let index = Self.rangeIndex(word, range)
      let lps = arena[index]
      normalize()
      let mps = range &- lps
      if value < mps {
        range = mps
        if Int64(bitPattern: word) >= 0 {
          place.pointee = Self.updated(arena, word, word)
          return true
        }
      } else {
        let shift = Self.lpsShift(arena, index)
        value = (value &- mps) &<< shift
        range = lps &<< shift
        valid &-= Int(truncatingIfNeeded: shift)
        if Int64(bitPattern: word) < 0 {
          place.pointee = Self.updated(arena, word, word)
          return true
        }
      }
      place.pointee = Self.updated(arena, word, word &+ PackedContext.bin0Probe)
      row = Self.row(after: row, in: arena)
      out.pointee = 0
      out += 1
    } while out < end
    return false
  }

  /// The context word at a byte offset from the first.
  @inline(__always)
  static func context(
    _ arena: UnsafeMutablePointer<UInt64>, _ offset: Int
  ) -> UnsafeMutablePointer<UInt64> {
    (UnsafeMutableRawPointer(arena) + (8 &* PackedContext.contexts &+ offset))
      .assumingMemoryBound(to: UInt64.self)
  }

  /// The row of sig_flag contexts after a level; `place` is the row before it, plus 1 if the level is odd.
  @inline(__always)
  static func row(after place: Int, in arena: UnsafeMutablePointer<UInt64>) -> Int {
    Int(
      UnsafeRawPointer(arena).load(
        fromByteOffset: PackedContext.trellisTable &+ place, as: UInt8.self))
  }

  /// Index of the range table entry for a context word and a range.
  @inline(__always)
  static func rangeIndex(_ word: UInt64, _ range: UInt64) -> Int {
    Int(truncatingIfNeeded: (word >> 58) &* 32 &+ (range >> 59))
  }

  /// Renormalisation shift of the least probable symbol; a table spares a slow count of leading zeros.
  @inline(__always)
  static func lpsShift(_ arena: UnsafeMutablePointer<UInt64>, _ index: Int) -> UInt64 {
    UInt64(
      UnsafeRawPointer(arena).load(
        fromByteOffset: PackedContext.shiftTable &+ index, as: UInt8.self))
  }

  /// One context bin without branches: all ones for bin 1, zero for bin 0.
  ///
  /// For bins that cannot be predicted.
  @inline(__always)
  mutating func decodeMask(_ arena: UnsafeMutablePointer<UInt64>, _ context: Int) -> UInt64 {
    let word = arena[PackedContext.contexts &+ context]
    let index = Self.rangeIndex(word, range)
    let lps = arena[index]
    normalize()
    let mps = range &- lps
    let (rest, below) = value.subtractingReportingOverflow(mps)
    // All ones for the most probable symbol.
    let likely = 0 &- UInt64(below ? 1 : 0)
    let selected = lps ^ ((lps ^ mps) & likely)
    value = rest &+ (mps & likely)
    let shift = Self.lpsShift(arena, index) & ~likely
    range = selected &<< shift
    value = value &<< shift
    valid &-= Int(truncatingIfNeeded: shift)
    let zero = UInt64(bitPattern: Int64(bitPattern: word) >> 63)
    let bin = zero ^ likely
    arena[PackedContext.contexts &+ context] = Self.updated(
      arena, word, word &+ (~bin & PackedContext.bin0Probe))
    return bin
  }

  /// The context word after a bin, given the probe for that bin.
  @inline(__always)
  static func updated(
    _ arena: UnsafeMutablePointer<UInt64>, _ word: UInt64, _ probe: UInt64
  ) -> UInt64 {
    word
      &+ arena[PackedContext.fastTable &+ Int(truncatingIfNeeded: (probe >> 24) & 0xFF)]
      &+ arena[PackedContext.slowTable &+ Int(truncatingIfNeeded: (probe >> 8) & 0xFF)]
  }

  /// A number of bypass bins, first bin in the most significant place; `count` is 0 to 32.
  @inline(__always)
  mutating func decodeBypass(_ count: Int) -> UInt64 {
    normalize()
    refill()
    let scaled = range &>> UInt64(truncatingIfNeeded: count)
    let bins = value / scaled
    value = (value &- bins &* scaled) &<< UInt64(truncatingIfNeeded: count)
    valid &-= count
    return bins
  }

  /// The terminate bin.
  mutating func decodeTerminate() -> Bool {
    normalize()
    refill()
    range &-= 2 << 55
    if value >= range {
      // There is no renormalisation after the last bin.
      range &+= 2 << 55
      return true
    }
    let shift = ~range >> 63
    range = range &<< shift
    value = value &<< shift
    valid &-= Int(truncatingIfNeeded: shift)
    return false
  }
}
