import DeepCABAC
import Dispatch
import NNRBits
import NNRSyntax

/// Measures payload decoding alone: integers written to memory, nothing else.
public enum DecodeBench {
  /// What was measured.
  public struct Result: Sendable {
    /// The weights of one round.
    public var weights = 0
    /// The payload bytes of one round.
    public var payloadBytes = 0
    /// The bins of one round.
    public var bins = 0
    /// The units that could not be decoded to their end.
    public var failures = 0
    /// The seconds of each round.
    public var seconds: [Double] = []
    /// The seconds of each round without lock step, before that of the same place; empty unless asked for.
    public var usualSeconds: [Double] = []
  }

  /// One payload, made ready beforehand.
  struct Work: Sendable {
    var decoding: UnitDecoding
    var payload: [UInt8]
    var weights: Int
  }

  /// Decodes all coded payloads of a stream `rounds` times over `threads` threads.
  ///
  /// `pairs` decodes it without lock step before each round.
  public static func run(
    _ session: Session, stream: Int, threads: Int, rounds: Int, accounting: Bool = false,
    pairs: Bool = false
  ) -> Result {
    var result = Result()
    var work: [Work] = []
    for unit in session.directory(stream).byUnit.keys.sorted() {
      guard let decoding = session.decoding(stream: stream, unit: unit),
        decoding.unit.payloadType != .rawFloat,
        let payload = try? session.streams[stream].source.read(decoding.unit.payload)
      else { continue }
      let weights = decoding.unit.codedTensors.reduce(0) { $0.saturatingAdd($1.count ?? 0) }
      guard weights <= session.options.maxMemory / 4 else {
        result.failures += 1
        continue
      }
      // The bins are counted once, apart from the rounds.
      let sink = CountingSink()
      var counted = decoding
      counted.accounting = true
      if UnitDecoder.decode(counted, payload: payload, into: sink) != nil { result.failures += 1 }
      // What does not decode to its end gets no memory for all that it claims.
      guard sink.tensors == decoding.unit.codedTensors.count else { continue }
      work.append(Work(decoding: decoding, payload: payload, weights: weights))
      result.payloadBytes += payload.count
      result.weights += weights
      result.bins += sink.bins
    }
    work.sort { $0.weights > $1.weights }
    let order = work
    let memory = work.reduce(0) { max($0, $1.weights) }.saturatingMultiply(16)
    let locks =
      !accounting && memory.saturatingMultiply(threads) <= session.options.maxMemory
      && work.contains {
        LockStep.isWorthwhile(weights: $0.weights, payloadBytes: $0.payload.count)
      }
    for _ in 0..<rounds {
      if pairs {
        result.usualSeconds.append(
          round(order, threads: threads, accounting: accounting, lockStep: false))
      }
      result.seconds.append(
        round(order, threads: threads, accounting: accounting, lockStep: locks))
    }
    return result
  }

  private static func round(
    _ work: [Work], threads: Int, accounting: Bool, lockStep: Bool
  ) -> Double {
    let largest = work.map(\.weights).max() ?? 0
    let clock = ContinuousClock()
    let turns = UnitTurns(count: work.count, threads: threads)
    // Memory is made ready outside of the measured time, as the reference does.
    let buffers = (0..<threads).map { _ -> any LevelMemory in
      if lockStep, work.count > threads { return GroupMemory(work, count: largest) }
      // With fewer payloads than threads the threads share a tensor.
      let shared = work.count < threads ? threads : lockStep ? 1 : nil
      return SingleMemory(work, count: largest, accounting: accounting, threads: shared)
    }
    let begin = clock.now
    DispatchQueue.concurrentPerform(iterations: threads) { buffers[$0].decode(turns) }
    return (clock.now - begin) / .seconds(1)
  }
}

/// Counts bins.
private final class CountingSink: TensorSink {
  var bins = 0
  /// The tensors that were decoded to their end.
  var tensors = 0

  func begin(_ start: TensorStart) {}
  func take(_ levels: ArraySlice<Int32>, first: Int) {}

  func end(_ end: TensorEnd) {
    bins += end.ledger?.bins ?? 0
    tensors += 1
  }

  var wantsMore: Bool { true }
}
