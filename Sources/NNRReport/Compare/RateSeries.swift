import NNRAnalysis

/// Runs of a comparison that belong together, such as those of one coding tool.
public struct RateSeries: Sendable {
  /// What someone called it; not safe to print.
  public let name: String
  /// The numbers of its runs, from 0.
  public let runs: [Int]

  /// Runs under a name.
  public init(_ name: String, runs: [Int]) {
    self.name = name
    self.runs = runs
  }

  /// Its points, and the runs that have none: no errors are known of them, or there are none.
  public func points(_ comparison: RunComparison) -> (points: [RatePoint], without: Int) {
    let points = runs.compactMap { comparison.runs[$0].point }.filter(\.snr.isFinite)
    return (points, runs.count - points.count)
  }
}

/// What becomes of points: how they are joined, and whether some are left out.
public struct RateOptions: Sendable {
  /// How points become curves.
  public var method: RateMethod
  /// Whether points that others beat are left out.
  public var pareto: Bool

  /// Curves of `method`.
  public init(method: RateMethod = .pchip, pareto: Bool = false) {
    self.method = method
    self.pareto = pareto
  }
}

/// How one series of a comparison stands to another one.
public struct SeriesDifference: Sendable {
  /// The series that the other is compared with.
  public let first: RateSeries
  /// The other one.
  public let second: RateSeries
  /// The difference of the whole files, or why there is none.
  public let whole: Result<RateDifference, RateProblem>
  /// The mean of the differences of single tensors in percent more bits; nil where no tensor has one.
  public let meanRatePercent: Double?
  /// The tensors that have one.
  public let valid: Int
  /// All tensors.
  public let tensors: Int

  /// Compares every two series of `series`, each with those before it.
  public static func all(
    _ series: [RateSeries], _ comparison: RunComparison, _ options: RateOptions
  ) -> [SeriesDifference] {
    series.indices.dropFirst().flatMap { second in
      series[..<second].map { SeriesDifference($0, series[second], comparison, options) }
    }
  }

  /// Compares `second` with `first`.
  init(
    _ first: RateSeries, _ second: RateSeries, _ comparison: RunComparison, _ options: RateOptions
  ) {
    self.first = first
    self.second = second
    func difference(_ points: (RateSeries) -> [RatePoint]) -> Result<RateDifference, RateProblem> {
      do throws(RateProblem) {
        let curves = (
          try RateCurve(points(first), pareto: options.pareto),
          try RateCurve(points(second), pareto: options.pareto)
        )
        return .success(try RateDifference(curves.0, curves.1, method: options.method))
      } catch {
        return .failure(error)
      }
    }
    whole = difference { $0.points(comparison).points }
    var (sum, valid) = (0.0, 0)
    for row in comparison.tensors {
      let found = difference { series in
        series.runs.compactMap { run in
          guard let cell = row.cells[run], let bits = cell.bits, let snr = cell.errors?.snr else {
            return nil
          }
          return RatePoint(bits: bits, snr: snr)
        }
      }
      if case .success(let found) = found, found.ratePercent.isFinite {
        sum += found.ratePercent
        valid += 1
      }
    }
    meanRatePercent = valid > 0 ? sum / Double(valid) : nil
    self.valid = valid
    tensors = comparison.tensors.count
  }

  /// What a person should know before believing it, as sentences.
  public func warnings(_ comparison: RunComparison) -> [String] {
    [first, second].compactMap { series in
      let without = series.points(comparison).without
      return without == 0
        ? nil : "\(without) of \(series.runs.count) runs of \(series.name) have no finite SNR"
    } + ((try? whole.get())?.warnings ?? [])
  }
}
