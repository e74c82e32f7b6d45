/// Figures of a run of real values, gathered in one pass in Float64.
///
/// NaN and infinities are counted apart and kept out of all other figures. Values are added by runs of any length;
/// parts gathered apart merge (pairwise update of Chan, Golub and LeVeque), so the order of magnitude of the rounding
/// error does not grow with the number of values.
public struct ValueStatistics: Hashable, Sendable {
  /// The number of values, non-finite ones included.
  public private(set) var count = 0
  /// The number of NaN.
  public private(set) var nanCount = 0
  /// The number of +∞.
  public private(set) var positiveInfinityCount = 0
  /// The number of −∞.
  public private(set) var negativeInfinityCount = 0
  /// The number of zeros, −0 included.
  public private(set) var zeros = 0
  /// The sum of the absolute values of the finite values.
  public private(set) var l1Norm = 0.0

  private var low = Double.infinity
  private var high = -Double.infinity
  private var center = 0.0
  /// The sum of squared distances from `center`.
  private var spread = 0.0

  /// No values yet.
  public init() {}

  /// The figures of `values`.
  public init(_ values: some Sequence<Float>) { add(values) }
  /// The figures of `values`.
  public init(_ values: some Sequence<Double>) { add(values) }

  /// The number of finite values.
  public var finiteCount: Int { count - nanCount - positiveInfinityCount - negativeInfinityCount }
  /// True if there is no NaN and no infinity.
  public var isFinite: Bool { finiteCount == count }
  /// The least finite value; nil if there is none.
  public var min: Double? { finiteCount > 0 ? low : nil }
  /// The greatest finite value; nil if there is none.
  public var max: Double? { finiteCount > 0 ? high : nil }
  /// The mean of the finite values; nil if there is none.
  public var mean: Double? { finiteCount > 0 ? center : nil }
  /// The population standard deviation of the finite values; nil if there is none.
  public var standardDeviation: Double? {
    finiteCount > 0 ? (spread / Double(finiteCount)).squareRoot() : nil
  }
  /// The square root of the sum of squares of the finite values; +∞ if the sum leaves the range of Float64.
  public var l2Norm: Double { (spread + Double(finiteCount) * center * center).squareRoot() }
  /// The share of zeros among all values, 0 to 1; 0 if there are no values.
  public var zeroFraction: Double { count == 0 ? 0 : Double(zeros) / Double(count) }

  /// Adds values.
  public mutating func add(_ values: some Sequence<Float>) {
    // Called with concrete buffers, so that the compiler specialises all that follows.
    let done: Void? = values.withContiguousStorageIfAvailable { add(buffer: $0) }
    if done == nil { Array(values).withUnsafeBufferPointer { add(buffer: $0) } }
  }

  /// Adds values.
  public mutating func add(_ values: some Sequence<Double>) {
    let done: Void? = values.withContiguousStorageIfAvailable { add(buffer: $0) }
    if done == nil { Array(values).withUnsafeBufferPointer { add(buffer: $0) } }
  }

  /// Adds what was gathered from other values.
  public mutating func merge(_ other: ValueStatistics) {
    let before = Double(finiteCount)
    let added = Double(other.finiteCount)
    count += other.count
    nanCount += other.nanCount
    positiveInfinityCount += other.positiveInfinityCount
    negativeInfinityCount += other.negativeInfinityCount
    zeros += other.zeros
    l1Norm += other.l1Norm
    low = Swift.min(low, other.low)
    high = Swift.max(high, other.high)
    guard added > 0 else { return }
    let distance = other.center - center
    let share = added / (before + added)
    // The first part is taken as it is, so that a constant keeps a spread of exactly 0.
    spread += other.spread + (before > 0 ? distance * distance * before * share : 0)
    center = before > 0 ? center + distance * share : other.center
  }

  private mutating func add<Value: BinaryFloatingPoint>(buffer: UnsafeBufferPointer<Value>) {
    var start = 0
    while start < buffer.count {
      let end = Swift.min(start + ValueBlock.length, buffer.count)
      add(block: UnsafeBufferPointer(rebasing: buffer[start..<end]))
      start = end
    }
  }

  @inline(__always)
  private mutating func add<Value: BinaryFloatingPoint>(block: UnsafeBufferPointer<Value>) {
    var part = ValueStatistics()
    if let plain = ValueBlock(block) {
      part.count = block.count
      part.zeros = plain.zeros
      part.l1Norm = plain.absolute
      part.low = plain.low
      part.high = plain.high
      part.center = plain.mean
      part.spread = plain.spread
    } else {
      for value in block { part.add(single: Double(value)) }
    }
    merge(part)
  }

  /// One value by Welford's update, for blocks that hold non-finite or enormous values.
  private mutating func add(single value: Double) {
    count += 1
    guard value.isFinite else {
      if value.isNaN {
        nanCount += 1
      } else if value > 0 {
        positiveInfinityCount += 1
      } else {
        negativeInfinityCount += 1
      }
      return
    }
    if value == 0 { zeros += 1 }
    l1Norm += abs(value)
    low = Swift.min(low, value)
    high = Swift.max(high, value)
    let distance = value - center
    center += distance / Double(finiteCount)
    spread += distance * (value - center)
  }
}
