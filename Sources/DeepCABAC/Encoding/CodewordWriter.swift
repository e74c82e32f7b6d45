/// The arithmetic encoder: the counterpart of `ArithmeticEngine`, with the ranges of format reference 4.2.
///
/// Invariants of the unsafe code: as for the decoder, range table indices are made of a context word and a range whose bit 63 is
/// set; context indices are below `PackedContext.contextCapacity`.
///
/// `range` is R << 55. `low` holds `9 + pending` bits of the codeword that are not yet in `bytes`, and one more where a carry
/// is to be handed on; `pending` stays below 48 between calls.
struct CodewordWriter {
  var range: UInt64 = 510 << 55
  var low: UInt64 = 0
  var pending = 0
  /// The settled bytes; a carry may still run through them.
  var bytes: [UInt8] = []

  /// The bits shifted out so far: the decoder's `pos`.
  var position: Int { 8 * bytes.count + pending }

  /// R.
  var rangeValue: Int { Int(range >> 55) }

  /// The nine bits of the interval's lower end that a decoder sees at `position`.
  var window: Int { Int(low & 511) }

  /// Moves whole bytes out of `low`.
  @inline(never)
  mutating func flush() {
    while pending >= 8 {
      let byte = low >> UInt64(pending + 1)
      if byte > 255 { carry() }
      bytes.append(UInt8(truncatingIfNeeded: byte))
      low &= (1 << UInt64(pending + 1)) - 1
      pending -= 8
    }
  }

  private mutating func carry() {
    var place = bytes.count - 1
    while place >= 0, bytes[place] == 255 {
      bytes[place] = 0
      place -= 1
    }
    if place >= 0 { bytes[place] += 1 }
  }

  /// Makes room by `count` bits, at most 16.
  @inline(__always)
  private mutating func shift(_ count: Int) {
    low = low &<< UInt64(truncatingIfNeeded: count)
    pending &+= count
    if pending >= 32 { flush() }
  }

  /// One context bin.
  @inline(__always)
  mutating func encode(
    _ bin: Bool, _ arena: UnsafeMutablePointer<UInt64>, _ context: Int
  ) {
    let place = arena + (PackedContext.contexts &+ context)
    let word = place.pointee
    let index = ArithmeticEngine.rangeIndex(word, range)
    let lps = arena[index]
    let mps = range &- lps
    // Bit 63 of the word says that the most probable symbol is 0.
    if bin == (Int64(bitPattern: word) >= 0) {
      let renormalisation = ~mps >> 63
      range = mps &<< renormalisation
      if renormalisation != 0 { shift(1) }
    } else {
      low &+= mps &>> 55
      let count = ArithmeticEngine.lpsShift(arena, index)
      range = lps &<< count
      shift(Int(truncatingIfNeeded: count))
    }
    place.pointee = ArithmeticEngine.updated(
      arena, word, bin ? word : word &+ PackedContext.bin0Probe)
  }

  /// The lowest `count` bits of a number as bypass bins; `count` is 0 to 64.
  @inline(__always)
  mutating func encodeBypass(_ value: UInt64, count: Int) {
    var left = count
    while left > 0 {
      let some = min(left, 16)
      left &-= some
      let bits = (value &>> UInt64(truncatingIfNeeded: left)) & ((1 &<< UInt64(some)) &- 1)
      low = low &<< UInt64(truncatingIfNeeded: some)
      low &+= bits &* (range &>> 55)
      pending &+= some
      if pending >= 32 { flush() }
    }
  }

  /// Sets the range to 256, as at the start of a block row.
  mutating func resetRange() { range = 256 << 55 }

  /// The terminate bin, the stop bit and padding; `terminateBin` false codes the bin as 0, which no valid payload does.
  mutating func finish(terminateBin: Bool) {
    range &-= 2 << 55
    if terminateBin {
      low &+= range >> 55
      range = 2 << 55
    }
    flush()
    // What is left are eight bits, a bit that no decoder looks at, and the stop bit in its place.
    var rest = (low >> 1) << 1 | 1
    var count = 9 + pending
    if rest >> UInt64(count) != 0 {
      carry()
      rest &= (1 << UInt64(count)) - 1
    }
    let padding = (8 - count % 8) % 8
    rest <<= UInt64(padding)
    count += padding
    while count > 0 {
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: rest >> UInt64(count)))
    }
    low = 0
    pending = 0
  }
}
