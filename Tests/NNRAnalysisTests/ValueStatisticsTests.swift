import NNRAnalysis
import TestSupport
import Testing

@Suite struct ValueStatisticsTests {
  private func close(_ value: Double?, _ wanted: Double, relative: Double = 1e-9) -> Bool {
    guard let value else { return false }
    return abs(value - wanted) <= relative * max(abs(wanted), 1e-300)
  }

  @Test func empty() {
    let figures = ValueStatistics()
    #expect(figures.min == nil && figures.mean == nil && figures.standardDeviation == nil)
    #expect(figures.zeroFraction == 0 && figures.l2Norm == 0 && figures.isFinite)
  }

  @Test func oneValue() {
    let figures = ValueStatistics([Float(-2.5)])
    #expect(figures.mean == -2.5 && figures.standardDeviation == 0)
    #expect(figures.l1Norm == 2.5 && figures.l2Norm == 2.5)
  }

  @Test func aConstantHasNoDeviation() {
    let figures = ValueStatistics([Float](repeating: 0.1, count: 100_003))
    #expect(figures.mean == Double(Float(0.1)) && figures.standardDeviation == 0)
  }

  @Test func figuresOfNumpy() {
    let values = congruentialLevels().map { Float($0) * 0.0078125 }
    let figures = ValueStatistics(values)
    #expect(close(figures.mean, -0.10376696705329468))
    #expect(close(figures.standardDeviation, 4.531202360191883))
    #expect(close(figures.l1Norm, 39227.2265625))
    #expect(close(figures.l2Norm, 453.2616977939033))
    #expect(figures.zeros == 4)
  }

  @Test func aSmallDeviationOnALargeMean() {
    let figures = ValueStatistics((0..<5000).map { 1e6 + Double($0 % 7) * 0.25 })
    #expect(close(figures.mean, 1000000.74975, relative: 1e-14))
    #expect(close(figures.standardDeviation, 0.5000624336020453))
  }

  @Test func anExtremeOutlier() {
    let figures = ValueStatistics([Double](repeating: 0.1, count: 999) + [1e12])
    #expect(close(figures.mean, 1000000000.0999))
    #expect(close(figures.standardDeviation, 31606961258.555058))
  }

  @Test func aRampHasItsClosedForm() {
    let count = 100_000
    let figures = ValueStatistics((0..<count).map { Float($0) })
    let n = Double(count)
    #expect(close(figures.mean, (n - 1) / 2, relative: 1e-14))
    #expect(close(figures.standardDeviation, ((n * n - 1) / 12).squareRoot(), relative: 1e-12))
  }

  @Test func nonFiniteValuesAreKeptApart() {
    var values: [Float] = [1, 2, 3, .nan, .infinity, -.infinity, -.infinity, 0]
    let figures = ValueStatistics(values)
    #expect(figures.count == 8 && figures.finiteCount == 4 && !figures.isFinite)
    #expect(figures.nanCount == 1)
    #expect(figures.positiveInfinityCount == 1 && figures.negativeInfinityCount == 2)
    #expect(figures.mean == 1.5 && figures.min == 0 && figures.max == 3 && figures.zeros == 1)
    values = [.nan]
    #expect(ValueStatistics(values).mean == nil && ValueStatistics(values).min == nil)
  }

  @Test func hugeValuesDoNotBecomeInfinite() {
    let figures = ValueStatistics([Double](repeating: 1.5e308, count: 10))
    #expect(figures.isFinite && figures.mean == 1.5e308 && figures.standardDeviation == 0)
  }

  @Test(arguments: [0, 1, 4095, 4096, 9999, 20_000])
  func mergedIsWhole(cut: Int) {
    var generator = SeededGenerator(seed: UInt64(cut) + 9)
    var values = (0..<20_000).map { _ in Float.random(in: -1...5, using: &generator) }
    values[7] = .nan
    values[12_000] = 0
    var left = ValueStatistics(values[..<cut])
    left.merge(ValueStatistics(values[cut...]))
    let whole = ValueStatistics(values)
    #expect(left.count == whole.count && left.nanCount == 1 && left.zeros == whole.zeros)
    #expect(left.min == whole.min && left.max == whole.max)
    #expect(close(left.mean, whole.mean ?? 0, relative: 1e-12))
    #expect(close(left.standardDeviation, whole.standardDeviation ?? 0, relative: 1e-12))
  }

  @Test func negativeZeroIsZero() {
    #expect(ValueStatistics([Float(-0.0), 0, 1]).zeros == 2)
  }
}
