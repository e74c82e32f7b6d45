/// Bins ready to draw: equal intervals with what lies below, above and outside the real numbers told apart.
///
/// Every value is somewhere: the sum of all counts is the number of values that were added.
public struct Histogram: Hashable, Sendable {
  /// The lower edge of the first bin.
  public var lower: Double
  /// The upper edge of the last bin, which includes it; equal to `lower` if all values are the same.
  public var upper: Double
  /// The number of values in each bin, in ascending order; empty if there are no finite values.
  public var bins: [UInt64]
  /// The number of values below the first bin.
  public var underflow: UInt64 = 0
  /// The number of values above the last bin.
  public var overflow: UInt64 = 0
  /// The number of NaN.
  public var nan: UInt64 = 0
  /// The number of +∞.
  public var positiveInfinity: UInt64 = 0
  /// The number of −∞.
  public var negativeInfinity: UInt64 = 0
  /// True if each bin holds one level and no other value.
  public var isExact = false

  /// A histogram of `bins` between `lower` and `upper`.
  public init(lower: Double, upper: Double, bins: [UInt64]) {
    self.lower = lower
    self.upper = upper
    self.bins = bins
  }

  /// The width of one bin; 0 if there are no bins.
  public var binWidth: Double {
    guard !bins.isEmpty else { return 0 }
    let count = Double(bins.count)
    let range = upper - lower
    // The difference of two finite numbers may be infinite.
    return range.isFinite ? range / count : upper / count - lower / count
  }
  /// The greatest count of a bin; 0 if there are no bins.
  public var peak: UInt64 { bins.max() ?? 0 }
  /// The number of values, all counters together.
  public var total: UInt64 {
    bins.reduce(0, &+) &+ underflow &+ overflow &+ nan &+ positiveInfinity &+ negativeInfinity
  }

  /// The bin that holds `value`; nil if it is outside.
  public func bin(of value: Double) -> Int? {
    guard !bins.isEmpty, value >= lower, value <= upper else { return nil }
    guard upper > lower else { return 0 }
    // Halved first: the difference of two finite numbers may be infinite.
    let share = (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    var bin = min(bins.count - 1, Int(share * Double(bins.count)))
    // The share is rounded; the edges decide.
    while bin > 0, value < edge(bin) { bin -= 1 }
    while bin < bins.count - 1, value >= edge(bin + 1) { bin += 1 }
    return bin
  }

  /// The lower edge of bin `index`.
  private func edge(_ index: Int) -> Double {
    let offset = binWidth * Double(index)
    // Halved where the distance from the first edge is no finite number.
    return offset.isFinite ? lower + offset : (lower / 2 + binWidth / 2 * Double(index)) * 2
  }

  /// The edges of bin `index`; nil if there is no such bin.
  public func interval(ofBin index: Int) -> ClosedRange<Double>? {
    guard bins.indices.contains(index) else { return nil }
    let low = edge(index)
    let high = index == bins.count - 1 ? upper : edge(index + 1)
    guard low.isFinite, high.isFinite else { return nil }
    return low <= high ? low...high : low...low
  }
}

/// Which part of the values a histogram spreads over its bins; the rest goes to underflow and overflow.
public struct QuantileClip: Hashable, Sendable {
  /// The share of values that may lie below the first bin, 0 to 1.
  public var low: Double
  /// The share of values that may lie below the upper edge of the last bin, 0 to 1.
  public var high: Double

  /// A clip to the quantiles `low` and `high`; both are brought into 0...1.
  public init(low: Double, high: Double) {
    self.low = low >= 0 ? Swift.min(low, 1) : 0
    self.high = high >= 0 ? Swift.min(high, 1) : 1
  }

  /// From 0.1 % to 99.9 %.
  public static let robust = QuantileClip(low: 0.001, high: 0.999)
  /// All values.
  public static let all = QuantileClip(low: 0, high: 1)
}
