import NNRAnalysis
import Testing

@Suite struct FindingTests {
  private func ids(_ levels: [Int32], step: Double = 0.5) -> [String] {
    FindingsInput(levels: LevelStatistics(levels), stepSize: step).findings.map(\.id)
  }

  @Test func palettes() {
    #expect(ids([]) == ["empty"])
    #expect(ids([0, 0, 0]) == ["all_zero"])
    #expect(ids([4, 4, 4]) == ["constant"])
    #expect(ids([1, -1, 1, -1]) == ["binary"])
    #expect(ids([1, -1, 1, 0]) == ["ternary"])
    #expect(ids([1, 0, 2, 0]) == ["few_values", "sparse"])
    #expect(ids((0..<400).map { $0 % 10 + 1 }) == ["few_values"])
    #expect(ids((0..<400).map { $0 }) == [])
  }

  @Test func sentences() {
    let ternary = FindingsInput(levels: LevelStatistics([1, -1, 0]), stepSize: 0.25).findings
    #expect(ternary.map(\.description) == ["ternary: {−0.25, 0, +0.25}"])
    let constant = FindingsInput(levels: LevelStatistics([-4, -4]), stepSize: 0.5).findings
    #expect(constant.map(\.description) == ["constant: every weight is −2"])
    #expect(Finding.sparse(zeros: 999_999, of: 1_000_000).description.contains("> 99 %"))
    #expect(Finding.rowsSkipped(skipped: 73, of: 100).description.hasPrefix("73 % of rows skipped"))
  }

  @Test func codebooks() {
    var input = FindingsInput(levels: LevelStatistics((0..<320).map { Int32($0 % 16) - 8 }))
    input.codebook = (0..<16).map { Double($0) - 7.5 }
    input.codebookZeroOffset = 8
    #expect(input.findings.map(\.description) == ["16 values: a 4-bit codebook"])
    input.levels = LevelStatistics([-8, -8])
    #expect(input.findings.first == .constant(value: -7.5, count: 2))
    input.codebookZeroOffset = .max
    input.levels = LevelStatistics([1, .max])
    #expect(input.findings.map(\.id) == ["codebook"])
  }

  @Test func rowsAndValues() {
    var levels = LevelStatistics([1, 2, 3, 4, 5, 6])
    levels.addSkippedRow(width: 6)
    var input = FindingsInput(levels: levels, values: ValueStatistics([Float(1), .nan]))
    input.rows = 2
    #expect(input.findings.map(\.id) == ["non_finite", "rows_skipped"])
    let outlier = ValueStatistics([Float](repeating: 0.5, count: 1000) + [1000, 0])
    #expect(
      FindingsInput(levels: nil, values: outlier).findings.map(\.id) == ["non_negative", "outlier"])
  }
}
