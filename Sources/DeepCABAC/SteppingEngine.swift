/// A plain arithmetic decoder that reports every bin: the registers are those of format reference 4.2.
///
/// Slow and obvious, independent of the fast engine; the tests hold one against the other.
struct SteppingEngine<Observer: BinObserver> {
  /// One context with its rates and initial state.
  struct Context {
    var eco: EcoSet
    var state: EstimatorState

    /// A context in the initial state of an eco set.
    init(set: Int) {
      eco = ProbabilityTables.ecoSets[set]
      state = EstimatorState(fast: eco.fast, sum: eco.sum)
    }

    /// The update of format reference 4.5.
    mutating func update(_ bin: Int) {
      let slow = state.sum - 16 * state.fast
      let sign = bin == 1 ? 1 : -1
      let steps = ProbabilityTables.transition
      let fast =
        state.fast + sign * (steps[16 + ((sign * state.fast) >> 3)] >> (eco.fastShift + 4))
      let moved = slow + sign * (steps[16 + ((sign * slow) >> 7)] >> eco.slowShift)
      state = EstimatorState(fast: fast, sum: moved + 16 * fast)
    }
  }

  let bytes: [UInt8]
  var range = 510
  var offset = 0
  var needed = -8
  var pointer = 0
  var contexts: [Context] = []
  var observer: Observer
  /// Row and column of the level being decoded.
  var place: (row: Int, column: Int)?

  /// Reads the first two bytes.
  init(bytes: [UInt8], observer: Observer) {
    self.bytes = bytes
    self.observer = observer
    offset = readByte() << 8
    offset += readByte()
  }

  /// Bit position `pos`.
  var position: Int { 8 * pointer - 8 + needed }

  /// Next byte, 0 beyond the end.
  mutating func readByte() -> Int {
    defer { pointer += 1 }
    return pointer < bytes.count ? Int(bytes[pointer]) : 0
  }

  /// Shifts range (unless `bypass`) and offset up.
  private mutating func shift(_ count: Int) {
    offset <<= count
    needed += count
    if needed >= 0 {
      offset += readByte() << needed
      needed -= 8
    }
  }

  /// One context bin.
  mutating func context(_ index: Int, _ element: BinElement) -> Int {
    let before = contexts[index].state
    let lps = Int(ProbabilityTables.lpsRange[(range & 0xE0) + abs(before.sum >> 7)])
    let mps = before.sum >= 0 ? 1 : 0
    var event = event(.context, element)
    event.context = index
    event.before = before
    event.lps = lps
    event.mps = mps
    let rest = range - lps
    if offset >> 7 < rest {
      event.bin = mps
      range = rest
    } else {
      event.bin = 1 - mps
      offset -= rest << 7
      range = lps
    }
    event.cost = ProbabilityTables.log2(Double(event.range) / Double(range))
    while range < 256 {
      range <<= 1
      shift(1)
    }
    contexts[index].update(event.bin)
    event.after = contexts[index].state
    observer.observe(event)
    return event.bin
  }

  /// A number of bypass bins, the first in the most significant place.
  mutating func bypass(_ count: Int, _ element: BinElement) -> Int {
    var value = 0
    for _ in 0..<count {
      var event = event(.bypass, element)
      shift(1)
      if offset >= range << 7 {
        offset -= range << 7
        event.bin = 1
      }
      event.cost = 1
      observer.observe(event)
      value = value << 1 | event.bin
    }
    return value
  }

  /// The terminate bin.
  mutating func terminate() -> Int {
    var event = event(.terminate, BinElement(.termination))
    range -= 2
    if offset >= range << 7 {
      event.bin = 1
      event.cost = ProbabilityTables.log2(Double(event.range) / 2)
    } else {
      event.cost = ProbabilityTables.log2(Double(event.range) / Double(range))
      if range < 256 {
        range <<= 1
        shift(1)
      }
    }
    observer.observe(event)
    return event.bin
  }

  /// The terminate bin and the other end-of-payload checks.
  mutating func finish() -> PayloadEnd {
    let terminated = terminate() == 1
    let last = pointer - 1
    let byte = last < bytes.count ? Int(bytes[last]) : 0
    return PayloadEnd(
      terminateBin: terminated, stopPattern: (byte << (8 + needed)) & 0xFF == 0x80,
      bytesConsumed: pointer, payloadLength: bytes.count)
  }

  /// Whether the reference decoder would have read past the last byte.
  var isBeyondEnd: Bool { position >> 3 + 2 > bytes.count }

  /// Sets the range to 256; false if the register is not below it.
  mutating func resetRange() -> Bool {
    var event = event(.rangeReset, BinElement(.blockRowReset))
    event.cost = ProbabilityTables.log2(Double(range) / 256)
    range = 256
    observer.observe(event)
    return offset < 256 << 7
  }

  /// An event with the registers as they are.
  private func event(_ kind: BinKind, _ element: BinElement) -> BinEvent {
    BinEvent(
      kind: kind, element: element, range: range, offset: offset, position: position, bin: 0,
      cost: 0, row: place?.row, column: place?.column)
  }
}

extension SteppingEngine: Sendable where Observer: Sendable {}
