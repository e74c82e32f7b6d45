/// One walk over the levels of a tensor that gathers the bins of each context, for several unary lengths at once: significance and
/// signs are the same for all, abs_level_greater flag j has the same bins for every length above j, and only remainders differ.
///
/// Invariants of the unsafe code: `levels`, `base` and `history` have one entry for each element, `rowMask` is empty or has one for
/// each row; contexts are numbered with the greatest length, remainders of each length behind them.
struct LevelWalk {
  private let geometry: TensorGeometry
  private let dependent: Bool
  /// The unary lengths, ascending.
  let lengths: [Int]
  private let longest: Int
  private let lastPrefix: Int
  /// The first context of the remainders.
  private let remainders: Int
  private let usesBase: Bool
  /// The bins.
  let strings: BinStrings
  /// The bypass bins of remainders, for each length.
  private(set) var suffixBits: [Int]
  /// How often the range is set to 256.
  private(set) var resets = 0

  private var neighbour = 0
  private var trellis = 0
  /// Magnitudes beyond the least length since contexts were reset, with the most that each can be (0: no limit).
  private var large: [(magnitude: Int32, limit: Int32)] = []

  /// Prefix contexts of a length.
  static let prefixes = 32

  /// A walk that has gathered nothing.
  init(
    _ parameters: CodedTensorParameters, _ geometry: TensorGeometry, lengths: [Int], usesBase: Bool
  ) {
    self.geometry = geometry
    self.lengths = lengths
    self.usesBase = usesBase
    dependent = parameters.dependentQuantization
    longest = lengths.last ?? 1
    lastPrefix = parameters.dialect == .edition1 ? 31 : 30
    remainders = ContextLayout.greater + (usesBase ? 4 : 2) * longest
    strings = BinStrings(count: remainders + Self.prefixes * lengths.count)
    suffixBits = [Int](repeating: 0, count: lengths.count)
  }

  /// The number that a context of the layout for the length with an index has here.
  func context(_ context: Int, lengthIndex index: Int) -> Int {
    let length = lengths[index]
    switch context {
    case ..<(ContextLayout.greater + 2 * length): return context
    case ..<(ContextLayout.greater + 4 * length): return context + 2 * (longest - length)
    default:
      return remainders + Self.prefixes * index + context - ContextLayout.greater - 4 * length
    }
  }

  /// Gathers all levels, those before the doubling; false if it was stopped.
  mutating func gather(
    _ levels: [Int32], rowMask: [UInt8], base: [Int32]?, history: [UInt8]?,
    shouldStop: () -> Bool
  ) -> Bool {
    if geometry.resetsFirstBlockRow { resets += 1 }
    guard geometry.count > 0 else { return true }
    let isPlain = base == nil && history == nil && geometry.limitSize == 0
    for top in stride(from: 0, to: geometry.rows, by: geometry.blockHeight) {
      if top > 0 {
        gatherRemainders()
        strings.reset()
        neighbour = 0
        resets += 1
      }
      guard geometry.limitSize != 1 else { continue }
      let rows = top..<min(top + geometry.blockHeight, geometry.rows)
      for left in stride(from: 0, to: geometry.width, by: geometry.blockWidth) {
        guard !shouldStop() else { return false }
        let right = min(left + geometry.blockWidth, geometry.width)
        for row in rows {
          if !rowMask.isEmpty, rowMask[row] != 0 {
            if dependent { trellis = TrellisPath.afterZeros(geometry.width, from: trellis) }
            continue
          }
          let elements = (row * geometry.width + left)..<(row * geometry.width + right)
          if isPlain {
            gatherPlain(levels, elements)
          } else {
            gatherFull(levels, elements, base, history)
          }
          if large.count > 1 << 16 { gatherRemainders() }
        }
      }
    }
    gatherRemainders()
    return true
  }

  private mutating func gatherPlain(_ levels: [Int32], _ elements: Range<Int>) {
    var side = neighbour
    var state = trellis
    let least = lengths[0]
    let strings = strings
    levels.withUnsafeBufferPointer { levels in
      for element in elements {
        let level = Int(levels[element])
        guard level != 0 else {
          strings.add(0, 3 &* state &+ side)
          side = 0
          if dependent { state = TrellisPath.next(state, odd: 0) }
          continue
        }
        strings.add(1, 3 &* state &+ side)
        let negative = level < 0 ? 1 : 0
        strings.add(UInt64(truncatingIfNeeded: negative), ContextLayout.sign &+ side)
        side = 2 &- negative
        let magnitude = Int(level.magnitude)
        var context = ContextLayout.greater &+ negative
        let ones = min(magnitude &- 1, longest)
        for _ in 0..<ones {
          strings.add(1, context)
          context &+= 2
        }
        if ones < longest { strings.add(0, context) }
        if magnitude > least {
          large.append((Int32(truncatingIfNeeded: min(magnitude, Int(Int32.max))), 0))
        }
        if dependent { state = TrellisPath.next(state, odd: magnitude & 1) }
      }
    }
    neighbour = side
    trellis = state
  }

  private mutating func gatherFull(
    _ levels: [Int32], _ elements: Range<Int>, _ base: [Int32]?, _ history: [UInt8]?
  ) {
    let size = geometry.limitSize
    let zero = geometry.limitZero
    for element in elements {
      let level = Int(levels[element])
      let parent = base.map { Int($0[element]) } ?? 0
      let inHistory = history.map { $0[element] != 0 } ?? false
      let sig =
        inHistory
        ? ContextLayout.sigHistory + trellis
        : parent != 0
          ? ContextLayout.sigTemporal + 2 * trellis + (parent.magnitude > 1 ? 1 : 0)
          : 3 * trellis + neighbour
      strings.add(level != 0 ? 1 : 0, sig)
      guard level != 0 else {
        neighbour = 0
        if dependent { trellis = TrellisPath.next(trellis, odd: 0) }
        continue
      }
      let negative = level < 0
      if size == 0 || (zero != 0 && zero != size - 1) {
        strings.add(
          negative ? 1 : 0,
          parent == 0
            ? ContextLayout.sign + neighbour : ContextLayout.signTemporal + (parent > 0 ? 1 : 0))
      }
      neighbour = negative ? 1 : 2
      let magnitude = Int(level.magnitude)
      let limit = size == 0 ? Int.max : negative ? zero : size - 1 - zero
      for j in 0..<longest {
        if 1 + j >= limit { break }
        let more = magnitude > 1 + j
        strings.add(
          more ? 1 : 0,
          parent == 0
            ? ContextLayout.greater + 2 * j + (negative ? 1 : 0)
            : ContextLayout.greater + 2 * (longest + j) + (parent.magnitude >= j ? 0 : 1))
        if !more { break }
      }
      if magnitude > lengths[0] {
        large.append((Int32(clamping: magnitude), size == 0 ? 0 : Int32(clamping: limit)))
      }
      if dependent { trellis = TrellisPath.next(trellis, odd: magnitude & 1) }
    }
  }

  /// Gathers the remainders of all lengths for the large magnitudes so far.
  private mutating func gatherRemainders() {
    guard !large.isEmpty else { return }
    for (index, length) in lengths.enumerated() {
      let first = remainders + Self.prefixes * index
      var suffixes = 0
      for (magnitude, limit) in large where Int(magnitude) > length {
        let room = limit == 0 ? Int.max : Int(limit) - 1 - length
        guard room > 0 else { continue }
        var rest = Int(magnitude) - 1 - length
        var order = 0
        var reached = 0
        while true {
          let more = rest >= 1 << order
          strings.add(more ? 1 : 0, first + order)
          guard more else { break }
          rest -= 1 << order
          reached += 1 << order
          order += 1
          if room - reached < 1 << order || order > lastPrefix { break }
        }
        suffixes += order
      }
      suffixBits[index] += suffixes
    }
    large.removeAll(keepingCapacity: true)
  }
}
