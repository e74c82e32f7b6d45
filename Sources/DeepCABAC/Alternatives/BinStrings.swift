/// The bins of many contexts, gathered context by context, and what each string of them costs from each of the nine start states.
///
/// A string is gathered 63 bins at a time and then goes through the states of all nine sets at once; sets with the same rates come
/// to the same state after a while, and from there on one of them is followed for all. Tables and words are the decoder's.
///
/// Invariants of the unsafe code: context numbers are below `count`; table indices are as in `ArithmeticEngine`.
final class BinStrings {
  /// The sets of start states.
  static let sets = 9
  /// Words of a context: nine states, nine costs since the last reset, nine costs before it.
  private static let stride = 27
  /// The portions after which sets of the same rates are taken to be at the same state.
  private static let settled = 10

  /// The number of contexts.
  let count: Int
  /// The bins of each context that are still to be looked at, behind a leading one.
  let pending: UnsafeMutablePointer<UInt64>
  private let states: UnsafeMutablePointer<UInt64>
  /// How many portions were looked at since the last reset.
  private let portions: UnsafeMutablePointer<UInt16>
  /// The sets that are followed, a bit each.
  private let followed: UnsafeMutablePointer<UInt16>
  private let tables: UnsafePointer<UInt64>
  private let costs = BinCosts.table.words

  /// Strings of `count` contexts without bins.
  init(count: Int) {
    self.count = count
    pending = .allocate(capacity: count)
    pending.initialize(repeating: 1, count: count)
    states = .allocate(capacity: count * Self.stride)
    portions = .allocate(capacity: count)
    portions.initialize(repeating: 0, count: count)
    followed = .allocate(capacity: count)
    // 0: the context has no costs yet.
    followed.initialize(repeating: 0, count: count)
    tables = StateTables.shared.words
  }

  deinit {
    pending.deallocate()
    states.deallocate()
    portions.deallocate()
    followed.deallocate()
  }

  /// Adds a bin, 0 or 1.
  @inline(__always)
  func add(_ bin: UInt64, _ context: Int) {
    let bits = pending[context] &<< 1 | bin
    pending[context] = bits
    if Int64(bitPattern: bits) < 0 { flush(context) }
  }

  /// All contexts go back to their start states, as at a block row.
  func reset() {
    for context in 0..<count {
      if pending[context] > 1 { flush(context) }
      guard portions[context] > 0 else { continue }
      let state = states + context &* Self.stride
      settle(state, context, all: true)
      for set in 0..<Self.sets {
        state[18 &+ set] &+= state[9 &+ set]
        state[9 &+ set] = 0
        state[set] = tables[StateTables.starts &+ set]
      }
      followed[context] = 0x1FF
      portions[context] = 0
    }
  }

  /// The cost of a context's bins from each of the nine start states, in 2^-20 bit; nil for a context without bins.
  func costs(of context: Int) -> UnsafePointer<UInt64>? {
    if pending[context] > 1 { flush(context) }
    guard followed[context] != 0 else { return nil }
    let state = states + context &* Self.stride
    settle(state, context, all: true)
    followed[context] = 0x1FF
    portions[context] = 0
    for set in 0..<Self.sets {
      state[18 &+ set] &+= state[9 &+ set]
      state[9 &+ set] = 0
    }
    return UnsafePointer(state + 18)
  }

  /// The number of the set whose state stands for that of a set, once both are at the same.
  private static let leaders = [0, 0, 0, 3, 4, 4, 4, 7, 8]

  /// Looks at the bins that are pending.
  @inline(never)
  private func flush(_ context: Int) {
    let state = states + context &* Self.stride
    if followed[context] == 0 {
      for set in 0..<Self.sets {
        state[set] = tables[StateTables.starts &+ set]
        state[9 &+ set] = 0
        state[18 &+ set] = 0
      }
      followed[context] = 0x1FF
    }
    let bits = pending[context]
    pending[context] = 1
    let length = 63 &- bits.leadingZeroBitCount
    if followed[context] == 0x1FF {
      run3(state, 0, 1, 2, bits, length)
      run3(state, 3, 4, 5, bits, length)
      run3(state, 6, 7, 8, bits, length)
    } else {
      var left = followed[context]
      while left != 0 {
        let first = left.trailingZeroBitCount
        left &= left &- 1
        guard left != 0 else {
          run1(state, first, bits, length)
          break
        }
        let second = left.trailingZeroBitCount
        left &= left &- 1
        guard left != 0 else {
          run2(state, first, second, bits, length)
          break
        }
        let third = left.trailingZeroBitCount
        left &= left &- 1
        run3(state, first, second, third, bits, length)
      }
    }
    if portions[context] < .max { portions[context] &+= 1 }
    if followed[context] & 0x66 != 0 { settle(state, context, all: false) }
  }

  /// Follows one set where several are at the same state; with `all` the costs of those that are not followed are put right.
  private func settle(_ state: UnsafeMutablePointer<UInt64>, _ context: Int, all: Bool) {
    for set in [1, 2, 5, 6] {
      let leader = Self.leaders[set]
      if followed[context] & (1 << UInt16(set)) != 0 {
        guard !all, state[set] == state[leader] || portions[context] >= Self.settled else {
          continue
        }
        followed[context] &= ~(1 << UInt16(set))
        // From here on the cost is what it has more than the leader.
        state[9 &+ set] = state[9 &+ set] &- state[9 &+ leader]
      } else if all {
        state[9 &+ set] = state[9 &+ set] &+ state[9 &+ leader]
      }
    }
  }

  @inline(__always)
  private func step(_ word: inout UInt64, _ cost: inout UInt64, _ bin: UInt64) {
    cost &+= costs[Int(truncatingIfNeeded: (word &>> 58) &<< 1 | bin)]
    let probe = word &+ (PackedContext.bin0Probe & (bin &- 1))
    word =
      word &+ tables[Int(truncatingIfNeeded: (probe &>> 24) & 0xFF)]
      &+ tables[StateTables.slow &+ Int(truncatingIfNeeded: (probe &>> 8) & 0xFF)]
  }

  private func run3(
    _ state: UnsafeMutablePointer<UInt64>, _ a: Int, _ b: Int, _ c: Int, _ bits: UInt64,
    _ length: Int
  ) {
    var (first, second, third) = (state[a], state[b], state[c])
    var (x, y, z) = (state[9 &+ a], state[9 &+ b], state[9 &+ c])
    var place = length
    while place > 0 {
      place &-= 1
      let bin = (bits &>> UInt64(truncatingIfNeeded: place)) & 1
      step(&first, &x, bin)
      step(&second, &y, bin)
      step(&third, &z, bin)
    }
    (state[a], state[b], state[c]) = (first, second, third)
    (state[9 &+ a], state[9 &+ b], state[9 &+ c]) = (x, y, z)
  }

  private func run2(
    _ state: UnsafeMutablePointer<UInt64>, _ a: Int, _ b: Int, _ bits: UInt64, _ length: Int
  ) {
    var (first, second) = (state[a], state[b])
    var (x, y) = (state[9 &+ a], state[9 &+ b])
    var place = length
    while place > 0 {
      place &-= 1
      let bin = (bits &>> UInt64(truncatingIfNeeded: place)) & 1
      step(&first, &x, bin)
      step(&second, &y, bin)
    }
    (state[a], state[b]) = (first, second)
    (state[9 &+ a], state[9 &+ b]) = (x, y)
  }

  private func run1(
    _ state: UnsafeMutablePointer<UInt64>, _ a: Int, _ bits: UInt64, _ length: Int
  ) {
    var first = state[a]
    var x = state[9 &+ a]
    var place = length
    while place > 0 {
      place &-= 1
      step(&first, &x, (bits &>> UInt64(truncatingIfNeeded: place)) & 1)
    }
    state[a] = first
    state[9 &+ a] = x
  }
}

/// The update tables of the estimators and the start states of the nine sets, one behind the other; never freed.
struct StateTables: @unchecked Sendable {
  /// The only one.
  static let shared = StateTables()
  /// First word of the steps of S1; those of S0 come first.
  static let slow = 256
  /// First word of the start states.
  static let starts = 512

  /// 521 words.
  let words: UnsafePointer<UInt64>

  private init() {
    let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: 521)
    for index in 0..<256 {
      memory[index] = PackedContext.tables[PackedContext.fastTable + index]
      memory[Self.slow + index] = PackedContext.tables[PackedContext.slowTable + index]
    }
    for set in 0..<9 { memory[Self.starts + set] = PackedContext.ecoWords[set] }
    words = UnsafePointer(memory)
  }
}
