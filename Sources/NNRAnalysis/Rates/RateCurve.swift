#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a run costs, and how near its weights are to their original.
public struct RatePoint: Sendable, Hashable {
  /// Bits of the whole file, or of a part of it.
  public let bits: Double
  /// Signal over error in decibel.
  public let snr: Double

  /// A point.
  public init(bits: Double, snr: Double) {
    self.bits = bits
    self.snr = snr
  }

  /// The decimal logarithm of the bits: rates are compared by their ratios.
  public var logBits: Double { log10(bits) }

  /// The bits whose decimal logarithm is `log`.
  public static func bits(log: Double) -> Double { pow(10, log) }
}

/// The runs of a series in the order of their bits: more bits, less error.
public struct RateCurve: Sendable, Hashable {
  /// The points, bits and SNR ascending.
  public let points: [RatePoint]
  /// The number of points that are not on the curve: those that others beat, where these were to be left out.
  public let beaten: Int

  /// The curve through points in any order; those without bits or a finite SNR are not on it.
  ///
  /// With `pareto` what another point beats is left out: it has no more bits and no less SNR. Without, a point that costs more
  /// bits and has no higher SNR is an error.
  public init(_ points: [RatePoint], pareto: Bool = false) throws(RateProblem) {
    let sorted = points.filter { $0.bits > 0 && $0.bits.isFinite && $0.snr.isFinite }
      .sorted { ($0.bits, -$0.snr) < ($1.bits, -$1.snr) }
    var kept: [RatePoint] = []
    for point in sorted {
      if let last = kept.last, point.bits <= last.bits || point.snr <= last.snr {
        guard pareto else { throw .notMonotonic(last, point) }
      } else {
        kept.append(point)
      }
    }
    guard kept.count > 1 else { throw .tooFew(kept.count) }
    self.points = kept
    beaten = sorted.count - kept.count
  }
}

/// Why there is no difference between two series.
public enum RateProblem: Error, Hashable, Sendable {
  /// So many points make no curve of the kind that is asked for.
  case tooFew(Int)
  /// The second point has more bits, or as many, and no higher SNR.
  case notMonotonic(RatePoint, RatePoint)
  /// No SNR, or no rate, is reached by both.
  case noOverlap
}

extension RateProblem: CustomStringConvertible {
  /// A sentence for a person.
  public var description: String {
    switch self {
    case .tooFew(0): "no run has a finite SNR"
    case .tooFew(1): "one point is no curve"
    case .tooFew(let count): "\(count) points are too few for this method"
    case .notMonotonic(let low, let high):
      "more bits do not always mean less error: \(Self.text(low)), but \(Self.text(high)); "
        + "--pareto leaves out what others beat"
    case .noOverlap: "they have no range in common"
    }
  }

  private static func text(_ point: RatePoint) -> String {
    let snr = (point.snr * 1000).rounded() / 1000
    return "\(Int(exactly: point.bits.rounded()) ?? .max) bit have \(snr) dB"
  }
}
