/// How the points of a series become a curve.
public enum RateMethod: String, Sendable, Hashable, CaseIterable {
  /// Piecewise cubic Hermite polynomials that keep the data monotonic (Fritsch and Butland 1984).
  case pchip
  /// Akima's piecewise cubic polynomials (1970).
  case akima
  /// One cubic polynomial, the least squares fit: as VCEG-M33 did it, and misleading where points are uneven.
  case cubic

  /// What it is called.
  public var title: String {
    switch self {
    case .pchip: "PCHIP"
    case .akima: "Akima"
    case .cubic: "one cubic polynomial"
    }
  }

  /// The least number of points that it makes a curve of.
  var least: Int { self == .cubic ? 4 : 2 }

  /// The curve of `y` over ascending `x`.
  func curve(_ x: [Double], _ y: [Double]) throws(RateProblem) -> PiecewiseCubic {
    guard x.count >= least, x.count == y.count else { throw .tooFew(x.count) }
    switch self {
    case .pchip: return PiecewiseCubic(x, y, slopes: Self.pchipSlopes(x, y))
    case .akima: return PiecewiseCubic(x, y, slopes: Self.akimaSlopes(x, y))
    case .cubic: return PiecewiseCubic(fit: x, y)
    }
  }

  /// The ascent between each point and the next.
  private static func ascents(_ x: [Double], _ y: [Double]) -> [Double] {
    x.indices.dropLast().map { (y[$0 + 1] - y[$0]) / (x[$0 + 1] - x[$0]) }
  }

  /// The weighted harmonic mean of the ascents on both sides; 0 where they point in different directions.
  private static func pchipSlopes(_ x: [Double], _ y: [Double]) -> [Double] {
    let ascent = ascents(x, y)
    guard ascent.count > 1 else { return [Double](repeating: ascent[0], count: 2) }
    let width = x.indices.dropLast().map { x[$0 + 1] - x[$0] }
    let inner = ascent.indices.dropFirst().map { place -> Double in
      let (left, right) = (ascent[place - 1], ascent[place])
      guard left * right > 0 else { return 0 }
      let a = 2 * width[place] + width[place - 1]
      let b = width[place] + 2 * width[place - 1]
      return (a + b) / (a / left + b / right)
    }
    func end(_ near: Int, _ far: Int) -> Double {
      let (h, g) = (width[near], width[far])
      let slope = ((2 * h + g) * ascent[near] - h * ascent[far]) / (h + g)
      if slope * ascent[near] <= 0 { return 0 }
      let turns = ascent[near] * ascent[far] <= 0
      return turns && slope.magnitude > 3 * ascent[near].magnitude ? 3 * ascent[near] : slope
    }
    return [end(0, 1)] + inner + [end(ascent.count - 1, ascent.count - 2)]
  }

  /// The mean of the ascents on both sides, each weighted by how much they change beyond the other.
  private static func akimaSlopes(_ x: [Double], _ y: [Double]) -> [Double] {
    let inner = ascents(x, y)
    guard inner.count > 1 else { return [Double](repeating: inner[0], count: 2) }
    // Two more on either side, as if the ascent went on changing as it does.
    let (first, last) = (inner[0], inner[inner.count - 1])
    let before = 2 * first - inner[1]
    let behind = 2 * last - inner[inner.count - 2]
    let all = [2 * before - first, before] + inner + [behind, 2 * behind - last]
    let turns = all.indices.dropLast().map { (all[$0 + 1] - all[$0]).magnitude }
    let weights = x.indices.map { turns[$0] + turns[$0 + 2] }
    // Where the ascents on both sides hardly change there is nothing to weight by.
    let least = 1e-9 * (weights.max() ?? 0)
    return x.indices.map { place in
      guard weights[place] > least else { return (all[place] + all[place + 3]) / 2 }
      return (turns[place + 2] * all[place + 1] + turns[place] * all[place + 2]) / weights[place]
    }
  }
}
