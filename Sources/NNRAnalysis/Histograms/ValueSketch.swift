/// Counts of real values by magnitude, from which quantiles and histograms of any range are drawn while more arrive.
///
/// Values are counted by the leading bits of their Float32 form (sign, exponent and 11 bits of the mantissa), so the
/// range need not be known beforehand, two sketches merge exactly, and a value is known to 1 part in 2,048. Memory is
/// 16 KiB for each sign and exponent that occurs, 8 MiB at most.
public struct ValueSketch: Hashable, Sendable {
  private static let mantissaBits = 11
  private static let pageLength = 1 << mantissaBits

  /// For each sign and exponent the number of its page in `counts` plus one; 0 if there is none.
  private var pages = [UInt16](repeating: 0, count: 512)
  private var counts: [UInt64] = []
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
      for value in buffer { add(value) }
    }
    if done == nil { for value in values { add(value) } }
  }

  /// Adds values; those beyond the range of Float32 count as its greatest.
  public mutating func add(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// Adds one value.
  public mutating func add(_ value: Float) {
    guard value.isFinite else { return addNonFinite(isNaN: value.isNaN, isNegative: value < 0) }
    let exact = Double(value)
    low = exact < low ? exact : low
    high = exact > high ? exact : high
    count(value)
  }

  /// Adds one value.
  public mutating func add(_ value: Double) {
    guard value.isFinite else { return addNonFinite(isNaN: value.isNaN, isNegative: value < 0) }
    low = value < low ? value : low
    high = value > high ? value : high
    let greatest = Double(Float.greatestFiniteMagnitude)
    count(Float(Swift.min(Swift.max(value, -greatest), greatest)))
  }

  private mutating func addNonFinite(isNaN: Bool, isNegative: Bool) {
    if isNaN {
      nan &+= 1
    } else if isNegative {
      negativeInfinity &+= 1
    } else {
      positiveInfinity &+= 1
    }
  }

  private mutating func count(_ value: Float) {
    finite &+= 1
    // Adding zero turns −0 into +0.
    let key = Int((value + 0).bitPattern >> 12)
    var page = Int(pages[key >> Self.mantissaBits])
    if page == 0 { page = openPage(key >> Self.mantissaBits) }
    counts[(page &- 1) &* Self.pageLength &+ (key & (Self.pageLength &- 1))] &+= 1
  }

  private mutating func openPage(_ number: Int) -> Int {
    let page = counts.count / Self.pageLength + 1
    counts.append(contentsOf: repeatElement(0, count: Self.pageLength))
    pages[number] = UInt16(page)
    return page
  }

  /// Adds what was counted elsewhere.
  public mutating func merge(_ other: ValueSketch) {
    for number in other.pages.indices where other.pages[number] > 0 {
      let from = (Int(other.pages[number]) - 1) * Self.pageLength
      let page = pages[number] > 0 ? Int(pages[number]) : openPage(number)
      let to = (page - 1) * Self.pageLength
      for index in 0..<Self.pageLength { counts[to + index] &+= other.counts[from + index] }
    }
    nan &+= other.nan
    positiveInfinity &+= other.positiveInfinity
    negativeInfinity &+= other.negativeInfinity
    finite &+= other.finite
    low = Swift.min(low, other.low)
    high = Swift.max(high, other.high)
  }

  /// Calls `body` with each occupied cell in ascending order of its values: the cell's value nearest to zero, its count.
  private func forEachCell(_ body: (_ value: Double, _ count: UInt64) -> Bool) {
    for number in (256..<512).reversed() where pages[number] > 0 {
      for index in (0..<Self.pageLength).reversed() where !visit(number, index, body) { return }
    }
    for number in 0..<256 where pages[number] > 0 {
      for index in 0..<Self.pageLength where !visit(number, index, body) { return }
    }
  }

  private func visit(_ number: Int, _ index: Int, _ body: (Double, UInt64) -> Bool) -> Bool {
    let count = counts[(Int(pages[number]) - 1) * Self.pageLength + index]
    guard count > 0 else { return true }
    let bits = UInt32(number << Self.mantissaBits | index) << 12
    // The extremes are known exactly: cells do not reach beyond them.
    return body(Swift.min(Swift.max(Double(Float(bitPattern: bits)), low), high), count)
  }

  /// The value below which the share `quantile` (0 to 1) of the finite values lies, to 1 part in 2,048; nil if there are none.
  public func quantile(_ quantile: Double) -> Double? {
    guard finite > 0 else { return nil }
    guard quantile > 0 else { return low }
    guard quantile < 1 else { return high }
    let rank = UInt64(quantile * Double(finite - 1))
    var seen: UInt64 = 0
    var result = high
    forEachCell { value, count in
      seen &+= count
      guard seen > rank else { return true }
      result = value
      return false
    }
    return result
  }

  /// A histogram of `count` bins (1 to 4,096) over the values between the quantiles of `clip`.
  public func histogram(bins count: Int, clip: QuantileClip = .robust) -> Histogram {
    var result = Histogram(lower: 0, upper: 0, bins: [])
    result.nan = nan
    result.positiveInfinity = positiveInfinity
    result.negativeInfinity = negativeInfinity
    guard let lower = quantile(clip.low), let upper = quantile(clip.high) else { return result }
    result.lower = Swift.min(lower, upper)
    result.upper = Swift.max(lower, upper)
    let wanted = Swift.min(Swift.max(count, 1), 4096)
    result.bins = [UInt64](repeating: 0, count: result.upper > result.lower ? wanted : 1)
    forEachCell { value, count in
      if let bin = result.bin(of: value) {
        result.bins[bin] &+= count
      } else if value < result.lower {
        result.underflow &+= count
      } else {
        result.overflow &+= count
      }
      return true
    }
    return result
  }
}
