/// Counts of real numbers from which quantiles and histograms of any range are drawn while more arrive.
///
/// Cells are as fine as the number of distinct values allows (see `CountedCells`): up to some ten thousand values are told
/// apart, whatever the ratio of their spread to their mean; of more, the leading bits are. Two sketches merge.
public struct ValueSketch: Hashable, Sendable {
  private var cells = CountedCells()
  /// The number of NaN.
  public private(set) var nan: UInt64 = 0
  /// The number of +∞.
  public private(set) var positiveInfinity: UInt64 = 0
  /// The number of −∞.
  public private(set) var negativeInfinity: UInt64 = 0
  /// The number of finite values.
  public private(set) var finite: UInt64 = 0
  private var low = Double.infinity
  private var high = -Double.infinity

  /// No values yet.
  public init() {}

  /// The least finite value; nil if there is none.
  public var min: Double? { finite > 0 ? low : nil }
  /// The greatest finite value; nil if there is none.
  public var max: Double? { finite > 0 ? high : nil }

  /// Adds values.
  public mutating func add(_ values: some Sequence<Float>) {
    let done: Void? = values.withContiguousStorageIfAvailable { buffer in
      for value in buffer { add(Double(value)) }
    }
    if done == nil { for value in values { add(Double(value)) } }
  }

  /// Adds values.
  public mutating func add(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// Adds one value.
  public mutating func add(_ value: Double) { add(value, times: 1) }

  /// Adds one value so many times.
  mutating func add(_ value: Double, times: UInt64) {
    guard times > 0 else { return }
    guard value.isFinite else { return addNonFinite(value) }
    low = value < low ? value : low
    high = value > high ? value : high
    finite &+= times
    cells.add(value, times: times)
  }

  private mutating func addNonFinite(_ value: Double) {
    if value.isNaN {
      nan &+= 1
    } else if value < 0 {
      negativeInfinity &+= 1
    } else {
      positiveInfinity &+= 1
    }
  }

  /// Adds what was counted elsewhere.
  public mutating func merge(_ other: ValueSketch) {
    cells.merge(other.cells)
    nan &+= other.nan
    positiveInfinity &+= other.positiveInfinity
    negativeInfinity &+= other.negativeInfinity
    finite &+= other.finite
    low = Swift.min(low, other.low)
    high = Swift.max(high, other.high)
  }

  /// The value below which the share `quantile` (0 to 1) of the finite values lies, to the width of a cell; nil if there are
  /// none.
  public func quantile(_ quantile: Double) -> Double? {
    self.quantile(quantile, in: cells.sorted)
  }

  private func quantile(_ quantile: Double, in sorted: [(lower: Double, count: UInt64)]) -> Double?
  {
    guard finite > 0 else { return nil }
    guard quantile > 0 else { return low }
    guard quantile < 1 else { return high }
    let rank = UInt64(quantile * Double(finite - 1))
    var seen: UInt64 = 0
    for cell in sorted {
      seen &+= cell.count
      if seen > rank { return Swift.min(Swift.max(cell.lower, low), high) }
    }
    return high
  }

  /// A histogram of at most `count` bins (1 to 4,096) over the values between the quantiles of `clip`, each value counted in
  /// the bin that holds it.
  ///
  /// Edges are multiples of a power of two between which all cells fit; values on a coarse grid, such as quantized ones, have
  /// bins with the same whole number of its points each.
  public func histogram(bins count: Int, clip: QuantileClip = .robust) -> Histogram {
    let sorted = cells.sorted
    guard let lower = quantile(clip.low, in: sorted), let upper = quantile(clip.high, in: sorted)
    else { return filled(Histogram(lower: 0, upper: 0, bins: []), []) }
    let wanted = Swift.min(Swift.max(count, 1), 4096)
    guard lower < upper else {
      return filled(Histogram(lower: lower, upper: lower, bins: [0]), sorted)
    }
    let edges =
      cells.shift == 0 ? ValueGrid(sorted.lazy.map(\.lower), from: lower, to: upper) : nil
    return filled(
      edges?.histogram(atMost: wanted)
        ?? Self.dyadic(from: lower, to: upper, cell: cellWidth(lower, upper), atMost: wanted),
      sorted)
  }

  /// A histogram of `count` bins, an odd number, with zero in the middle of the middle one, over all values; no bins without
  /// values other than zero.
  public func histogram(aroundZero count: Int) -> Histogram {
    let greatest = finite > 0 ? Swift.max(low.magnitude, high.magnitude) : 0
    let empty = Histogram(lower: 0, upper: 0, bins: [])
    guard greatest > 0, count > 0 else { return filled(empty, []) }
    // Edges are odd multiples of half a bin, which is a whole number of the finest unit.
    let odd = count | 1
    let half = Self.unit(
      Swift.max(cells.width(at: greatest), (greatest / Double(odd) / 512).binade))
    let steps = (greatest / half / Double(odd)).rounded(.down) + 1
    let end = half * steps * Double(odd)
    guard end.isFinite else { return filled(empty, []) }
    return filled(
      Histogram(lower: -end, upper: end, bins: [UInt64](repeating: 0, count: odd)), cells.sorted)
  }

  private func cellWidth(_ lower: Double, _ upper: Double) -> Double {
    cells.width(at: Swift.max(lower.magnitude, upper.magnitude))
  }

  /// A power of two that is not 0.
  private static func unit(_ width: Double) -> Double {
    Swift.max(width, .leastNonzeroMagnitude)
  }

  /// Bins between multiples of a power of two that is no less than `cell`.
  private static func dyadic(from lower: Double, to upper: Double, cell: Double, atMost wanted: Int)
    -> Histogram
  {
    let share = upper / Double(wanted) - lower / Double(wanted)
    let unit = unit(Swift.max(cell, (share / 512).binade))
    let first = (lower / unit).rounded(.down)
    let units = (upper / unit).rounded(.down) + 1 - first
    let perBin = Swift.max(1, (units / Double(wanted)).rounded(.up))
    let bins = Swift.max(1, Int((units / perBin).rounded(.up)))
    let end = (first + Double(bins) * perBin) * unit
    return Histogram(
      lower: first * unit, upper: end.isFinite ? end : .greatestFiniteMagnitude,
      bins: [UInt64](repeating: 0, count: bins))
  }

  /// The histogram with all cells counted.
  private func filled(_ empty: Histogram, _ sorted: [(lower: Double, count: UInt64)]) -> Histogram {
    var result = empty
    result.nan = nan
    result.positiveInfinity = positiveInfinity
    result.negativeInfinity = negativeInfinity
    for cell in sorted {
      // A cell may begin below what it holds, but for its edges, which are edges of bins.
      if let bin = result.bin(of: cell.lower) {
        result.bins[bin] &+= cell.count
      } else if cell.lower < result.lower {
        result.underflow &+= cell.count
      } else {
        result.overflow &+= cell.count
      }
    }
    return result
  }
}
