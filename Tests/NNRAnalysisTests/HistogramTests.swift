import NNRAnalysis
import TestSupport
import Testing

@Suite struct HistogramTests {
  @Test func fewLevelsHaveBinsOfTheirOwn() {
    let histogram = LevelStatistics([-1, -1, 0, 0, 0, 2]).counts.histogram(bins: 20)
    #expect(histogram.isExact && histogram.bins == [2, 3, 0, 1])
    #expect(histogram.lower == -1.5 && histogram.upper == 2.5)
    #expect(histogram.bin(of: 0) == 1 && histogram.bin(of: 2) == 3 && histogram.bin(of: 9) == nil)
  }

  @Test func manyLevelsAreClippedInSight() {
    let levels = (0..<10_000).map { Int32($0 % 101) } + [1_000_000, .min]
    let counts = LevelStatistics(levels).counts
    let histogram = counts.histogram(bins: 50)
    #expect(histogram.underflow == 1 && histogram.overflow == 1)
    #expect(histogram.total == 10_002 && histogram.bins.count <= 51)
    let all = counts.histogram(bins: 50, clip: .all)
    #expect(all.total == 10_002 && all.underflow == 0 && all.overflow == 0)
  }

  @Test func extremeLevelsDoNotTrap() {
    let histogram = LevelStatistics([Int32.min, .max]).counts.histogram(bins: 7, clip: .all)
    #expect(histogram.total == 2)
    #expect(LevelStatistics().counts.histogram(bins: 5).bins.isEmpty)
    #expect(LevelStatistics([3]).counts.histogram(bins: -5).bins == [1])
  }

  @Test func outliersGoToTheOverflow() {
    var sketch = ValueSketch()
    sketch.add((0..<10_000).map { Float($0) / 10_000 })
    sketch.add([Float(1e30), -.infinity, .nan, .infinity])
    let histogram = sketch.histogram(bins: 40)
    #expect(histogram.total == 10_004)
    #expect(
      histogram.nan == 1 && histogram.positiveInfinity == 1 && histogram.negativeInfinity == 1)
    #expect(histogram.overflow >= 1 && histogram.upper < 1.01)
    #expect((35...40).contains(histogram.bins.count) && histogram.peak < 400)
  }

  @Test func quantilesAreCloseEnough() {
    var sketch = ValueSketch()
    sketch.add((0...20_000).map { Double($0) / 10_000 - 1 })
    for quantile in [0.01, 0.25, 0.75, 0.999] {
      let wanted = quantile * 2 - 1
      #expect(abs((sketch.quantile(quantile) ?? 9) - wanted) < 0.001)
    }
    #expect(sketch.quantile(0) == -1 && sketch.quantile(1) == 1)
    #expect(ValueSketch().quantile(0.5) == nil)
  }

  @Test func mergedSketchIsWhole() {
    var generator = SeededGenerator(seed: 4)
    let values = (0..<5000).map { _ in Float.random(in: -3...3, using: &generator) }
    var left = ValueSketch()
    left.add(values[..<1234])
    var right = ValueSketch()
    right.add(values[1234...])
    left.merge(right)
    var whole = ValueSketch()
    whole.add(values)
    #expect(left.histogram(bins: 64) == whole.histogram(bins: 64))
    #expect(left.histogram(bins: 64).total == 5000)
  }

  @Test func aConstantHasOneBin() {
    var sketch = ValueSketch()
    sketch.add([Double](repeating: 0.3, count: 12))
    let histogram = sketch.histogram(bins: 30)
    #expect(histogram.bins == [12] && histogram.lower == 0.3 && histogram.upper == 0.3)
  }

  @Test func valuesBeyondFloat32AreKept() {
    var sketch = ValueSketch()
    sketch.add([1e300, -1e300, 0])
    let histogram = sketch.histogram(bins: 3, clip: .all)
    #expect(histogram.total == 3 && sketch.max == 1e300)
  }
}
