import NNRBits
import NNRModel
import NNRRecode
import TestSupport

/// Streams made from bytes that are coded anew with knobs made from bytes: what decodes holds the same integers afterwards, and
/// nothing gets larger unless it was asked for.
///
/// The first byte has one bit each for: streams as they are or made by a recipe, a chain of two, knobs that are forced, codebooks
/// that are trimmed or made. Then come the knobs, then what `DecodeInput` reads.
struct RecodeInput {
  /// The streams, base first.
  private let streams: [[UInt8]]
  private let knobs: RecodeKnobs

  /// The most weights that all tensors of an input may have: each is walked up to a few dozen times.
  private static let weightLimit = 1 << 14

  /// Reads the recipe.
  init(_ bytes: [UInt8]) {
    var reader = FuzzReader(bytes)
    let kind = reader.byte()
    var knobs = RecodeKnobs()
    knobs.isForced = kind & 4 != 0
    knobs.unaryLength = Self.choice(reader.pick(8), of: [1, 2, 10, 11, 64, 256])
    knobs.scanOrder = Self.choice(reader.pick(7), of: [0, 1, 2, 3, 4])
    knobs.rowSkip = Self.choice(reader.pick(4), of: [0, 1])
    knobs.history = Self.choice(reader.pick(4), of: [0, 1])
    knobs.states = reader.pick(of: [.best, .standard, .keep])
    streams = DecodeRecipe.streams(kind, &reader)
    knobs.trimsCodebooks = kind & 8 != 0
    // Integers become others: not in a chain.
    knobs.makesCodebooks = kind & 16 != 0 && streams.count == 1
    self.knobs = knobs
  }

  private static func choice(_ pick: Int, of numbers: [Int]) -> RecodeKnobs.Choice {
    switch pick {
    case 0: .best
    case 1: .keep
    default: .fixed(numbers[(pick - 2) % numbers.count])
    }
  }

  /// Codes everything anew; the sentences say what does not hold.
  func broken() -> [String] {
    var options = Session.Options()
    options.maxMemory = 32 << 20
    let session = Session(streams.map { (MemorySource($0), "fuzz") }, options: options)
    let counts = session.streams.indices.flatMap { session.directory($0).tensors.map(\.count) }
    let honest = counts.compactMap { $0 }.filter { $0 <= options.maxMemory / 4 }
    guard honest.reduce(0, +) <= Self.weightLimit else { return [] }
    var found: [String] = []
    var bytes: [[UInt8]?] = []
    for stream in session.streams.indices {
      guard let recoding = StreamRecoding(session, stream: stream, knobs) else {
        return ["stream \(stream): stopped by nobody"]
      }
      for unit in recoding.units where unit.bestSize > unit.size && !knobs.isForced {
        found.append("unit \(unit.unit) of stream \(stream) got larger")
      }
      for unit in recoding.units {
        let bits = unit.tensors.reduce(0) { $0 + $1.bestBits }
        if !unit.tensors.isEmpty, bits != unit.bestSize * 8 {
          found.append("unit \(unit.unit): tensors of \(bits) bits in \(unit.bestSize) bytes")
        }
        if case .unwritable(let reason)? = unit.refusal {
          found.append("unit \(unit.unit): \(reason)")
        }
      }
      bytes.append(try? recoding.bytes(session))
    }
    let proof = RecodeProof(session, bytes, isRenumbered: knobs.makesCodebooks)
    for (stream, comparison) in proof.streams.enumerated() {
      // Where sizes were wrong, other payloads may move the units that are found: the proof says so, and nothing is written.
      guard session.streams[stream].index.diagnostics.isEmpty else { continue }
      if let difference = comparison.firstDifference {
        found.append("stream \(stream) differs at \(difference)")
      }
    }
    return found
  }
}
