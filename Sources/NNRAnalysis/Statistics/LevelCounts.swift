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

  /// Three tables one after the other, by the class of the neighbour; empty until the first level.
  private(set) var table: [UInt64] = []
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
    for index in 0..<(table.isEmpty ? 0 : Self.width) where marginal(at: index) > 0 { result += 1 }
    return result
  }

  /// The levels that occur with their counts, in ascending order, without the `uncounted`.
  public var sorted: [(level: Int32, count: UInt64)] {
    var result: [(level: Int32, count: UInt64)] = others.map {
      ($0.key, $0.value.x &+ $0.value.y &+ $0.value.z)
    }
    for index in 0..<(table.isEmpty ? 0 : Self.width) {
      let count = marginal(at: index)
      if count > 0 { result.append((Self.tableRange.lowerBound + Int32(index), count)) }
    }
    return result.sorted { $0.level < $1.level }
  }

  /// How often `level` occurred.
  public func count(of level: Int32) -> UInt64 {
    if Self.tableRange.contains(level) {
      return table.isEmpty ? 0 : marginal(at: Int(level - Self.tableRange.lowerBound))
    }
    guard let counts = others[level] else { return 0 }
    return counts.x &+ counts.y &+ counts.z
  }

  private func marginal(at index: Int) -> UInt64 {
    table[index] &+ table[Self.width + index] &+ table[2 * Self.width + index]
  }

  mutating func add(_ level: Int32, after neighbour: NeighbourClass, times: UInt64 = 1) {
    if table.isEmpty { table = [UInt64](repeating: 0, count: 3 * Self.width) }
    if Self.tableRange.contains(level) {
      let index = Int(level) &- Int(Self.tableRange.lowerBound)
      table[neighbour.rawValue &* Self.width &+ index] &+= times
    } else {
      addOther(level, after: neighbour, times: times)
    }
  }

  /// Counts every level of `levels` after its predecessor; `previous` comes before the first.
  mutating func add(run levels: UnsafeBufferPointer<Int32>, after previous: Int32) {
    if table.isEmpty { table = [UInt64](repeating: 0, count: 3 * Self.width) }
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
    if table.isEmpty {
      table = other.table
    } else if !other.table.isEmpty {
      for index in table.indices { table[index] &+= other.table[index] }
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
