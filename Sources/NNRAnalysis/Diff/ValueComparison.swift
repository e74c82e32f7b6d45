import DeepCABAC

/// How far values are from reference values; pairs come in blocks, in order, and none of them is kept.
public struct ValueComparison: Sendable, Hashable {
  /// A pair of values.
  public struct Pair: Sendable, Hashable {
    /// Its place in C order.
    public let element: Int
    /// The value.
    public let value: Double
    /// The reference.
    public let reference: Double
    /// How far they are apart; no number if one of them is not finite.
    public var error: Double { (value - reference).magnitude }
  }

  /// The number of values.
  public private(set) var count = 0
  /// The number of values that are the same; NaN is the same as NaN.
  public private(set) var equal = 0
  /// The number of pairs that differ and of which one is not finite; they count for no error.
  public private(set) var nonfinite = 0
  /// The number of values that are not finite, whatever the reference.
  public private(set) var nonfiniteValues = 0
  /// The number of references that are not finite, whatever the value.
  public private(set) var nonfiniteReferences = 0
  /// The first pairs of which one is not finite, those that differ first.
  public var strange: [Pair] { Array((strangeDifferent + strangeEqual).prefix(limit)) }
  /// The greatest error of the pairs of numbers.
  public private(set) var maxError = 0.0
  /// The values that are furthest away, the worst first; none that are the same.
  public private(set) var worst: [Pair] = []
  private var strangeDifferent: [Pair] = []
  private var strangeEqual: [Pair] = []
  private var absolute = 0.0
  private(set) var squares = 0.0
  private(set) var referenceSquares = 0.0
  /// Nil where nobody asks for a histogram.
  private var errors: ValueSketch?
  private let limit: Int
  private let bins: Int
  private var threshold = -1.0

  /// Nothing is compared yet; keeps the `worst` furthest pairs, and with 0 `bins` no errors for a histogram.
  public init(worst limit: Int = 5, bins: Int = 41) {
    self.limit = max(0, limit)
    self.bins = max(0, bins)
    errors = bins > 0 ? ValueSketch() : nil
  }

  /// Compares `values` with `reference`, place by place as far as both go; keeps the `worst` furthest.
  public init(
    _ values: some Collection<Double>, reference: some Collection<Double>,
    worst limit: Int = 5, bins: Int = 41
  ) {
    self.init(worst: limit, bins: bins)
    add(Array(values), reference: Array(reference))
  }

  /// The signed errors, value less reference, in equal intervals around zero; no bins if no number differs.
  public var histogram: Histogram {
    guard maxError > 0, let errors else { return Histogram(lower: 0, upper: 0, bins: []) }
    return errors.histogram(aroundZero: bins)
  }

  /// Compares the next values with as many references.
  public mutating func add(_ values: [Double], reference: [Double]) {
    values.withUnsafeBufferPointer { values in
      reference.withUnsafeBufferPointer { reference in add(values, reference) }
    }
  }

  private mutating func add(
    _ values: UnsafeBufferPointer<Double>, _ reference: UnsafeBufferPointer<Double>
  ) {
    let length = min(values.count, reference.count)
    let first = count
    count += length
    // Sums of a block of their own: the parts of a large tensor do not lose their last digits to the whole.
    var (absolute, squares, wantedSquares) = (0.0, 0.0, 0.0)
    var same = 0
    for place in 0..<length {
      let (value, wanted) = (values[place], reference[place])
      let error = (value - wanted).magnitude
      // Of finite numbers that are too far apart the error is infinite.
      guard error.isFinite || value.isFinite && wanted.isFinite else {
        addStrange(Pair(element: first + place, value: value, reference: wanted))
        continue
      }
      wantedSquares += wanted * wanted
      if error == 0 {
        same += 1
        continue
      }
      absolute += error
      squares += error * error
      errors?.add(value - wanted)
      maxError = error > maxError ? error : maxError
      if error > threshold {
        insert(Pair(element: first + place, value: value, reference: wanted))
      }
    }
    equal += same
    errors?.add(0, times: UInt64(same))
    self.absolute += absolute
    self.squares += squares
    referenceSquares += wantedSquares
  }

  private mutating func addStrange(_ pair: Pair) {
    if !pair.value.isFinite { nonfiniteValues += 1 }
    if !pair.reference.isFinite { nonfiniteReferences += 1 }
    if pair.value == pair.reference || (pair.value.isNaN && pair.reference.isNaN) {
      equal += 1
      if strangeEqual.count < limit { strangeEqual.append(pair) }
    } else {
      nonfinite += 1
      if strangeDifferent.count < limit { strangeDifferent.append(pair) }
    }
  }

  private mutating func insert(_ candidate: Pair) {
    guard limit > 0 else { return }
    var place = worst.count
    while place > 0, worst[place - 1].error < candidate.error { place -= 1 }
    worst.insert(candidate, at: place)
    if worst.count > limit { worst.removeLast() }
    threshold = worst.count == limit ? worst[limit - 1].error : -1
  }

  private var compared: Double { Double(count - nonfinite) }

  /// Whether some pair has a value that is not finite on one side only, so that errors are those of the finite rest.
  public var isOfRest: Bool { nonfinite > 0 }
  /// The greatest error; nil where no pair of numbers could be compared.
  public var greatest: Double? { count > 0 && nonfinite == count ? nil : maxError }
  /// The mean absolute error; nil without values.
  public var meanError: Double? { compared > 0 ? absolute / compared : nil }
  /// The root of the mean squared error; nil without values.
  public var rmse: Double? { compared > 0 ? (squares / compared).squareRoot() : nil }
  /// The root of the sum of squared errors over that of squared references; nil where that is 0, or an error is no number.
  public var relativeL2: Double? {
    referenceSquares > 0 && nonfinite == 0 ? (squares / referenceSquares).squareRoot() : nil
  }
  /// The ratio of reference to error in decibel: infinite for equal values, nil for a reference of zeros, and where an error is
  /// no number.
  public var snr: Double? {
    nonfinite > 0 ? nil : Self.decibel(referenceSquares, over: squares)
  }
  /// The share of equal values; 1 without values.
  public var equalShare: Double { count > 0 ? Double(equal) / Double(count) : 1 }
  /// Whether all values are the same.
  public var isSame: Bool { equal == count }

  /// The ratio of two sums of squares in decibel; infinite without error, nil without a signal.
  static func decibel(_ signal: Double, over squares: Double) -> Double? {
    guard signal > 0, signal.isFinite, squares.isFinite else { return nil }
    guard squares > 0 else { return .infinity }
    return 10 * 0.301029995663981195214 * ProbabilityTables.log2(signal / squares)
  }
}
