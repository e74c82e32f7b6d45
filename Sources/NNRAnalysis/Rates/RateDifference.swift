#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How a series stands to another one: the Bjøntegaard difference (VCEG-M33), by piecewise curves.
///
/// Rates are compared by their logarithms over the SNR that both series reach, SNR over the logarithms of the rates that both
/// have; only what is common is integrated. The sign is that of the second series: less than 0 saves bits.
public struct RateDifference: Sendable {
  /// Fewer points than this make a curve that says little (JVET).
  public static let usualPoints = 4
  /// Less in common than this share of all says little.
  public static let usualOverlap = 0.75

  /// How points became curves.
  public let method: RateMethod
  /// How many percent more bits the second series takes at equal SNR, on average.
  public let ratePercent: Double
  /// How much more SNR the second series has at equal rate, on average, in decibel.
  public let snr: Double
  /// What of the SNR that either series reaches both reach, 0 to 1.
  public let overlap: Double
  /// What of the range of logarithmic rates that either series has both have, 0 to 1.
  public let rateOverlap: Double
  /// The least number of points of either series.
  public let points: Int
  /// The difference along the SNR that both reach: SNR in decibel, and how many percent more bits the second takes there.
  public let course: [(snr: Double, ratePercent: Double)]

  /// Compares `second` with `first`.
  public init(_ first: RateCurve, _ second: RateCurve, method: RateMethod = .pchip)
    throws(RateProblem)
  {
    let curves = [first, second]
    let snr = curves.map { $0.points.map(\.snr) }
    let rates = curves.map { $0.points.map(\.logBits) }
    let common = try Self.common(snr)
    let commonRates = try Self.common(rates)
    let bySNR = (try method.curve(snr[0], rates[0]), try method.curve(snr[1], rates[1]))
    let byRate = (try method.curve(rates[0], snr[0]), try method.curve(rates[1], snr[1]))
    func mean(_ pair: (PiecewiseCubic, PiecewiseCubic), _ range: ClosedRange<Double>) -> Double {
      (pair.1.integral(over: range) - pair.0.integral(over: range))
        / (range.upperBound - range.lowerBound)
    }
    func percent(_ logRatio: Double) -> Double { (pow(10, logRatio) - 1) * 100 }
    self.method = method
    ratePercent = percent(mean(bySNR, common))
    self.snr = mean(byRate, commonRates)
    overlap = Self.share(common, snr)
    rateOverlap = Self.share(commonRates, rates)
    points = min(first.points.count, second.points.count)
    course = (0...Self.steps).map { step in
      let share = Double(step) / Double(Self.steps)
      let place = common.lowerBound + share * (common.upperBound - common.lowerBound)
      return (place, percent(bySNR.1.value(at: place) - bySNR.0.value(at: place)))
    }
  }

  private static let steps = 40

  /// The range that all of some ascending values cover.
  private static func common(_ values: [[Double]]) throws(RateProblem) -> ClosedRange<Double> {
    let low = values.compactMap(\.first).max() ?? 0
    let high = values.compactMap(\.last).min() ?? 0
    guard low < high else { throw .noOverlap }
    return low...high
  }

  private static func share(_ common: ClosedRange<Double>, _ values: [[Double]]) -> Double {
    let low = values.compactMap(\.first).min() ?? 0
    let high = values.compactMap(\.last).max() ?? 0
    return high > low ? (common.upperBound - common.lowerBound) / (high - low) : 0
  }

  /// What a person should know before believing it, as sentences.
  public var warnings: [String] {
    var found: [String] = []
    if points < Self.usualPoints {
      found.append("a series has only \(points) points: four are usual")
    }
    for (share, what) in [(overlap, "SNR"), (rateOverlap, "rates")] where share < Self.usualOverlap
    {
      found.append("only \(Int(share * 100)) % of the \(what) are common to both")
    }
    return found
  }
}
