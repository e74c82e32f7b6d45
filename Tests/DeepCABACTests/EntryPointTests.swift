import TestSupport
import Testing

@testable import DeepCABAC

/// Decoding from entry points and with several threads.
@Suite struct EntryPointTests {
  /// A tensor of several block rows, its payload and its entry points.
  static func payload(seed: UInt64) throws -> (
    tensor: RandomTensor, bytes: [UInt8], entries: [EntryPoint]
  ) {
    var random = SeededGenerator(seed: seed)
    var tensor = RandomTensor(&random)
    let count = 70 * 23
    tensor.parameters = CodedTensorParameters(
      dimensions: [70, 23], dependentQuantization: seed % 2 == 0, scanOrder: 1 + Int(seed % 3),
      unaryLength: 11)
    tensor.encoding = TensorEncoding(
      levels: (0..<count).map { _ in Int.random(in: -20...20, using: &random) / 8 })
    if seed % 4 == 1 {
      tensor.encoding.skippedRows = [0, 5, 17, 69]
      for row in [0, 5, 17, 69] { for x in 0..<23 { tensor.encoding.levels[row * 23 + x] = 0 } }
    }
    let encoder = PayloadEncoder()
    tensor.integers = try encoder.encode(tensor.parameters, tensor.encoding)
    let (bytes, entries) = encoder.finish()
    return (tensor, bytes, entries)
  }

  @Test(arguments: 0..<24 as Range<UInt64>) func blockRowsFromEntryPoints(seed: UInt64) throws {
    let (tensor, bytes, entries) = try Self.payload(seed: seed)
    let decoder = PayloadDecoder(bytes: bytes)
    let facts = try decoder.beginTensor(tensor.parameters)
    let height = facts.geometry.blockHeight
    var buffer: [Int32] = []
    for (i, entry) in entries.enumerated() {
      let next = try decoder.decodeBlockRows((i + 1)..<(i + 2), from: entry, into: &buffer)
      #expect(next == (i + 1 < entries.count ? entries[i + 1] : nil))
      let start = (i + 1) * height * 23
      #expect(buffer == Array(tensor.integers[start..<min(70 * 23, start + height * 23)]))
    }
    #expect(decoder.decodedElements == 0)
  }

  @Test(arguments: 0..<24 as Range<UInt64>) func severalThreads(seed: UInt64) throws {
    let (tensor, bytes, entries) = try Self.payload(seed: seed)
    for threads in 1...4 {
      let decoder = PayloadDecoder(bytes: bytes, accounting: seed % 2 == 1)
      try decoder.beginTensor(tensor.parameters)
      var levels = [Int32](repeating: 0, count: 70 * 23)
      let parts = try decoder.decodeInParallel(
        entryPoints: entries, threads: threads, into: &levels)
      #expect(parts >= min(threads, 2) && parts <= threads)
      #expect(levels == tensor.integers)
      #expect(decoder.entryPoints == entries)
      #expect(decoder.finish().isSound)
      if seed % 2 == 1 {
        #expect(abs(decoder.takeLedger().bits - 8 * Double(bytes.count)) < 1e-6)
      }
    }
  }

  /// Wrong entry points (quirks Q7 and Q8) only cost time.
  @Test(arguments: 0..<24 as Range<UInt64>) func wrongEntryPoints(seed: UInt64) throws {
    let (tensor, bytes, entries) = try Self.payload(seed: seed)
    var random = SeededGenerator(seed: seed &+ 99)
    var wrong = entries
    for i in wrong.indices {
      switch Int.random(in: 0..<5, using: &random) {
      case 0: wrong[i].value ^= 1 << Int.random(in: 0..<9, using: &random)
      case 1: wrong[i].position += Int.random(in: -3...1000, using: &random)
      case 2: wrong[i].state = Int.random(in: -1...8, using: &random)
      case 3: wrong[i].position = [Int.max, Int.min, -1].randomElement(using: &random) ?? 0
      default: break
      }
    }
    let decoder = PayloadDecoder(bytes: bytes)
    try decoder.beginTensor(tensor.parameters)
    var levels = [Int32](repeating: 0, count: 70 * 23)
    try decoder.decodeInParallel(entryPoints: wrong, threads: 3, into: &levels)
    #expect(levels == tensor.integers)
    #expect(decoder.entryPoints == entries)
    #expect(decoder.finish().isSound)
  }
}
