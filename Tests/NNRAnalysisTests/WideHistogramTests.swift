import NNRAnalysis
import Testing

/// Histograms whose edges are further apart than the greatest number.
@Suite struct WideHistogramTests {
  @Test func everyBinHasItsInterval() throws {
    let limit = Double.greatestFiniteMagnitude
    let histogram = Histogram(lower: -limit, upper: limit, bins: [1, 2, 3, 4])
    #expect(histogram.binWidth.isFinite && histogram.binWidth > 0)
    for bin in 0..<4 {
      let interval = try #require(histogram.interval(ofBin: bin))
      #expect(interval.lowerBound < interval.upperBound)
    }
    #expect(histogram.interval(ofBin: 0)?.lowerBound == -limit)
    #expect(histogram.interval(ofBin: 3)?.upperBound == limit)
  }
}
