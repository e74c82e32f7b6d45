import NNRAnalysis
import Testing

/// Bjøntegaard differences: what they must be for curves whose difference is known without them.
@Suite struct RateDifferenceTests {
  /// A curve that bends: bits double, the gain shrinks.
  private static let anchor: [(Double, Double)] = [
    (1000, 20), (2000, 27), (4000, 32), (8000, 35.5), (16000, 38),
  ]

  private static func curve(
    _ points: [(Double, Double)], pareto: Bool = false
  ) throws(RateProblem) -> RateCurve {
    try RateCurve(points.map { RatePoint(bits: $0.0, snr: $0.1) }, pareto: pareto)
  }

  @Test(arguments: RateMethod.allCases) func aCurveAgainstItselfIsZero(_ method: RateMethod) throws
  {
    let curve = try Self.curve(Self.anchor)
    let found = try RateDifference(curve, curve, method: method)
    #expect(found.ratePercent.magnitude < 1e-9 && found.snr.magnitude < 1e-9)
    #expect(found.overlap == 1 && found.rateOverlap == 1 && found.warnings.isEmpty)
  }

  /// A quarter fewer bits everywhere are −25 %, whatever joins the points; the other way round they are a third more.
  @Test(arguments: RateMethod.allCases) func fewerBitsAreNegative(_ method: RateMethod) throws {
    let first = try Self.curve(Self.anchor)
    let second = try Self.curve(Self.anchor.map { ($0.0 * 0.75, $0.1) })
    let saved = try RateDifference(first, second, method: method)
    #expect((saved.ratePercent + 25).magnitude < 1e-9)
    #expect(saved.snr > 0)
    let lost = try RateDifference(second, first, method: method)
    #expect((lost.ratePercent - 100 / 3.0).magnitude < 1e-9)
    #expect((lost.snr + saved.snr).magnitude < 1e-9)
    #expect(saved.course.allSatisfy { ($0.ratePercent + 25).magnitude < 1e-6 })
  }

  @Test(arguments: RateMethod.allCases) func moreSNRAtEqualBits(_ method: RateMethod) throws {
    let first = try Self.curve(Self.anchor)
    let second = try Self.curve(Self.anchor.map { ($0.0, $0.1 + 1.5) })
    #expect((try RateDifference(first, second, method: method).snr - 1.5).magnitude < 1e-9)
  }

  /// Two points are a line, for both piecewise methods: its mean is that of the ends.
  @Test(arguments: [RateMethod.pchip, .akima]) func linesAreExact(_ method: RateMethod) throws {
    let first = try Self.curve([(1000, 10), (100_000, 30)])
    let second = try Self.curve([(1000, 10), (10_000, 30)])
    let found = try RateDifference(first, second, method: method)
    // The logarithms part from 0 to −1: the mean is −0.5.
    #expect((found.ratePercent - (0.31622776601683794 - 1) * 100).magnitude < 1e-9)
    #expect(found.points == 2 && found.warnings.contains { $0.contains("only 2 points") })
    #expect(throws: RateProblem.tooFew(2)) { try RateDifference(first, second, method: .cubic) }
  }

  @Test func onlyWhatIsCommonCounts() throws {
    let first = try Self.curve([(100, 10), (1000, 20), (10_000, 30), (100_000, 40)])
    let second = try Self.curve([(500, 15), (1500, 25), (15_000, 35), (150_000, 45)])
    let found = try RateDifference(first, second)
    #expect((found.overlap - 25.0 / 35).magnitude < 1e-12)
    #expect(found.warnings.contains { $0.contains("71 % of the SNR") })
    let apart = try Self.curve([(100, 50), (1000, 60)])
    #expect(throws: RateProblem.noOverlap) { try RateDifference(first, apart) }
  }

  @Test func whatIsNotMonotonicIsAnError() throws {
    let points = Self.anchor + [(5000, 31)]
    #expect(
      throws: RateProblem.notMonotonic(
        RatePoint(bits: 4000, snr: 32), RatePoint(bits: 5000, snr: 31))
    ) { try Self.curve(points) }
    #expect(throws: RateProblem.self) { try Self.curve(Self.anchor + [(4000, 33)]) }
    let pareto = try Self.curve(points, pareto: true)
    #expect(pareto.points == (try Self.curve(Self.anchor)).points && pareto.beaten == 1)
  }

  @Test func pointsWithoutANumberAreNone() throws {
    #expect(throws: RateProblem.tooFew(0)) { try Self.curve([(8, .infinity), (9, .nan), (0, 3)]) }
    #expect(throws: RateProblem.tooFew(1)) { try Self.curve([(8, 3), (9, -.infinity)]) }
  }

  /// In any order, and with points that a computer would take for a step.
  @Test func theOrderOfThePointsDoesNotMatter() throws {
    let points = Self.anchor + [(16_000.001, 38.000_001)]
    let second = try Self.curve([(1200, 21), (3000, 30), (9000, 36), (20_000, 39)])
    let found = try RateDifference(try Self.curve(points), second)
    let turned = try RateDifference(try Self.curve(points.reversed()), second)
    #expect(found.ratePercent == turned.ratePercent && found.ratePercent.isFinite)
  }
}
