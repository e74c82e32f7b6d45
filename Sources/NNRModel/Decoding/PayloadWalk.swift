import DeepCABAC

/// How the decoding of a unit begins.
public enum UnitStart {
  /// It could not begin, or needs no levels and is done.
  case ended(DecodeFailure?)
  /// Its levels are yet to be decoded.
  case begun(PayloadWalk)
}

/// The decoding of one unit, run by run: whoever walks decides how the levels of a run are found (format reference 4.1).
///
/// What is decoded reaches the sink at once. Use from one thread at a time.
public final class PayloadWalk {
  /// Why the unit did not end well; nil while it has not ended, and if it did.
  public private(set) var failure: DecodeFailure?

  private let decoding: UnitDecoding
  private let payload: [UInt8]
  private let sink: any TensorSink
  private let runLength: Int
  private let tensors: [CodedTensor]
  private var decoder: PayloadDecoder?
  private var isOver = false
  /// The tensor that is begun.
  private var current: CodedTensor?
  private var next = 0
  private var last: TensorEnd?

  /// A unit whose decoding is yet to begin; raw floats are decoded with it.
  init(
    _ decoding: UnitDecoding, payload: [UInt8], into sink: any TensorSink,
    runLength: Int = UnitDecoder.runLength
  ) {
    self.decoding = decoding
    self.payload = payload
    self.sink = sink
    self.runLength = runLength
    tensors = decoding.unit.codedTensors
    do throws(DecodeFailure) {
      try UnitDecoder.check(decoding)
      if decoding.unit.payloadType == .rawFloat {
        guard payload.count == decoding.unit.payload.count else {
          throw DecodeFailure(.n26, "\(payload.count) bytes of payload")
        }
        try UnitDecoder.decodeRaw(decoding, sink) { payload[$0] }
        isOver = true
      } else {
        let decoder = PayloadDecoder(bytes: payload, accounting: decoding.accounting)
        decoder.shouldStop = decoding.shouldStop
        self.decoder = decoder
      }
    } catch {
      end(error)
    }
  }

  /// The largest payload that is kept in memory beside others.
  private static let largestPayload = 1 << 26

  /// Whether lock step is likely to be faster than the usual loop, and the payload is small enough to have several.
  var isWorthwhile: Bool {
    guard !isOver, !decoding.accounting, payload.count <= Self.largestPayload else { return false }
    let weights = tensors.reduce(0) { $0.saturatingAdd($1.count ?? 0) }
    return LockStep.isWorthwhile(weights: weights, payloadBytes: payload.count)
  }

  /// Decodes all that is left in the usual way; `buffer` is memory for levels.
  func decodeAlone(_ buffer: inout [Int32]) -> DecodeFailure? {
    while wantsLevels() { decodeRun(&buffer) }
    return failure
  }

  /// Goes on to where the levels of a run are wanted; false at the end.
  func wantsLevels() -> Bool {
    while !isOver, let decoder {
      do throws(DecodingError) {
        if let tensor = current {
          let count = decoder.nextRunCount(atMost: runLength)
          if count > 0 { return true }
          last = TensorEnd(
            bit: decoder.position, ledger: decoding.accounting ? decoder.takeLedger() : nil,
            rowBits: decoder.rowBits, entryPointsAgree: UnitDecoder.agree(tensor, decoder))
          current = nil
        } else if next < tensors.count {
          try begin(tensors[next], decoder)
        } else {
          finish(decoder)
        }
      } catch {
        end(error)
      }
    }
    return false
  }

  /// Decodes the run that is wanted in the usual way.
  func decodeRun(_ buffer: inout [Int32]) {
    guard let decoder else { return }
    do throws(DecodingError) {
      guard let run = try decoder.nextRun(into: &buffer, atMost: runLength) else { return }
      take(.success(run), buffer[..<run.elements.count])
    } catch {
      end(error)
    }
  }

  /// Gives the run that is wanted to lanes; false if they do not take it.
  func offerRun(to lockStep: LockStep, tag: Int) -> Bool {
    guard let decoder else { return false }
    return lockStep.take(decoder, tag: tag, atMost: runLength)
  }

  /// Takes what became of the run that was wanted.
  func take(_ result: Result<TensorRun, DecodingError>, _ levels: ArraySlice<Int32>) {
    switch result {
    case .success(let run):
      sink.take(levels, first: run.elements.lowerBound)
      if !sink.wantsMore { end(DecodingError.cancelled) }
    case .failure(let error): end(error)
    }
  }

  private func begin(_ tensor: CodedTensor, _ decoder: PayloadDecoder) throws(DecodingError) {
    last.map(sink.end)
    last = nil
    next += 1
    let bit = decoder.position
    current = tensor
    let (qp, facts) = try UnitDecoder.begin(
      tensor, decoding, decoder, rowBits: decoding.rowBits)
    sink.begin(
      TensorStart(
        tensor: tensor,
        dequantizer: Dequantizer(tensor, qp: qp, density: decoding.parameters.qpDensity),
        historyFlag: facts.historyFlag, rowSkipEnabledFlag: facts.rowSkipEnabledFlag,
        rowMask: facts.rowMask, temporalContext: decoding.usesTemporalContexts,
        startStates: facts.ecoSets, bit: bit))
    let count = tensor.count ?? 0
    if decoding.threads > 1, !decoding.rowBits, count >= decoding.parallelWeights,
      count <= decoding.maxMemory / 4, !tensor.entryPoints.isEmpty
    {
      try decodeInParallel(tensor, decoder)
    } else {
      // A block row is decoded whole.
      guard
        decoder.nextRunCount(atMost: runLength).saturatingMultiply(4) <= decoding.maxMemory
      else { throw .exceedsMemory("a block row") }
    }
  }

  private func decodeInParallel(
    _ tensor: CodedTensor, _ decoder: PayloadDecoder
  ) throws(DecodingError) {
    let shouldStop = decoding.shouldStop
    var levels = [Int32](repeating: 0, count: tensor.count ?? 0)
    try decoder.decodeInParallel(
      entryPoints: tensor.absoluteEntryPoints(from: decoder.firstBlockRowPosition),
      threads: decoding.threads, into: &levels, shouldContinue: { _ in !shouldStop() })
    var first = 0
    while first < levels.count {
      let end = min(first + runLength, levels.count)
      sink.take(levels[first..<end], first: first)
      first = end
      guard sink.wantsMore else { throw .cancelled }
    }
  }

  private func finish(_ decoder: PayloadDecoder) {
    let end = decoder.finish()
    if let tensor = last {
      // What ends the payload is charged to its last tensor.
      var ledger = tensor.ledger
      if decoding.accounting { ledger?.add(decoder.takeLedger()) }
      sink.end(
        TensorEnd(
          bit: tensor.bit, ledger: ledger, rowBits: tensor.rowBits,
          entryPointsAgree: tensor.entryPointsAgree,
          unusedBytes: max(0, end.payloadLength - end.bytesConsumed)))
    }
    failure = DecodeFailure(end)
    isOver = true
  }

  private func end(_ error: DecodingError) {
    if case .payloadExhausted(let element) = error, let tensor = current {
      end(PayloadShortage(decoding, payload, in: tensor, run: element).failure)
    } else {
      end(DecodeFailure(error))
    }
  }

  private func end(_ reason: DecodeFailure) {
    failure = reason
    isOver = true
  }
}
