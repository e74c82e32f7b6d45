import DeepCABAC

/// What decoding a payload of some tensors gives, for comparison.
struct DecodedPayload: Equatable {
  var runs: [[Int32]] = []
  var elements: [Range<Int>] = []
  var error: DecodingError?
  var entries: [EntryPoint] = []
  var end: PayloadEnd?
}

/// A payload with the tensors that are read from it.
struct LaneCase {
  var bytes: [UInt8]
  var tensors: [CodedTensorParameters]
  var limit = 16384
  /// Whether qp_delta of 8 bits precedes each tensor.
  var hasDelta = false

  /// Decoded by the usual loop.
  func decoded() -> DecodedPayload {
    var found = DecodedPayload()
    let decoder = PayloadDecoder(bytes: bytes)
    var buffer: [Int32] = []
    do throws(DecodingError) {
      for tensor in tensors {
        if hasDelta { _ = try decoder.readQuantizationDelta(bits: 8) }
        try decoder.beginTensor(tensor)
        while let run = try decoder.nextRun(into: &buffer, atMost: limit) {
          found.add(run, buffer[...])
        }
        found.entries += decoder.entryPoints
      }
    } catch {
      found.error = error
    }
    found.end = decoder.finish()
    return found
  }
}

extension DecodedPayload {
  mutating func add(_ run: TensorRun, _ levels: ArraySlice<Int32>) {
    elements.append(run.elements)
    runs.append(Array(levels.prefix(run.elements.count)))
  }
}

/// Payloads decoded in lock step, as callers do it.
struct LanesRun {
  private(set) var found: [DecodedPayload]
  /// The runs that were decoded in lanes.
  private(set) var inLanes = 0
  private let cases: [LaneCase]
  private var decoders: [PayloadDecoder]
  private var next: [Int]
  private var buffer: [Int32] = []

  init(_ cases: [LaneCase]) {
    self.cases = cases
    found = cases.map { _ in DecodedPayload() }
    decoders = cases.map { PayloadDecoder(bytes: $0.bytes) }
    next = cases.map { _ in 0 }
    let lockStep = LockStep()
    var waiting = 0
    repeat {
      while lockStep.count < LockStep.width, waiting < cases.count {
        waiting += 1
        goOn(waiting - 1, lockStep)
      }
      var ended: LockStep.Ended?
      var levels: [Int32] = []
      lockStep.advance { run, decoded in
        ended = run
        levels = Array(decoded)
      }
      guard let ended else { continue }
      switch ended.result {
      case .success(let run):
        found[ended.tag].add(run, levels[...])
        goOn(ended.tag, lockStep)
      case .failure(let error): end(ended.tag, error)
      }
    } while lockStep.count > 0 || waiting < cases.count
  }

  private mutating func goOn(_ tag: Int, _ lockStep: LockStep) {
    let item = cases[tag]
    let decoder = decoders[tag]
    do throws(DecodingError) {
      while true {
        while decoder.nextRunCount(atMost: item.limit) > 0 {
          if lockStep.take(decoder, tag: tag, atMost: item.limit) {
            inLanes += 1
            return
          }
          guard let run = try decoder.nextRun(into: &buffer, atMost: item.limit) else { break }
          found[tag].add(run, buffer[...])
        }
        if next[tag] > 0 { found[tag].entries += decoder.entryPoints }
        guard next[tag] < item.tensors.count else { return end(tag, nil) }
        next[tag] += 1
        if item.hasDelta { _ = try decoder.readQuantizationDelta(bits: 8) }
        try decoder.beginTensor(item.tensors[next[tag] - 1])
      }
    } catch {
      end(tag, error)
    }
  }

  private mutating func end(_ tag: Int, _ error: DecodingError?) {
    found[tag].error = error
    found[tag].end = decoders[tag].finish()
  }
}
