/// The moments of one block of finite values: two passes over values that are still in the cache.
struct ValueBlock {
  /// The most values of a block.
  static let length = 4096

  private(set) var zeros = 0
  private(set) var absolute = 0.0
  private(set) var low = 0.0
  private(set) var high = 0.0
  private(set) var mean = 0.0
  private(set) var spread = 0.0

  /// Nil if the block is empty, holds a NaN or an infinity, or if its sums leave the range of Float64.
  @inline(__always)
  init?<Value: BinaryFloatingPoint>(_ values: UnsafeBufferPointer<Value>) {
    guard let first = values.first else { return nil }
    // Four lanes: sums that do not wait for each other.
    var lane0 = Lane(start: Double(first))
    var lane1 = lane0
    var lane2 = lane0
    var lane3 = lane0
    let whole = values.count & ~3
    var index = 0
    while index < whole {
      lane0.add(Double(values[index]))
      lane1.add(Double(values[index &+ 1]))
      lane2.add(Double(values[index &+ 2]))
      lane3.add(Double(values[index &+ 3]))
      index &+= 4
    }
    while index < values.count {
      lane0.add(Double(values[index]))
      index &+= 1
    }
    absolute = (lane0.absolute + lane1.absolute) + (lane2.absolute + lane3.absolute)
    guard absolute.isFinite else { return nil }
    let sum = (lane0.sum + lane1.sum) + (lane2.sum + lane3.sum)
    low = min(lane0.low, lane1.low, lane2.low, lane3.low)
    high = max(lane0.high, lane1.high, lane2.high, lane3.high)
    zeros = lane0.zeros &+ lane1.zeros &+ lane2.zeros &+ lane3.zeros
    // A constant block has exactly that mean, whatever the sum rounded to.
    mean = low == high ? low : sum / Double(values.count)
    spread = Self.spread(of: values, around: mean)
    guard spread.isFinite else { return nil }
  }

  @inline(__always)
  private static func spread<Value: BinaryFloatingPoint>(
    of values: UnsafeBufferPointer<Value>, around mean: Double
  ) -> Double {
    var squares0 = 0.0
    var squares1 = 0.0
    var squares2 = 0.0
    var squares3 = 0.0
    let whole = values.count & ~3
    var index = 0
    while index < whole {
      let distance0 = Double(values[index]) - mean
      let distance1 = Double(values[index &+ 1]) - mean
      let distance2 = Double(values[index &+ 2]) - mean
      let distance3 = Double(values[index &+ 3]) - mean
      squares0 += distance0 * distance0
      squares1 += distance1 * distance1
      squares2 += distance2 * distance2
      squares3 += distance3 * distance3
      index &+= 4
    }
    while index < values.count {
      let distance = Double(values[index]) - mean
      squares0 += distance * distance
      index &+= 1
    }
    return (squares0 + squares1) + (squares2 + squares3)
  }

  /// The first pass over every fourth value.
  private struct Lane {
    var sum = 0.0
    var absolute = 0.0
    var low: Double
    var high: Double
    var zeros = 0

    @inline(__always)
    init(start: Double) {
      low = start
      high = start
    }

    @inline(__always)
    mutating func add(_ value: Double) {
      sum += value
      absolute += value.magnitude
      low = value < low ? value : low
      high = value > high ? value : high
      zeros &+= value == 0 ? 1 : 0
    }
  }
}
