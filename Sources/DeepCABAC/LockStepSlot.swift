/// A run of one payload in lock step, from `take` to its end: what it decodes and where to.
final class LockStepSlot {
  private(set) var tag = 0
  /// The levels of the run in C order.
  var levels: ArraySlice<Int32> { buffer[..<count] }

  private var decoder: PayloadDecoder?
  private var state: TensorState?
  private var count = 0
  /// The levels that are there, in coded order.
  private var done = 0
  private var buffer: [Int32]
  /// The levels in coded order, where that is not the tensor's.
  private var scratch: [Int32] = []
  /// The payload and the memory of levels, while both are pinned.
  private var source: UnsafeBufferPointer<UInt8>?
  private var target: UnsafeMutablePointer<Int32>?

  init(capacity: Int) { buffer = [Int32](repeating: 0, count: capacity) }

  func begin(_ decoder: PayloadDecoder, _ state: TensorState, tag: Int, count: Int) {
    self.tag = tag
    self.decoder = decoder
    self.state = state
    self.count = count
    done = 0
    Self.grow(&buffer, to: count)
    if !state.isInPlace { Self.grow(&scratch, to: count) }
  }

  private static func grow(_ memory: inout [Int32], to count: Int) {
    guard memory.count < count else { return }
    memory.append(contentsOf: repeatElement(0, count: count - memory.count))
  }

  /// Whether lanes can do nothing more for it.
  var isOver: Bool { state?.levels.status != .done }

  /// Keeps the memory in its place while `body` runs.
  func pin(_ body: () -> Void) {
    guard let decoder, let isInPlace = state?.isInPlace else { return }
    decoder.bytes.withUnsafeBufferPointer { bytes in
      source = UnsafeBufferPointer(rebasing: bytes[decoder.range])
      if isInPlace {
        buffer.withUnsafeMutableBufferPointer {
          target = $0.baseAddress; body()
        }
      } else {
        scratch.withUnsafeMutableBufferPointer {
          target = $0.baseAddress; body()
        }
      }
      source = nil
      target = nil
    }
  }

  /// Opens a lane for what is left; the memory must be pinned until it is closed.
  func open(_ core: LockStepCore) {
    guard let decoder, let state, let source, let bytes = source.baseAddress, let target else {
      return
    }
    core.open(
      state, decoder.arena, bytes: bytes, size: source.count, out: target + done,
      count: count - done)
  }

  /// Closes its lane, the last one.
  func close(_ core: LockStepCore) {
    guard var state = state.take() else { return }
    done += core.closeLast(&state)
    self.state = state
  }

  /// Decodes what is left in the usual way and gives the state back to the decoder.
  func finish() -> Result<TensorRun, DecodingError> {
    guard let decoder = decoder.take(), var state = state.take() else {
      return .failure(.misuse("no run"))
    }
    let result = buffer.withUnsafeMutableBufferPointer { out in
      if !state.isInPlace, let target = out.baseAddress {
        scratch.withUnsafeBufferPointer { source in
          if let source = source.baseAddress { state.reorder(done, from: source, to: target) }
        }
      }
      return state.finishRun(
        count, after: done, arena: decoder.arena, bytes: decoder.bytes, range: decoder.range,
        into: out)
    }
    return decoder.takeBack(state, result)
  }
}

extension TensorState {
  /// Decodes what lanes left of a run, or tells why it ended in them.
  mutating func finishRun(
    _ count: Int, after done: Int, arena: ContextArena, bytes: [UInt8], range: Range<Int>,
    into out: UnsafeMutableBufferPointer<Int32>
  ) -> Result<TensorRun, DecodingError> {
    do throws(DecodingError) {
      let next = geometry.element(atScanIndex: element + done) ?? element
      try check(levels.status, next)
      return .success(
        try decodeRun(
          count, after: done, arena: arena, bytes: bytes, range: range, into: out))
    } catch {
      return .failure(error)
    }
  }

  /// Throws what a status other than `done` means.
  func check(_ status: LevelStatus, _ element: Int) throws(DecodingError) {
    switch status {
    case .done: return
    case .exhausted: throw .payloadExhausted(element: element)
    case .overflow: throw .levelOverflow(element: element)
    case .prefixTooLong: throw .remainderPrefixTooLong(element: element)
    }
  }
}

extension PayloadDecoder {
  /// Hands out the state of the tensor for a run of `count` elements; nil if the run is not for lock step.
  ///
  /// Until `takeBack` the decoder has no tensor.
  func lend(_ count: Int) -> TensorState? {
    do throws(DecodingError) { try check() } catch { return nil }
    guard var state = tensor, state.canLockStep(count) else { return nil }
    // One owner at a time: the arrays of the state would be copied otherwise.
    tensor = nil
    do throws(DecodingError) {
      if state.geometry.scanOrder > 0, !state.started {
        try state.startBlockRow(arena, resetContexts: true)
      }
      return state
    } catch {
      // Not reached: `canLockStep` has looked at the register.
      tensor = state
      return nil
    }
  }

  /// Takes the state back, and what became of the run.
  func takeBack(
    _ state: TensorState, _ result: Result<TensorRun, DecodingError>
  ) -> Result<TensorRun, DecodingError> {
    var state = state
    registers = state.levels.registers
    drain(&state)
    tensor = state
    if case .failure(let error) = result { return .failure(fail(error)) }
    return result
  }
}
