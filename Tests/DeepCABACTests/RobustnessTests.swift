import TestSupport
import Testing

@testable import DeepCABAC

/// Bad bytes and bad parameters: errors are values, time and memory stay bounded.
@Suite struct RobustnessTests {
  @Test(arguments: 0..<16 as Range<UInt64>) func damagedPayloadsNeverTrap(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 7000)
    for _ in 0..<100 {
      let payload = try RandomPayload(&random)
      var bytes = payload.bytes
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
      case 1: bytes = bytes.map { _ in UInt8.random(in: 0...255, using: &random) }
      case 2: bytes = bytes.map { _ in 0xFF }
      default:
        if let i = bytes.indices.randomElement(using: &random) {
          bytes[i] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
      }
      let fast = PayloadDecoder(bytes: bytes, accounting: seed % 2 == 0)
      var slow = SteppingDecoder(bytes: bytes, observer: BinRecorder(limit: 0))
      for tensor in payload.tensors {
        let base = tensor.encoding.base
        let history = tensor.encoding.history
        _ = try? fast.readQuantizationDelta(bits: 8)
        _ = slow.readQuantizationDelta(bits: 8)
        let levels = try? fast.decode(tensor.parameters, base: base, history: history).levels
        if let levels {
          #expect(
            try slow.decode(tensor.parameters, base: base, history: history) == levels)
        } else {
          break
        }
      }
      _ = fast.finish()
      if seed % 2 == 0 {
        #expect(abs(fast.takeLedger().bits - 8 * Double(bytes.count)) < 1e-6)
      }
    }
  }

  @Test func hugeTensorInAFewBytesStopsEarly() throws {
    let dimensions: [[Int]] = [[1 << 40], [1 << 20, 1 << 20], [1 << 40, 2], [2, 1 << 40]]
    for dimensions in dimensions {
      for scanOrder in [0, 1] where dimensions.count == 1 || dimensions[1] < 1 << 21 {
        let decoder = PayloadDecoder(bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        let parameters = CodedTensorParameters(
          dimensions: dimensions, scanOrder: scanOrder, unaryLength: 10,
          dialect: .edition2Profile0)
        var buffer: [Int32] = []
        #expect(throws: DecodingError.self) {
          try decoder.beginTensor(parameters)
          while try decoder.nextRun(into: &buffer, atMost: 4096) != nil {}
        }
        #expect(buffer.count <= 8 << 20)
      }
    }
  }

  @Test func rowFlagsOfAHugeTensorStopEarly() throws {
    let decoder = PayloadDecoder(bytes: [0xC0, 0, 0, 0, 0, 0])
    #expect(throws: DecodingError.payloadExhausted(element: 0)) {
      try decoder.beginTensor(CodedTensorParameters(dimensions: [1 << 40, 2]))
    }
  }

  @Test func parametersAreChecked() {
    let good = CodedTensorParameters(dimensions: [2, 3])
    func rejects(_ change: (inout CodedTensorParameters) -> Void) {
      var parameters = good
      change(&parameters)
      let decoder = PayloadDecoder(bytes: [UInt8](repeating: 0, count: 100))
      #expect(throws: DecodingError.self) { try decoder.beginTensor(parameters) }
    }
    rejects { $0.scanOrder = 5 }
    rejects { $0.scanOrder = -1 }
    rejects { $0.unaryLength = 0 }
    rejects { $0.unaryLength = 257 }
    rejects { $0.dimensions = [] }
    rejects { $0.dimensions = [-1] }
    rejects { $0.dimensions = [.max, .max, .max] }
    rejects { $0.dimensions = [0, .max, .max] }
    rejects { $0.codebook = CodebookLimits(size: 0, zeroOffset: 0) }
    rejects { $0.codebook = CodebookLimits(size: 3, zeroOffset: 3) }
    rejects { $0.codebook = CodebookLimits(size: .max, zeroOffset: 3) }
    let decoder = PayloadDecoder(bytes: [UInt8](repeating: 0, count: 100))
    #expect(throws: DecodingError.wrongElementCount("base")) {
      try decoder.beginTensor(good, base: [1])
    }
    #expect(throws: DecodingError.wrongElementCount("history")) {
      try decoder.beginTensor(good, history: [1])
    }
    #expect(throws: DecodingError.temporalContextsNeedProfile1) {
      var parameters = good
      parameters.dialect = .edition1
      try decoder.beginTensor(parameters, base: [Int32](repeating: 0, count: 6))
    }
  }

  @Test func historyIsRequired() throws {
    let encoder = PayloadEncoder()
    let parameters = CodedTensorParameters(dimensions: [2, 3], parentNodePresent: true)
    var encoding = TensorEncoding(levels: [1, 0, 0, 2, 0, 0])
    encoding.historyFlag = true
    encoding.history = [1, 0, 0, 0, 0, 1]
    _ = try encoder.encode(parameters, encoding)
    let bytes = encoder.finish().bytes
    #expect(throws: DecodingError.historyRequired) {
      try PayloadDecoder(bytes: bytes).beginTensor(parameters)
    }
  }

  @Test func overflowIsReported() throws {
    let beyond = [
      (1 << 31, false), ((1 << 30) + 1, true), (-(1 << 31) - 1, false), (-(1 << 30) - 1, true),
    ]
    for (level, dependent) in beyond {
      let parameters = CodedTensorParameters(
        dimensions: [3], dependentQuantization: dependent, unaryLength: 3)
      let encoder = PayloadEncoder()
      _ = try encoder.encode(parameters, TensorEncoding(levels: [1, level, 1]))
      let bytes = encoder.finish().bytes
      #expect(throws: DecodingError.levelOverflow(element: 1)) {
        try PayloadDecoder(bytes: bytes).decode(parameters)
      }
      var slow = SteppingDecoder(bytes: bytes, observer: BinRecorder(limit: 0))
      #expect(throws: DecodingError.levelOverflow(element: 1)) { try slow.decode(parameters) }
    }
  }

  /// Every loop and the stepper, with each dialect: the ends of 32 bits are levels, one further is none.
  @Test(arguments: PayloadDialect.allCases, [false, true])
  func largestLevelsAreExact(dialect: PayloadDialect, dependent: Bool) throws {
    // The states are 0, 0, 2 and 1: the first three are even, so that 2^30 becomes 2^31 in dependent quantization.
    let ends = dependent ? [-(1 << 30), 1 << 30] : [Int(Int32.min), Int(Int32.max)]
    let expected =
      dependent ? [Int32.min, .max - 1, .min, 1] : [Int32.min, .max, .min, 1]
    let levels = [ends[0], ends[1] - (dependent ? 1 : 0), ends[0], 1]
    for parents in [nil, [Int32](repeating: 0, count: 4), [.min, .min, 2, .max]]
    where parents == nil || dialect == .profile1 {
      for unaryLength in [1, 11, 256] {
        let parameters = CodedTensorParameters(
          dimensions: [4], dependentQuantization: dependent, unaryLength: unaryLength,
          dialect: dialect)
        var encoding = TensorEncoding(levels: levels)
        encoding.base = parents
        let encoder = PayloadEncoder()
        let integers = try encoder.encode(parameters, encoding)
        #expect(integers == expected)
        let bytes = encoder.finish().bytes
        for accounting in [false, true] {
          let decoder = PayloadDecoder(bytes: bytes, accounting: accounting)
          #expect(try decoder.decode(parameters, base: parents).levels == expected)
          #expect(decoder.finish().isSound)
          if accounting {
            #expect(abs(decoder.takeLedger().bits - 8 * Double(bytes.count)) < 1e-6)
          }
        }
        var slow = SteppingDecoder(bytes: bytes, observer: BinRecorder(limit: 0))
        #expect(try slow.decode(parameters, base: parents) == expected)
        #expect(slow.finish().isSound)
      }
    }
  }

  @Test func cancellingAndResuming() throws {
    let parameters = CodedTensorParameters(dimensions: [300])
    let encoder = PayloadEncoder()
    let levels = (0..<300).map { $0 % 5 - 2 }
    _ = try encoder.encode(parameters, TensorEncoding(levels: levels))
    let decoder = PayloadDecoder(bytes: encoder.finish().bytes)
    try decoder.beginTensor(parameters)
    var out = [Int32](repeating: 0, count: 300)
    #expect(throws: DecodingError.cancelled) {
      try decoder.decodeLevels(into: &out, runLength: 100) { $0 < 200 }
    }
    #expect(decoder.decodedElements == 200)
    try decoder.decodeLevels(into: &out)
    #expect(out == levels.map { Int32($0) })
    #expect(decoder.finish().isSound)
  }

  @Test func emptyPayloadsAndTensors() throws {
    for count in 0...2 {
      let decoder = PayloadDecoder(bytes: [UInt8](repeating: 0, count: count), accounting: true)
      #expect(throws: DecodingError.self) {
        try decoder.decode(CodedTensorParameters(dimensions: [1000, 20]))
      }
      #expect(!decoder.finish().isSound)
    }
    let encoder = PayloadEncoder()
    for dimensions in [[0, 5], [5, 0], [0]] {
      _ = try encoder.encode(
        CodedTensorParameters(dimensions: dimensions, scanOrder: 1), TensorEncoding(levels: []))
    }
    let decoder = PayloadDecoder(bytes: encoder.finish().bytes)
    for dimensions in [[0, 5], [5, 0], [0]] {
      let parameters = CodedTensorParameters(dimensions: dimensions, scanOrder: 1)
      #expect(try decoder.decode(parameters).levels.isEmpty)
    }
    #expect(decoder.finish().isSound)
  }

  @Test func longBlockRowsCanBeStopped() throws {
    // One block row of 8 rows, longer than what is decoded between two questions.
    let parameters = CodedTensorParameters(dimensions: [8, 40_000], scanOrder: 1)
    let encoder = PayloadEncoder()
    _ = try encoder.encode(
      parameters, TensorEncoding(levels: [Int](repeating: 0, count: 320_000)))
    let bytes = encoder.finish().bytes
    var levels: [Int32] = []
    let decoder = PayloadDecoder(bytes: bytes)
    decoder.shouldStop = { true }
    try decoder.beginTensor(parameters)
    #expect(throws: DecodingError.cancelled) { try decoder.nextRun(into: &levels) }
    #expect(throws: DecodingError.cancelled) { try decoder.nextRun(into: &levels) }
    let other = PayloadDecoder(bytes: bytes)
    other.shouldStop = { false }
    try other.beginTensor(parameters)
    #expect(try other.nextRun(into: &levels)?.elements == 0..<320_000)
    #expect(other.finish().isSound)
  }
}
