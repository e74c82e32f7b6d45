/// What is left of a comparison of weights with their original where there are many: sums, and the worst weight.
public struct ErrorSums: Sendable, Hashable {
  /// The pairs of finite numbers.
  public private(set) var count = 0
  /// The pairs of which one is not finite and that differ; they count for no error.
  public private(set) var nonfinite = 0
  /// The sum of squared errors.
  public private(set) var squares = 0.0
  /// The sum of squared original weights.
  public private(set) var referenceSquares = 0.0
  /// The weight that is furthest from its original; nil if none differs.
  public private(set) var worst: ValueComparison.Pair?

  /// Nothing is compared.
  public init() {}

  /// The sums of a comparison.
  public init(_ comparison: ValueComparison) {
    count = comparison.count - comparison.nonfinite
    nonfinite = comparison.nonfinite
    squares = comparison.squares
    referenceSquares = comparison.referenceSquares
    worst = comparison.worst.first
  }

  /// Adds what was compared elsewhere.
  public mutating func add(_ other: ErrorSums) {
    count += other.count
    nonfinite += other.nonfinite
    squares += other.squares
    referenceSquares += other.referenceSquares
    if let new = other.worst, worst.map({ new.error > $0.error }) ?? true { worst = new }
  }

  /// The root of the mean squared error; nil where nothing was compared.
  public var rmse: Double? { count > 0 ? (squares / Double(count)).squareRoot() : nil }
  /// Signal over error in decibel: infinite for equal weights, nil for an original of zeros, and where an error is no number.
  public var snr: Double? {
    nonfinite > 0 ? nil : ValueComparison.decibel(referenceSquares, over: squares)
  }
  /// The greatest error; nil where nothing was compared.
  public var greatest: Double? { count > 0 ? worst?.error ?? 0 : nil }
}
