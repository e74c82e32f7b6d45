import NNRAnalysis
import Testing

/// Errors of values against a reference.
@Suite struct ValueComparisonTests {
  @Test func byHand() throws {
    let found = ValueComparison([1, 2, 3, 4.5], reference: [1, 2.5, 3, 4])
    #expect(found.count == 4 && found.equal == 2 && found.nonfinite == 0)
    #expect(found.maxError == 0.5 && found.meanError == 0.25)
    #expect(found.rmse == (0.5 / 4).squareRoot())
    // 1 + 6.25 + 9 + 16 over 0.5: 64.5, which is 18.0956 dB.
    #expect((try #require(found.snr) - 18.0956).magnitude < 1e-4)
    #expect(found.relativeL2 == (0.5 / 32.25).squareRoot())
    #expect(found.worst.map(\.element) == [1, 3])
    #expect(found.histogram.bins.reduce(0, +) == 4)
    #expect(found.histogram.lower == -found.histogram.upper)
    #expect((0.5...0.52).contains(found.histogram.upper))
    #expect(found.histogram.bins.first == 1 && found.histogram.bins.last == 1)
    #expect(found.histogram.bins[20] == 2)
    #expect(found.equalShare == 0.5 && !found.isSame)
  }

  @Test func equalAndEmpty() {
    let same = ValueComparison([1, .nan, .infinity], reference: [1, .nan, .infinity])
    #expect(same.isSame && same.maxError == 0 && same.snr == .infinity && same.worst.isEmpty)
    #expect(same.histogram.bins.isEmpty)
    let empty = ValueComparison([Double](), reference: [Double]())
    #expect(empty.isSame && empty.rmse == nil && empty.snr == nil && empty.equalShare == 1)
    let zeros = ValueComparison([1, 2], reference: [0, 0])
    #expect(zeros.snr == nil && zeros.relativeL2 == nil)
  }

  @Test func whatIsNotFiniteCountsApart() {
    let found = ValueComparison([.nan, 2, .infinity], reference: [1, 1, -.infinity])
    #expect(found.nonfinite == 2 && found.maxError == 1 && found.rmse == 1 && found.equal == 0)
    #expect(found.nonfiniteValues == 2 && found.nonfiniteReferences == 1 && found.isOfRest)
    #expect(found.snr == nil && found.relativeL2 == nil)
    #expect(found.strange.map(\.element) == [0, 2] && found.worst.map(\.element) == [1])
    #expect(found.strange[1].value == .infinity && found.strange[1].reference == -.infinity)
  }

  @Test func blocksAreOneComparison() {
    let values = (0..<1000).map { Double(($0 * 7919) % 1000) } + [.nan, .infinity]
    let reference = values.map { ($0 * 1.01).rounded() }
    let whole = ValueComparison(values, reference: reference)
    var parts = ValueComparison()
    for start in stride(from: 0, to: values.count, by: 97) {
      let end = min(start + 97, values.count)
      parts.add(Array(values[start..<end]), reference: Array(reference[start..<end]))
    }
    #expect(parts.worst == whole.worst && parts.equal == whole.equal)
    #expect(parts.histogram == whole.histogram && parts.count == 1002)
    #expect(parts.strange.map(\.element) == [1000, 1001] && parts.nonfinite == 0)
  }

  @Test func worstAreTheWorst() {
    let values = (0..<1000).map { Double(($0 * 7919) % 1000) }
    let found = ValueComparison(values, reference: values.map { _ in 0 }, worst: 4)
    #expect(found.worst.map(\.error) == [999, 998, 997, 996])
    #expect(found.worst.allSatisfy { values[$0.element] == $0.value })
  }
}
