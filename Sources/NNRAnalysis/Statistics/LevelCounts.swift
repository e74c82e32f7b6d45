/// How often each level occurred, and after which class of neighbour: the ground for entropies and exact histograms.
///
/// Small levels are counted in a table, the others in a dictionary that stops growing at a cap. What comes after the
/// cap is counted as `uncounted`, so that a hostile tensor costs bounded memory and nothing is lost in silence.
public struct LevelCounts: Hashable, Sendable {
  /// Levels in this range are counted in a table.
  public static let tableRange: ClosedRange<Int32> = -1024...1023
  /// The most levels outside the table that are told apart.
  public static let cap = 65_536

  static let width = 2048

  /// Three tables one after the other, by the class of the neighbour, each with the levels `columns`.
  private var table: [UInt64] = []
  /// The levels in a table, counted from the least that one may hold: all while levels are added, then those that occurred.
  private var columns = 0..<0
  /// Levels outside the table, with a count per class of the neighbour.
  private(set) var others: [Int32: SIMD3<UInt64>] = [:]
  /// Levels met after the cap, per class of the neighbour.
  private(set) var lost: SIMD3<UInt64> = .zero

  /// No levels yet.
  public init() {}

  /// The number of values whose level is not told apart, because the cap was reached.
  public var uncounted: UInt64 { lost.x &+ lost.y &+ lost.z }

  /// True if every value is in the counts under its own level.
  public var isExact: Bool { lost == .zero }

  /// The number of distinct levels; a lower bound unless `isExact`.
  public var distinct: Int {
    var result = others.count
    for index in columns where marginal(at: index) > 0 { result += 1 }
    return result
  }

  /// The levels that occur with their counts, in ascending order, without the `uncounted`.
  public var sorted: [(level: Int32, count: UInt64)] {
    var result: [(level: Int32, count: UInt64)] = others.map {
      ($0.key, $0.value.x &+ $0.value.y &+ $0.value.z)
    }
    for index in columns {
      let count = marginal(at: index)
      if count > 0 { result.append((Self.tableRange.lowerBound + Int32(index), count)) }
    }
    return result.sorted { $0.level < $1.level }
  }

  /// How often `level` occurred.
  public func count(of level: Int32) -> UInt64 {
    if Self.tableRange.contains(level) {
      return marginal(at: Int(level - Self.tableRange.lowerBound))
    }
    guard let counts = others[level] else { return 0 }
    return counts.x &+ counts.y &+ counts.z
  }

  private func marginal(at index: Int) -> UInt64 {
    NeighbourClass.allCases.reduce(0) { $0 &+ counts(after: $1, at: index) }
  }

  private func counts(after neighbour: NeighbourClass, at index: Int) -> UInt64 {
    columns.contains(index)
      ? table[neighbour.rawValue * columns.count + index - columns.lowerBound] : 0
  }

  /// The counts of all levels in no order, zeros among them; those that are not told apart count as one.
  var all: [UInt64] {
    others.values.map { $0.x &+ $0.y &+ $0.z } + [uncounted] + columns.map(marginal)
  }

  /// The same of the levels behind one class of neighbour.
  func all(after neighbour: NeighbourClass) -> [UInt64] {
    let lane = neighbour.rawValue
    return others.values.map { $0[lane] } + [lost[lane]]
      + table[lane * columns.count..<(lane + 1) * columns.count]
  }

  /// Makes room for all levels.
  private mutating func open() {
    if columns.count != Self.width { keep(0..<Self.width) }
  }

  /// Gives the memory back that levels that did not occur take: counts of thousands of tensors are kept.
  mutating func close() {
    let occurring = columns.filter { marginal(at: $0) > 0 }
    keep((occurring.first ?? 0)..<(occurring.last.map { $0 + 1 } ?? 0))
  }

  private mutating func keep(_ kept: Range<Int>) {
    var other = [UInt64](repeating: 0, count: 3 * kept.count)
    let common = columns.clamped(to: kept)
    for lane in 0..<3 {
      for index in common {
        other[lane * kept.count + index - kept.lowerBound] =
          table[lane * columns.count + index - columns.lowerBound]
      }
    }
    table = other
    columns = kept
  }

  mutating func add(_ level: Int32, after neighbour: NeighbourClass, times: UInt64 = 1) {
    if Self.tableRange.contains(level) {
      let index = Int(level) &- Int(Self.tableRange.lowerBound)
      if !columns.contains(index) { open() }
      table[neighbour.rawValue &* columns.count &+ index &- columns.lowerBound] &+= times
    } else {
      addOther(level, after: neighbour, times: times)
    }
  }

  /// Counts every level of `levels` after its predecessor; `previous` comes before the first.
  mutating func add(run levels: UnsafeBufferPointer<Int32>, after previous: Int32) {
    open()
    var neighbour = NeighbourClass(of: previous).rawValue
    let low = Int(Self.tableRange.lowerBound)
    for level in levels {
      let index = Int(level) &- low
      if index >= 0 && index < Self.width {
        table[neighbour &* Self.width &+ index] &+= 1
      } else {
        addOther(level, after: NeighbourClass(rawValue: neighbour) ?? .zero, times: 1)
      }
      neighbour = NeighbourClass.index(of: level)
    }
  }

  private mutating func addOther(_ level: Int32, after neighbour: NeighbourClass, times: UInt64) {
    if var counts = others[level] {
      counts[neighbour.rawValue] &+= times
      others[level] = counts
    } else if others.count < Self.cap {
      var counts = SIMD3<UInt64>.zero
      counts[neighbour.rawValue] = times
      others[level] = counts
    } else {
      lost[neighbour.rawValue] &+= times
    }
  }

  mutating func merge(_ other: LevelCounts) {
    if !other.columns.isEmpty { open() }
    for lane in NeighbourClass.allCases {
      for index in other.columns {
        table[lane.rawValue * Self.width + index] &+= other.counts(after: lane, at: index)
      }
    }
    // In ascending order: which levels fall behind the cap must not depend on hashing.
    for level in other.others.keys.sorted() {
      guard let counts = other.others[level] else { continue }
      for neighbour in NeighbourClass.allCases where counts[neighbour.rawValue] > 0 {
        addOther(level, after: neighbour, times: counts[neighbour.rawValue])
      }
    }
    lost &+= other.lost
  }
}

extension LevelCounts {
  /// Whether both count the same, whatever room they have.
  public static func == (left: LevelCounts, right: LevelCounts) -> Bool {
    var (left, right) = (left, right)
    left.close()
    right.close()
    return left.columns == right.columns && left.table == right.table && left.others == right.others
      && left.lost == right.lost
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    var counts = self
    counts.close()
    hasher.combine(counts.columns)
    hasher.combine(counts.table)
    hasher.combine(others)
    hasher.combine(lost)
  }
}

/// The class of the level decoded just before: what a simple context model would look at.
public enum NeighbourClass: Int, CaseIterable, Hashable, Sendable {
  /// The neighbour is zero, or there is none.
  case zero
  /// The neighbour is greater than zero.
  case positive
  /// The neighbour is less than zero.
  case negative

  /// The class of `level`.
  public init(of level: Int32) {
    self = level == 0 ? .zero : level > 0 ? .positive : .negative
  }

  /// The raw value of the class of `level`, without branches.
  static func index(of level: Int32) -> Int {
    Int(level > 0 ? 1 : 0) &+ Int((level >> 31) & 2)
  }
}
