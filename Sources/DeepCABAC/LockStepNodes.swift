/// What comes after each bin of a plain level, as a table that the lanes of a lock step walk: no branch tells the bins apart.
///
/// A node stands for the next bin: of sig_flag by trellis state and neighbour, of sign_flag by both, of
/// abs_level_greater by trellis state, number and sign, or for a level that waits for its remainder (parked). Nodes are
/// immutable after `init`. Invariant of the unsafe code: every successor is a node of the same table, every context
/// offset lies within a lane's contexts of `LockStepBlock`, and advances are 0 or 4.
final class LockStepNodes: @unchecked Sendable {
  /// Bytes of a node: two successors of 16 bytes, the first for bin 1, its context and what it stands for.
  static let stride = 48
  /// Offsets within a successor: the next node, the level, and the bytes by which the output moves.
  static let level = 8
  static let advance = 12
  /// Offsets within a node.
  static let context = 32
  static let facts = 40
  /// The largest unary length that has a table: longer ones would not stay in the nearest cache.
  static let longestUnary = 64

  /// What a node stands for.
  struct Facts: Sendable, Hashable {
    enum Kind: UInt8, Sendable { case sig, sign, greater, parked }
    var kind: Kind
    /// Trellis state before the level.
    var trellis: Int
    /// 0, 1 for negative, 2 for positive: of the level before for sig_flag and sign_flag, otherwise of the level.
    var neighbour: Int
  }

  let dependent: Bool
  let unaryLength: Int
  private let memory: UnsafeMutableRawPointer
  private let perState: Int

  /// The table for a unary length of 1 to `longestUnary`.
  init(dependent: Bool, unaryLength: Int) {
    self.dependent = dependent
    self.unaryLength = unaryLength
    perState = 6 + 2 * unaryLength
    let states = dependent ? 8 : 1
    let count = states * (perState + 2)
    memory = .allocate(byteCount: count * Self.stride, alignment: 16)
    for state in 0..<states {
      for near in 0..<3 { fillFlags(state, near) }
      for negative in [false, true] {
        for j in 0..<unaryLength { fillGreater(state, j, negative) }
        fillParked(state, negative)
      }
    }
  }

  deinit { memory.deallocate() }

  /// Bytes between the nodes of two trellis states.
  var stateStride: Int { perState * Self.stride }

  /// Address of the last node that is not parked: behind it are only parked ones.
  var lastRunning: Int { Int(bitPattern: memory) + (firstParked - 1) * Self.stride }

  /// The node of sig_flag.
  func sig(trellis: Int, neighbour: Int) -> UnsafeRawPointer {
    node(trellis * perState + neighbour)
  }

  /// What a node of this table stands for.
  func facts(of node: UnsafeRawPointer) -> Facts {
    let bytes = node + Self.facts
    return Facts(
      kind: Facts.Kind(rawValue: bytes.load(as: UInt8.self)) ?? .sig,
      trellis: Int(bytes.load(fromByteOffset: 1, as: UInt8.self)),
      neighbour: Int(bytes.load(fromByteOffset: 2, as: UInt8.self)))
  }

  /// The integer of a level and the trellis state behind it.
  func outcome(magnitude: Int, negative: Bool, trellis: Int) -> (level: Int32, trellis: Int) {
    let value = dependent ? 2 &* magnitude &- (trellis & 1) : magnitude
    return (
      Int32(truncatingIfNeeded: negative ? 0 &- value : value),
      dependent ? Int(ProbabilityTables.trellis[2 * trellis + (magnitude & 1)]) : 0
    )
  }

  private var firstParked: Int { (dependent ? 8 : 1) * perState }

  private func node(_ number: Int) -> UnsafeRawPointer {
    UnsafeRawPointer(memory + number * Self.stride)
  }

  private func greater(_ state: Int, _ j: Int, _ negative: Bool) -> Int {
    state * perState + 6 + 2 * j + (negative ? 1 : 0)
  }

  private func parked(_ state: Int, _ negative: Bool) -> Int {
    firstParked + 2 * state + (negative ? 1 : 0)
  }

  private func fillFlags(_ state: Int, _ near: Int) {
    let after = dependent ? Int(ProbabilityTables.trellis[2 * state]) : 0
    let sign = state * perState + 3 + near
    set(
      state * perState + near, context: 3 * state + near,
      Facts(kind: .sig, trellis: state, neighbour: near),
      one: (node(sign), 0, false), zero: (sig(trellis: after, neighbour: 0), 0, true))
    set(
      sign, context: ContextLayout.sign + near,
      Facts(kind: .sign, trellis: state, neighbour: near),
      one: (node(greater(state, 0, true)), 0, false),
      zero: (node(greater(state, 0, false)), 0, false))
  }

  private func fillGreater(_ state: Int, _ j: Int, _ negative: Bool) {
    let (level, after) = outcome(magnitude: j + 1, negative: negative, trellis: state)
    let near = negative ? 1 : 2
    let more =
      j + 1 < unaryLength ? greater(state, j + 1, negative) : parked(state, negative)
    set(
      greater(state, j, negative), context: ContextLayout.greater + 2 * j + (negative ? 1 : 0),
      Facts(kind: .greater, trellis: state, neighbour: near),
      one: (node(more), 0, false), zero: (sig(trellis: after, neighbour: near), level, true))
  }

  private func fillParked(_ state: Int, _ negative: Bool) {
    let own = parked(state, negative)
    set(
      own, context: LockStepBlock.parkedContext,
      Facts(kind: .parked, trellis: state, neighbour: negative ? 1 : 2),
      one: (node(own), 0, false), zero: (node(own), 0, false))
  }

  private typealias Successor = (node: UnsafeRawPointer, level: Int32, completes: Bool)

  private func set(
    _ number: Int, context: Int, _ facts: Facts, one: Successor, zero: Successor
  ) {
    let place = memory + number * Self.stride
    for (offset, next) in [(0, one), (16, zero)] {
      place.storeBytes(of: next.node, toByteOffset: offset, as: UnsafeRawPointer.self)
      place.storeBytes(of: next.level, toByteOffset: offset + Self.level, as: Int32.self)
      place.storeBytes(
        of: next.completes ? 4 : 0, toByteOffset: offset + Self.advance, as: Int32.self)
    }
    place.storeBytes(of: 8 * context, toByteOffset: Self.context, as: Int.self)
    place.storeBytes(of: 0, toByteOffset: Self.facts, as: UInt64.self)
    place.storeBytes(of: facts.kind.rawValue, toByteOffset: Self.facts, as: UInt8.self)
    place.storeBytes(
      of: UInt8(facts.trellis), toByteOffset: Self.facts + 1, as: UInt8.self)
    place.storeBytes(
      of: UInt8(facts.neighbour), toByteOffset: Self.facts + 2, as: UInt8.self)
  }
}
