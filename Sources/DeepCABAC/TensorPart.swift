/// Some block rows of a tensor, which one thread decodes together with others.
///
/// Invariant of the unsafe code: `out` has room for the elements of the block rows and outlives the part; no one else
/// writes there.
final class TensorPart {
  let number: Int
  let decoder: PayloadDecoder
  private(set) var failure: DecodingError?
  private let first: Int
  private let stop: Int
  private let out: UnsafeMutableBufferPointer<Int32>

  /// The block rows up to `end`, from a state at the start of one whose contexts are in `arena`.
  init(
    _ number: Int, _ state: TensorState, _ arena: ContextArena, _ bytes: [UInt8],
    _ range: Range<Int>, upTo end: Int, out: UnsafeMutableBufferPointer<Int32>
  ) {
    self.number = number
    decoder = PayloadDecoder(part: state, arena: arena, bytes: bytes, range: range)
    first = state.element
    let geometry = state.geometry
    stop = min(geometry.count, end * geometry.blockHeight * geometry.width)
    self.out = out
  }

  /// Decodes parts to their ends or failures, up to three at a time in lock step; starts the block rows behind them.
  static func decode(_ parts: [TensorPart], shouldContinue: (Int) -> Bool) {
    guard parts.count > 1 else {
      for part in parts { part.decodeAlone(shouldContinue) }
      return
    }
    let lockStep = LockStep()
    for (tag, part) in parts.enumerated() { part.goOn(lockStep, tag, shouldContinue) }
    while lockStep.count > 0 {
      var ended: Int?
      lockStep.advance { run, levels in
        ended = run.tag
        parts[run.tag].take(run.result, levels, shouldContinue)
      }
      if let ended { parts[ended].goOn(lockStep, ended, shouldContinue) }
    }
  }

  /// Gives the next block row to the lanes, or decodes to the end without them.
  private func goOn(_ lockStep: LockStep, _ tag: Int, _ shouldContinue: (Int) -> Bool) {
    guard failure == nil, decoder.decodedElements < stop,
      lockStep.take(decoder, tag: tag, atMost: 0)
    else { return decodeAlone(shouldContinue) }
  }

  private func take(
    _ result: Result<TensorRun, DecodingError>, _ levels: ArraySlice<Int32>,
    _ shouldContinue: (Int) -> Bool
  ) {
    switch result {
    case .failure(let error): failure = error
    case .success(let run):
      _ = out[(run.elements.lowerBound - first)...].update(fromContentsOf: levels)
      if !shouldContinue(run.elements.count) { failure = .cancelled }
    }
  }

  private func decodeAlone(_ shouldContinue: (Int) -> Bool) {
    guard failure == nil, var state = decoder.tensor else { return }
    decoder.tensor = nil
    let done = state.element - first
    do throws(DecodingError) {
      try state.decodeBlockRows(
        upToElement: stop, arena: decoder.arena, bytes: decoder.bytes, range: decoder.range,
        into: UnsafeMutableBufferPointer(rebasing: out[done...]), shouldContinue: shouldContinue)
    } catch {
      failure = error
    }
    decoder.tensor = state
  }
}
