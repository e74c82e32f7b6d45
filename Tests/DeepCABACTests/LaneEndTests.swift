import TestSupport
import Testing

@testable import DeepCABAC

/// Where bytes run out in lanes: the loop notices it at the end of a segment and names the segment's first element.
@Suite struct LaneEndTests {
  /// A payload of blocks of 8 × 8 whose segments, 8 levels long, end with long remainders at some places.
  private static func coded(
    rows: Int, width: Int, dependent: Bool, remainders: Double, _ random: inout SeededGenerator
  ) throws -> LaneCase {
    let parameters = CodedTensorParameters(
      dimensions: [rows, width], dependentQuantization: dependent, scanOrder: 1, unaryLength: 2)
    var encoder = ArithmeticEncoder()
    let levels = (0..<(rows * width)).map { place in
      place % 8 == 7 && Double.random(in: 0..<1, using: &random) < remainders
        ? random.pick(1 << 26...1 << 29) : random.pick(-2...2)
    }
    _ = try encoder.encode(parameters, TensorEncoding(levels: levels))
    return LaneCase(bytes: encoder.finish().bytes, tensors: [parameters])
  }

  /// A payload in rows of 8, near whose end a row's last level has a remainder longer than what lanes leave to the loop.
  ///
  /// Remainders with ever shorter prefixes come first: they teach each context of the prefix to stop, so that every bin of the
  /// last one is dear.
  private static func withDearRemainder(dependent: Bool, rows: Int) throws -> LaneCase {
    let longest = 28
    let lessons = (0...longest).reversed().flatMap { [Int](repeating: $0, count: 60) }
    var levels = [Int](repeating: 0, count: rows * 8)
    for (place, prefix) in lessons.enumerated() { levels[place * 4] = 2 + 1 << prefix }
    levels[lessons.count * 4 + 7 - lessons.count * 4 % 8 + 8 * 20] = 2 + 1 << longest
    let parameters = CodedTensorParameters(
      dimensions: [rows, 8], dependentQuantization: dependent, unaryLength: 2)
    var encoding = TensorEncoding(levels: levels)
    // Row flags make each row a segment.
    encoding.skippedRows = []
    var encoder = ArithmeticEncoder()
    _ = try encoder.encode(parameters, encoding)
    return LaneCase(bytes: encoder.finish().bytes, tensors: [parameters], limit: 1024)
  }

  /// One lane is cut at every byte of a remainder at the end of a segment, which then runs past the bytes.
  @Test(arguments: [false, true]) func remaindersPastTheBytesEndTheirOwnSegment(
    dependent: Bool
  ) throws {
    let whole = try Self.withDearRemainder(dependent: dependent, rows: 930)
    let sound = whole.decoded()
    var segments: Set<Int> = []
    for length in whole.bytes.count - 60..<whole.bytes.count {
      var cut = whole
      cut.bytes.removeLast(whole.bytes.count - length)
      let lanes = LanesRun([cut, whole, whole])
      #expect(lanes.inLanes > 9)
      let usual = cut.decoded()
      try #require(lanes.found[0] == usual, "\(length) bytes")
      #expect(lanes.found[1] == sound)
      if case .payloadExhausted(let element) = usual.error { segments.insert(element) }
    }
    #expect(segments.count > 1)
  }

  /// Any of the lanes may break: cut, or with bits turned or bytes overwritten.
  @Test(arguments: 1...LockStep.width + 2, Array<UInt64>(0..<8))
  func brokenLanesOfAnyNumberEndWhereTheLoopEnds(lanes: Int, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 24_000 &+ 100 &* UInt64(lanes))
    var errors: Set<String> = []
    for number in 0..<RandomCases.count(60, least: 12) {
      let cases = try (0..<lanes).map { _ in
        var item = try Self.coded(
          rows: random.pick(8...24), width: random.pick(32...70),
          dependent: .random(using: &random), remainders: .random(in: 0..<0.6, using: &random),
          &random)
        guard !random.once(in: 5), let place = item.bytes.indices.randomElement(using: &random)
        else { return item }
        switch random.pick(0...3) {
        case 0: item.bytes[place] ^= 1 << random.pick(0...7)
        case 1: for i in place..<min(place + 9, item.bytes.count) { item.bytes[i] = 0xFF }
        default: item.bytes.removeLast(item.bytes.count - place)
        }
        return item
      }
      let run = LanesRun(cases)
      for (place, item) in cases.enumerated() {
        let usual = item.decoded()
        switch usual.error {
        case .payloadExhausted: errors.insert("exhausted")
        case .levelOverflow, .remainderPrefixTooLong: errors.insert("no level")
        default: break
        }
        try #require(
          run.found[place] == usual, "\(lanes) lanes, seed \(seed), number \(number), lane \(place)"
        )
      }
    }
    #expect(errors.contains("exhausted"))
  }
}
