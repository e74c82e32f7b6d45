import DeepCABAC
import Dispatch
import Locking
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
  }

  /// One payload, made ready beforehand.
  private struct Work: Sendable {
    var decoding: UnitDecoding
    var payload: [UInt8]
    var weights: Int
  }

  /// Decodes all coded payloads of a stream `rounds` times over `threads` threads.
  public static func run(
    _ session: Session, stream: Int, threads: Int, rounds: Int, accounting: Bool = false
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
    for _ in 0..<rounds {
      result.seconds.append(round(order, threads: threads, accounting: accounting))
    }
    return result
  }

  private static func round(_ work: [Work], threads: Int, accounting: Bool) -> Double {
    let largest = work.map(\.weights).max() ?? 0
    let clock = ContinuousClock()
    let next = Locked(0)
    // Memory is made ready outside of the measured time, as the reference does.
    let buffers = (0..<threads).map { _ in LevelBuffer(count: largest) }
    let begin = clock.now
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      while true {
        let turn = next.withLock { turn in
          turn += 1
          return turn - 1
        }
        guard turn < work.count else { return }
        // With fewer payloads than threads the threads share a tensor.
        buffers[thread].decode(
          work[turn].decoding, work[turn].payload, accounting: accounting,
          threads: work.count < threads ? threads : 1)
      }
    }
    return (clock.now - begin) / .seconds(1)
  }
}

/// Memory for the integers of one tensor, used by one thread at a time.
private final class LevelBuffer: @unchecked Sendable {
  private var levels: [Int32]

  init(count: Int) { levels = [Int32](repeating: 0, count: count) }

  func decode(
    _ decoding: UnitDecoding, _ payload: [UInt8], accounting: Bool, threads: Int
  ) {
    let decoder = PayloadDecoder(bytes: payload, accounting: accounting)
    do throws(DecodingError) {
      for tensor in decoding.unit.codedTensors {
        if tensor.quantizer != .skip {
          _ = try decoder.readQuantizationDelta(bits: 6 + (decoding.parameters.qpDensity ?? 0))
        }
        let place = tensor.place
        let base = decoding.parents.indices.contains(place) ? decoding.parents[place] : nil
        let history = decoding.histories.indices.contains(place) ? decoding.histories[place] : nil
        try decoder.beginTensor(
          tensor.payloadParameters(decoding), base: decoding.unit.temporalContexts ? base : nil,
          history: history)
        let count = tensor.count ?? 0
        if threads > 1, !tensor.entryPoints.isEmpty, count == levels.count {
          try decoder.decodeInParallel(
            entryPoints: tensor.absoluteEntryPoints(from: decoder.firstBlockRowPosition),
            threads: threads, into: &levels)
        } else {
          while try decoder.nextRun(into: &levels, atMost: count) != nil {}
        }
      }
    } catch {
      return
    }
    _ = decoder.finish()
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
