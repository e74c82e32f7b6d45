import TestSupport
import Testing

@testable import DeepCABAC

/// Lanes give what the usual loop gives: levels, errors with their places, and the state behind.
@Suite struct LockStepTests {
  static let seeds = Array<UInt64>(0..<32)

  /// A plain tensor of a random kind, coded.
  static func randomCase(_ random: inout SeededGenerator) throws -> LaneCase {
    var encoder = ArithmeticEncoder()
    var tensors: [CodedTensorParameters] = []
    for _ in 0..<(random.once(in: 4) ? 2 : 1) {
      let width = [1, 5, 8, 16, 40, 100, 256].randomElement(using: &random) ?? 8
      let rows = random.pick(1...(1200 / width + 2))
      let parameters = CodedTensorParameters(
        dimensions: [rows, width], dependentQuantization: .random(using: &random),
        scanOrder: .random(in: 0...4, using: &random),
        unaryLength: [1, 2, 5, 10, 11, 11, 11, 64, 65].randomElement(using: &random) ?? 11,
        dialect: PayloadDialect.allCases.randomElement(using: &random) ?? .profile1)
      let spread = [1, 2, 4, 4, 20, 300, 1 << 26].randomElement(using: &random) ?? 4
      let zeros = Double.random(in: 0..<1, using: &random)
      var encoding = TensorEncoding(
        levels: (0..<(rows * width)).map { _ in
          Double.random(in: 0..<1, using: &random) < zeros
            ? 0 : random.pick(-random.pick(0...spread)...random.pick(0...spread))
        })
      if random.once(in: 4), parameters.dialect == .profile1, width > 1, rows > 1 {
        let skipped = Set((0..<rows).filter { _ in random.once(in: 6) })
        encoding.skippedRows = skipped
        for row in skipped {
          for x in 0..<width { encoding.levels[row * width + x] = 0 }
        }
      }
      let layout = ContextLayout(unaryLength: parameters.unaryLength)
      for context in 0..<layout.shift where random.once(in: 6) {
        encoding.ecoSets[context] = random.pick(0...8)
      }
      encoder.encodeQuantizationDelta(random.pick(-100...100), bits: 8)
      _ = try encoder.encode(parameters, encoding)
      tensors.append(parameters)
    }
    let limit = [300, 1000, 16384, .max].randomElement(using: &random) ?? 16384
    return LaneCase(
      bytes: encoder.finish().bytes, tensors: tensors, limit: limit, hasDelta: true)
  }

  @Test(arguments: seeds) func lanesGiveWhatTheLoopGives(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 22_000)
    var inLanes = 0
    for number in 0..<RandomCases.count(40, least: 4) {
      let cases = try (0..<random.pick(2...6)).map { _ in try Self.randomCase(&random) }
      let lanes = LanesRun(cases)
      inLanes += lanes.inLanes
      for (place, item) in cases.enumerated() {
        let usual = item.decoded()
        #expect(usual.error == nil)
        #expect(usual.end?.isSound == true)
        try #require(lanes.found[place] == usual, "seed \(seed), number \(number), lane \(place)")
      }
    }
    #expect(inLanes > 20)
  }

  /// Cuts, turned bits and overwritten bytes anywhere.
  @Test(arguments: seeds) func brokenLanesEndWhereTheLoopEnds(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 23_000)
    var errors = 0
    for number in 0..<RandomCases.count(60, least: 6) {
      let cases = try (0..<3).map { _ in
        var item = try Self.randomCase(&random)
        guard !random.once(in: 4), let place = item.bytes.indices.randomElement(using: &random)
        else { return item }
        switch random.pick(0...3) {
        case 0: item.bytes.removeLast(item.bytes.count - place)
        case 1: item.bytes[place] ^= 1 << random.pick(0...7)
        case 2: for i in place..<min(place + 9, item.bytes.count) { item.bytes[i] = 0xFF }
        default: for i in place..<item.bytes.count { item.bytes[i] = UInt8(random.pick(0...255)) }
        }
        return item
      }
      let lanes = LanesRun(cases)
      for (place, item) in cases.enumerated() {
        let usual = item.decoded()
        if usual.error != nil { errors += 1 }
        try #require(lanes.found[place] == usual, "seed \(seed), number \(number), lane \(place)")
      }
    }
    #expect(errors > 6)
  }

  /// One lane is cut at every byte while the others go on.
  @Test(arguments: [false, true], [0, 1]) func everyCutHasItsPlace(
    dependent: Bool, scanOrder: Int
  ) throws {
    var random = SeededGenerator(seed: 9)
    let parameters = CodedTensorParameters(
      dimensions: [30, 60], dependentQuantization: dependent, scanOrder: scanOrder,
      unaryLength: 3)
    func coded() throws -> LaneCase {
      var encoder = ArithmeticEncoder()
      let levels = (0..<1800).map { _ in random.pick(-6...6) }
      _ = try encoder.encode(parameters, TensorEncoding(levels: levels))
      return LaneCase(bytes: encoder.finish().bytes, tensors: [parameters], limit: 700)
    }
    let (whole, other, third) = (try coded(), try coded(), try coded())
    let expected = other.decoded()
    var places: Set<Int> = []
    for length in whole.bytes.indices {
      var cut = whole
      cut.bytes.removeLast(whole.bytes.count - length)
      let lanes = LanesRun([cut, other, third])
      try #require(lanes.found[0] == cut.decoded(), "\(length) bytes")
      try #require(lanes.found[1] == expected)
      if case .payloadExhausted(let element) = lanes.found[0].error { places.insert(element) }
    }
    #expect(places.count > 2)
  }

  /// Remainders that are no levels end lanes at their element, whatever surrounds them.
  @Test(arguments: [false, true], PayloadDialect.allCases) func overflowEndsALane(
    dependent: Bool, dialect: PayloadDialect
  ) throws {
    let parameters = CodedTensorParameters(
      dimensions: [1000], dependentQuantization: dependent, unaryLength: 2, dialect: dialect)
    func coded(_ place: Int?) throws -> LaneCase {
      var levels = (0..<1000).map { $0 * 7 % 5 - 2 }
      if let place { levels[place] = 1 << 31 }
      var encoder = ArithmeticEncoder()
      _ = try encoder.encode(parameters, TensorEncoding(levels: levels))
      return LaneCase(bytes: encoder.finish().bytes, tensors: [parameters])
    }
    let sound = try coded(nil)
    for place in [0, 1, 5, 6, 7, 500, 990, 993, 994, 995, 999] {
      let lanes = LanesRun([sound, try coded(place), sound])
      #expect(lanes.found[1].error == .levelOverflow(element: place))
      #expect(lanes.found[0] == sound.decoded())
      #expect(lanes.found[2] == sound.decoded())
    }
  }

  @Test func whatIsNotPlainIsLeftToTheLoop() throws {
    func takes(
      _ parameters: CodedTensorParameters, base: [Int32]? = nil, accounting: Bool = false
    ) throws -> Bool {
      var encoder = ArithmeticEncoder()
      var encoding = TensorEncoding(levels: [Int](repeating: 0, count: 1024))
      encoding.base = base
      _ = try encoder.encode(parameters, encoding)
      let decoder = PayloadDecoder(bytes: encoder.finish().bytes, accounting: accounting)
      try decoder.beginTensor(parameters, base: base)
      return LockStep().take(decoder, tag: 0, atMost: .max)
    }
    let plain = CodedTensorParameters(dimensions: [32, 32])
    #expect(try takes(plain))
    #expect(try takes(CodedTensorParameters(dimensions: [32, 32], dialect: .edition1)))
    #expect(try takes(CodedTensorParameters(dimensions: [32, 32], unaryLength: 64)))
    #expect(try !takes(CodedTensorParameters(dimensions: [32, 32], unaryLength: 65)))
    #expect(
      try !takes(
        CodedTensorParameters(
          dimensions: [32, 32], codebook: CodebookLimits(size: 9, zeroOffset: 4))))
    #expect(try !takes(plain, base: [Int32](repeating: 1, count: 1024)))
    #expect(try !takes(plain, accounting: true))
    #expect(LockStep.isWorthwhile(weights: 4000, payloadBytes: 350))
    #expect(!LockStep.isWorthwhile(weights: 3999, payloadBytes: 1000))
    #expect(!LockStep.isWorthwhile(weights: 4000, payloadBytes: 349))
  }

  /// Parts of a tensor go through lanes in one thread and in two.
  @Test(arguments: [1, 2], [false, true]) func blockRowsGoThroughLanes(
    threads: Int, dependent: Bool
  ) throws {
    var random = SeededGenerator(seed: 77)
    for _ in 0..<20 {
      let parameters = CodedTensorParameters(
        dimensions: [random.pick(70...120), random.pick(50...90)],
        dependentQuantization: dependent, scanOrder: random.pick(1...2), unaryLength: 5)
      let count = parameters.dimensions.reduce(1, *)
      var encoder = ArithmeticEncoder()
      let integers = try encoder.encode(
        parameters, TensorEncoding(levels: (0..<count).map { _ in random.pick(-4...4) }))
      var (bytes, entries) = encoder.finish()
      func decode() throws -> (levels: [Int32], parts: Int, error: DecodingError?) {
        let decoder = PayloadDecoder(bytes: bytes)
        try decoder.beginTensor(parameters)
        var levels = [Int32](repeating: 0, count: count)
        do throws(DecodingError) {
          let parts = try decoder.decodeInParallel(
            entryPoints: entries, threads: threads, into: &levels)
          return (levels, parts, nil)
        } catch {
          return (levels, 0, error)
        }
      }
      let sound = try decode()
      #expect(sound.levels == integers)
      #expect(sound.parts > threads)
      bytes.removeLast(bytes.count / 3)
      let usual = LaneCase(bytes: bytes, tensors: [parameters]).decoded()
      #expect(try decode().error == usual.error)
      #expect(usual.error != nil)
    }
  }
}
