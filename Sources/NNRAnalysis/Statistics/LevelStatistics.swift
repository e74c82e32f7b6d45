/// Figures of a run of quantization levels, exact, gathered in one pass.
///
/// Levels are added in decoding order by runs of any length; two halves gathered apart give the figures of the whole
/// when merged (as long as no more than `LevelCounts.cap` unusual levels occur).
public struct LevelStatistics: Hashable, Sendable {
  /// The number of levels, skipped rows included.
  public private(set) var count = 0
  /// The number of levels other than zero.
  public private(set) var nonzero = 0
  /// The number of zeros that come from skipped rows.
  public private(set) var skippedZeros = 0
  /// The number of rows that were skipped.
  public private(set) var skippedRows = 0
  /// The least level; nil if there is none.
  public private(set) var min: Int32?
  /// The greatest level; nil if there is none.
  public private(set) var max: Int32?
  /// The sum of the levels.
  public private(set) var sum: Int64 = 0
  /// The sum of the squares of the levels.
  public private(set) var sumOfSquares: UInt128 = 0

  /// Counts of all levels but the first, whose neighbour may still come with a merge.
  private var rest = LevelCounts()
  private var first: Int32?
  private var last: Int32 = 0

  /// No levels yet.
  public init() {}

  /// The figures of `levels`.
  public init(_ levels: some Sequence<Int32>) {
    add(levels)
  }

  /// The number of zeros, those of skipped rows included.
  public var zeros: Int { count - nonzero }
  /// The share of zeros, 0 to 1; 0 if there are no levels.
  public var zeroFraction: Double { count == 0 ? 0 : Double(zeros) / Double(count) }
  /// The number of distinct levels; a lower bound unless `countsAreExact`.
  public var distinct: Int { counts.distinct }
  /// True if all distinct levels are told apart.
  public var countsAreExact: Bool { rest.isExact }
  /// The zero-order entropy in bits per level.
  public var entropy: Double { counts.entropy }
  /// The entropy in bits per level, given the class (zero, positive, negative) of the level decoded before.
  public var conditionalEntropy: Double { counts.conditionalEntropy }

  /// How often each level occurred.
  public var counts: LevelCounts {
    var result = rest
    if let first { result.add(first, after: .zero) }
    return result
  }

  /// Adds levels in decoding order.
  public mutating func add(_ levels: some Sequence<Int32>) {
    let done: Void? = levels.withContiguousStorageIfAvailable { add(buffer: $0) }
    if done == nil { Array(levels).withUnsafeBufferPointer { add(buffer: $0) } }
  }

  /// Adds one row of `width` zeros that the stream skips as a whole; nothing if `width` is negative.
  public mutating func addSkippedRow(width: Int) {
    guard width >= 0 else { return }
    skippedRows += 1
    guard width > 0 else { return }
    count += width
    skippedZeros += width
    min = Swift.min(min ?? 0, 0)
    max = Swift.max(max ?? 0, 0)
    var left = UInt64(width)
    if first == nil {
      first = 0
      left -= 1
    } else {
      rest.add(0, after: NeighbourClass(of: last))
      left -= 1
    }
    if left > 0 { rest.add(0, after: .zero, times: left) }
    last = 0
  }

  /// Adds what was gathered from the levels that follow in decoding order.
  public mutating func merge(_ other: LevelStatistics) {
    guard let otherFirst = other.first, let otherMin = other.min, let otherMax = other.max else {
      skippedRows += other.skippedRows
      return
    }
    if first == nil {
      first = otherFirst
    } else {
      rest.add(otherFirst, after: NeighbourClass(of: last))
    }
    rest.merge(other.rest)
    last = other.last
    count += other.count
    nonzero += other.nonzero
    skippedZeros += other.skippedZeros
    skippedRows += other.skippedRows
    min = Swift.min(min ?? otherMin, otherMin)
    max = Swift.max(max ?? otherMax, otherMax)
    sum &+= other.sum
    sumOfSquares &+= other.sumOfSquares
  }

  /// Gives memory back that only further levels would need.
  package mutating func close() { rest.close() }

  private mutating func add(buffer: UnsafeBufferPointer<Int32>) {
    var start = 0
    while start < buffer.count {
      let end = Swift.min(start + LevelBlock.length, buffer.count)
      let block = UnsafeBufferPointer(rebasing: buffer[start..<end])
      add(LevelBlock(block))
      if first == nil {
        first = block[0]
        rest.add(run: UnsafeBufferPointer(rebasing: block[1...]), after: block[0])
      } else {
        rest.add(run: block, after: last)
      }
      last = block[block.count - 1]
      start = end
    }
  }

  private mutating func add(_ block: LevelBlock) {
    count += block.count
    nonzero += block.nonzero
    min = Swift.min(min ?? block.min, block.min)
    max = Swift.max(max ?? block.max, block.max)
    sum &+= block.sum
    sumOfSquares &+= block.sumOfSquares
  }
}

/// The plain figures of one block, in loops that the compiler turns into vector code.
private struct LevelBlock {
  /// Short enough for 32-bit counters and for 64-bit sums of squares of 16-bit levels.
  static let length = 16_384

  var count: Int
  var nonzero: Int
  var min: Int32 = .max
  var max: Int32 = .min
  var sum: Int64 = 0
  var sumOfSquares: UInt128 = 0

  init(_ levels: UnsafeBufferPointer<Int32>) {
    count = levels.count
    var low = Int32.max
    var high = Int32.min
    var zeros: Int32 = 0
    for level in levels {
      low = level < low ? level : low
      high = level > high ? level : high
      zeros &+= level == 0 ? 1 : 0
    }
    min = low
    max = high
    nonzero = count - Int(zeros)
    if low >= -32_768 && high <= 32_767 {
      // Two 32-bit products of 2^30 fit; sums are widened at once.
      var total: Int64 = 0
      var squares: Int64 = 0
      for level in levels {
        total &+= Int64(level)
        squares &+= Int64(level &* level)
      }
      sum = total
      sumOfSquares = UInt128(truncatingIfNeeded: squares)
    } else {
      for level in levels {
        let wide = Int64(level)
        sum &+= wide
        sumOfSquares &+= UInt128(truncatingIfNeeded: wide &* wide)
      }
    }
  }
}
