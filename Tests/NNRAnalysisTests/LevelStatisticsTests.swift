import NNRAnalysis
import TestSupport
import Testing

/// The levels for which the figures below were computed with numpy.
func congruentialLevels(count: Int = 10_001) -> [Int32] {
  var state: UInt64 = 12345
  return (0..<count).map { _ in
    state = (state &* 1_103_515_245 &+ 12345) % (1 << 31)
    return Int32(state % 2001) - 1000
  }
}

@Suite struct LevelStatisticsTests {
  @Test func empty() {
    let figures = LevelStatistics()
    #expect(figures.count == 0 && figures.min == nil && figures.max == nil)
    #expect(figures.distinct == 0 && figures.entropy == 0 && figures.conditionalEntropy == 0)
    #expect(figures.zeroFraction == 0)
  }

  @Test func figuresOfNumpy() {
    let figures = LevelStatistics(congruentialLevels())
    #expect(figures.count == 10_001 && figures.nonzero == 9997)
    #expect(figures.min == -1000 && figures.max == 1000)
    #expect(figures.sum == -132_835 && figures.sumOfSquares == 3_366_029_995)
    #expect(figures.distinct == 1990)
    #expect(abs(figures.entropy - 10.814019907025934) < 1e-9)
  }

  @Test func conditionalEntropyOfNumpy() {
    let levels = congruentialLevels().map { level -> Int32 in
      let remainder = level % 5
      return (remainder < 0 ? remainder + 5 : remainder) - 2
    }
    let figures = LevelStatistics(levels)
    #expect(abs(figures.entropy - 2.3217801301248473) < 1e-9)
    #expect(abs(figures.conditionalEntropy - 2.3207942397952435) < 1e-9)
  }

  @Test func alternatingLevelsAreForetoldByTheirNeighbour() {
    let figures = LevelStatistics((0..<1000).map { $0 % 2 == 0 ? 7 : 0 })
    #expect(abs(figures.entropy - 1) < 1e-12)
    #expect(figures.conditionalEntropy < 1e-12)
  }

  @Test func extremesAreExact() {
    let figures = LevelStatistics([Int32](repeating: .min, count: 40_000) + [.max])
    #expect(figures.sum == -40_000 * 2_147_483_648 + 2_147_483_647)
    let square: UInt128 = 2_147_483_648 * 2_147_483_648
    #expect(figures.sumOfSquares == 40_000 * square + 2_147_483_647 * 2_147_483_647)
    #expect(figures.min == .min && figures.max == .max && figures.distinct == 2)
  }

  @Test func sixteenBitEdgesAreExact() {
    let figures = LevelStatistics([Int32](repeating: -32_768, count: 20_000))
    #expect(figures.sumOfSquares == 20_000 * (1 << 30))
  }

  @Test(arguments: [0, 1, 2, 16_384, 16_385, 50_000])
  func mergedIsWhole(cut: Int) {
    var generator = SeededGenerator(seed: UInt64(cut))
    let levels = (0..<50_000).map { _ -> Int32 in
      Bool.random(using: &generator)
        ? 0 : Int32.random(in: -3000...3000, using: &generator)
    }
    var left = LevelStatistics(levels[..<cut])
    left.merge(LevelStatistics(levels[cut...]))
    #expect(left == LevelStatistics(levels))
  }

  /// Counts that gave their memory back are the same, and go on.
  @Test(arguments: [0, 1, 2, 300, 5_000], [1, 40, 3_000])
  func closedIsWhole(cut: Int, reach: Int32) {
    var generator = SeededGenerator(seed: UInt64(cut))
    let levels = (0..<5_000).map { _ in Int32.random(in: -reach...reach, using: &generator) }
    let whole = LevelStatistics(levels)
    let open = LevelStatistics(levels[..<cut])
    var closed = open
    closed.close()
    #expect(closed == open && closed.hashValue == open.hashValue)
    #expect(closed.entropy == open.entropy && closed.distinct == open.distinct)
    #expect(closed.conditionalEntropy == open.conditionalEntropy)
    #expect(closed.counts.sorted.map(\.count) == open.counts.sorted.map(\.count))
    #expect(cut == 0 || closed.counts.count(of: levels[0]) == open.counts.count(of: levels[0]))
    #expect(
      closed.counts.count(of: .max) == 0
        && closed.counts.count(of: 1023) == open.counts.count(of: 1023))
    var rest = LevelStatistics(levels[cut...])
    rest.close()
    var merged = closed
    merged.merge(rest)
    #expect(merged == whole)
    closed.add(levels[cut...])
    #expect(closed == whole)
    #expect(cut == 5_000 || closed != open)
  }

  @Test func skippedRowsAreZerosOfTheirOwn() {
    var figures = LevelStatistics([1, 0, 2])
    figures.addSkippedRow(width: 3)
    figures.add([Int32(5), 5, 0])
    figures.addSkippedRow(width: 0)
    figures.addSkippedRow(width: -4)
    #expect(figures.count == 9 && figures.zeros == 5)
    #expect(figures.skippedZeros == 3 && figures.skippedRows == 2)
    #expect(figures.entropy == LevelStatistics([1, 0, 2, 0, 0, 0, 5, 5, 0]).entropy)
    #expect(
      figures.conditionalEntropy
        == LevelStatistics([1, 0, 2, 0, 0, 0, 5, 5, 0]).conditionalEntropy)
    var onlySkipped = LevelStatistics()
    onlySkipped.addSkippedRow(width: 4)
    #expect(onlySkipped.min == 0 && onlySkipped.max == 0 && onlySkipped.distinct == 1)
  }

  @Test func distinctLevelsBeyondTheCapAreCountedAsLost() {
    let many = LevelCounts.cap + 500
    let figures = LevelStatistics((0..<Int32(many)).map { $0 + 5000 })
    #expect(!figures.countsAreExact)
    #expect(figures.counts.uncounted == 499 || figures.counts.uncounted == 500)
    #expect(figures.distinct >= LevelCounts.cap)
    #expect(figures.count == many)
  }
}
