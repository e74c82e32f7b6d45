import DeepCABAC

/// How far values are from reference values.
public struct ValueComparison: Sendable, Hashable {
  /// One of the values that are furthest away.
  public struct Worst: Sendable, Hashable {
    /// Its place in C order.
    public let element: Int
    /// The value.
    public let value: Double
    /// The reference.
    public let reference: Double
    /// How far they are apart.
    public var error: Double { (value - reference).magnitude }
  }

  /// The number of values.
  public private(set) var count = 0
  /// The number of values that are the same; NaN is the same as NaN.
  public private(set) var equal = 0
  /// The number of pairs that differ and of which one is not finite; they count for nothing else.
  public private(set) var nonfinite = 0
  /// The greatest error.
  public private(set) var maxError = 0.0
  /// The values that are furthest away, the worst first; none that are the same.
  public private(set) var worst: [Worst] = []
  /// The signed errors, value less reference, in equal intervals; no bins if all values are the same.
  public private(set) var histogram = Histogram(lower: 0, upper: 0, bins: [])
  private var absolute = 0.0
  private var squares = 0.0
  private var referenceSquares = 0.0

  /// Compares `values` with `reference`, place by place as far as both go; keeps the `worst` furthest.
  public init(
    _ values: some RandomAccessCollection<Double>, reference: some RandomAccessCollection<Double>,
    worst limit: Int = 5, bins: Int = 41
  ) {
    var threshold = -1.0
    for (element, (value, wanted)) in zip(values, reference).enumerated() {
      count += 1
      if value == wanted || (value.isNaN && wanted.isNaN) { equal += 1 }
      guard value.isFinite, wanted.isFinite else {
        if !(value == wanted || (value.isNaN && wanted.isNaN)) { nonfinite += 1 }
        continue
      }
      let error = (value - wanted).magnitude
      absolute += error
      squares += error * error
      referenceSquares += wanted * wanted
      maxError = max(maxError, error)
      if limit > 0, error > 0, error > threshold {
        insert(Worst(element: element, value: value, reference: wanted), limit)
        threshold = worst.count == limit ? worst[limit - 1].error : -1
      }
    }
    fillHistogram(zip(values, reference), bins)
  }

  private mutating func insert(_ candidate: Worst, _ limit: Int) {
    var place = worst.count
    while place > 0, worst[place - 1].error < candidate.error { place -= 1 }
    worst.insert(candidate, at: place)
    if worst.count > limit { worst.removeLast() }
  }

  private mutating func fillHistogram(_ pairs: some Sequence<(Double, Double)>, _ bins: Int) {
    guard maxError > 0, maxError.isFinite, bins > 0 else { return }
    histogram = Histogram(
      lower: -maxError, upper: maxError, bins: [UInt64](repeating: 0, count: bins))
    for (value, wanted) in pairs where value.isFinite && wanted.isFinite {
      if let bin = histogram.bin(of: value - wanted) { histogram.bins[bin] += 1 }
    }
  }

  private var compared: Double { Double(count - nonfinite) }

  /// The greatest error; nil where no pair of numbers could be compared.
  public var greatest: Double? { count > 0 && nonfinite == count ? nil : maxError }
  /// The mean absolute error; nil without values.
  public var meanError: Double? { compared > 0 ? absolute / compared : nil }
  /// The root of the mean squared error; nil without values.
  public var rmse: Double? { compared > 0 ? (squares / compared).squareRoot() : nil }
  /// The root of the sum of squared errors over that of squared references; nil where that is 0.
  public var relativeL2: Double? {
    referenceSquares > 0 ? (squares / referenceSquares).squareRoot() : nil
  }
  /// The ratio of reference to error in decibel: infinite for equal values, nil for a reference of zeros.
  public var snr: Double? { Self.decibel(referenceSquares, squares) }
  /// The share of equal values; 1 without values.
  public var equalShare: Double { count > 0 ? Double(equal) / Double(count) : 1 }
  /// Whether all values are the same.
  public var isSame: Bool { equal == count }

  private static func decibel(_ signal: Double, _ noise: Double) -> Double? {
    guard signal > 0, signal.isFinite, noise.isFinite else { return nil }
    guard noise > 0 else { return .infinity }
    return 10 * 0.301029995663981195214 * ProbabilityTables.log2(signal / noise)
  }
}
