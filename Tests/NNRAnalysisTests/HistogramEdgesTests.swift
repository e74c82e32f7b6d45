import NNRAnalysis
import TestSupport
import Testing

/// Histograms of weights against a count of the same values between the same edges.
@Suite struct HistogramEdgesTests {
  /// The counts of all values between edges that lie as far apart as the first two.
  private func counted(_ values: [Double], _ histogram: Histogram) -> [UInt64] {
    let count = histogram.bins.count
    var bins = [UInt64](repeating: 0, count: count)
    let sorted = values.sorted()
    func below(_ edge: Double, orAt: Bool) -> Int {
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if orAt ? sorted[middle] <= edge : sorted[middle] < edge {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low
    }
    let width = (histogram.upper - histogram.lower) / Double(count)
    for bin in 0..<count {
      let isLast = bin == count - 1
      let lower = histogram.lower + Double(bin) * width
      let upper = isLast ? histogram.upper : histogram.lower + Double(bin + 1) * width
      bins[bin] = UInt64(below(upper, orAt: isLast) - below(lower, orAt: false))
    }
    return bins
  }

  private func check(_ values: [Double], _ clip: QuantileClip, _ wanted: Int) throws {
    var sketch = ValueSketch()
    sketch.add(values)
    let histogram = sketch.histogram(bins: wanted, clip: clip)
    try #require(histogram.total == UInt64(values.count))
    try #require(histogram.bins.count <= wanted && !histogram.bins.isEmpty)
    try #require(histogram.bins == counted(values, histogram))
    guard histogram.upper > histogram.lower else { return }
    for bin in histogram.bins.indices {
      let edges = try #require(histogram.interval(ofBin: bin))
      let width = edges.upperBound - edges.lowerBound
      try #require(
        abs(width - histogram.binWidth)
          <= 4 * max(histogram.lower.magnitude, histogram.upper.magnitude).ulp)
    }
    if clip == .all {
      try #require(histogram.underflow == 0 && histogram.overflow == 0)
    }
  }

  private func normal(_ random: inout SeededGenerator) -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
  }

  /// A thousand tensors with ratios of spread to mean from 10⁻⁷ to 10⁷, as they are and rounded to 32 bits.
  @Test(arguments: 0..<20 as Range<UInt64>) func everyValueIsInItsBin(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let ratio = scale(Double.random(in: -7...7, using: &random))
      let mean = scale(Double.random(in: -6...6, using: &random))
      let sign: Double = Bool.random(using: &random) ? 1 : -1
      let count = [1, 7, 300, 2_000].randomElement(using: &random) ?? 1
      var values = (0..<count).map { _ in sign * mean * (1 + ratio * normal(&random)) }
      if Bool.random(using: &random) { values = values.map { Double(Float($0)) } }
      if Int.random(in: 0..<5, using: &random) == 0 { values[0] = 1e30 }
      try check(values, .all, Int.random(in: 1...80, using: &random))
      try check(values, .robust, 64)
    }
  }

  /// More values than are told apart.
  @Test(arguments: [1.0, 10_000, 0]) func manyValues(mean: Double) throws {
    var random = SeededGenerator(seed: 9)
    for spread in [1e-3, 1.0] {
      let values = (0..<60_000).map { _ in mean + spread * normal(&random) }
      try check(values, .all, 64)
      try check(values, .robust, 40)
    }
  }

  @Test func whatReportsNamed() throws {
    var random = SeededGenerator(seed: 3)
    let denormals = (0..<500).map { _ in
      Double(Float(bitPattern: UInt32.random(in: 0..<(1 << 23), using: &random)))
    }
    let tensors: [[Double]] = [
      [Double](repeating: 1, count: 64), denormals, [-0.0, 0.0, .leastNonzeroMagnitude],
      (0..<512).map { _ in Double(Float(1 + 0.0005 * normal(&random))) },
      [.greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0], [-1, -0.5, -0.25, 0.25, 0.5, 1],
    ]
    for values in tensors {
      try check(values, .all, 64)
      try check(values, .robust, 64)
    }
  }

  /// N(10000, 0.01) has a few dozen distinct 32-bit floats: as many of them in each bin, so no comb.
  @Test func aNarrowBellIsABell() throws {
    var random = SeededGenerator(seed: 5)
    let values = (0..<100_000).map { _ in Float(10_000 + 0.01 * normal(&random)) }
    var sketch = ValueSketch()
    sketch.add(values)
    let histogram = sketch.histogram(bins: 64)
    #expect((30...64).contains(histogram.bins.count))
    let peak = try #require(histogram.bins.indices.max { histogram.bins[$0] < histogram.bins[$1] })
    let noise = Int(4 * Double(histogram.peak).squareRoot())
    for bin in 1..<histogram.bins.count where bin != peak {
      let (before, now) = (Int(histogram.bins[bin - 1]), Int(histogram.bins[bin]))
      #expect(bin < peak ? now >= before - noise : now <= before + noise)
    }
  }

  @Test func errorsLieAroundZero() {
    var random = SeededGenerator(seed: 6)
    var sketch = ValueSketch()
    let values = (0..<3_000).map { _ in 1e-5 * normal(&random) }
    sketch.add(values)
    let histogram = sketch.histogram(aroundZero: 41)
    #expect(histogram.bins.count == 41 && histogram.lower == -histogram.upper)
    #expect(histogram.bin(of: 0) == 20 && histogram.bins == counted(values, histogram))
    #expect(histogram.upper >= values.map(\.magnitude).max() ?? 0)
    #expect(ValueSketch().histogram(aroundZero: 41).bins.isEmpty)
  }

  private func scale(_ exponent: Double) -> Double {
    let whole = exponent.rounded(.down)
    let power = (0..<Int(whole.magnitude)).reduce(1.0) { value, _ in value * 10 }
    return (whole < 0 ? 1 / power : power) * (1 + 9 * (exponent - whole))
  }
}
