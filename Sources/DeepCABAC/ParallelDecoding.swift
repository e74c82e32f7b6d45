import Dispatch

/// Invariant of the unsafe code in this file: parts are disjoint ranges of block rows, each thread writes only the
/// elements of its part and its own entry of `results`, and both buffers outlive `concurrentPerform`.
extension TensorState {
  /// Continues at an entry point instead of the state so far; nil if it cannot be one.
  ///
  /// `blockRow` is the number of the block row it belongs to, at least 1.
  func moved(
    to entry: EntryPoint, blockRow: Int, bytes: [UInt8], range: Range<Int>
  ) -> TensorState? {
    let registers = bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap {
        entry.registers(bytes: $0 + range.lowerBound, size: range.count)
      }
    }
    guard let registers else { return nil }
    var state = self
    state.element = blockRow * geometry.blockHeight * geometry.width
    state.levels = LevelState()
    state.levels.registers = registers
    state.levels.trellis = entry.state
    state.levels.tally.last = state.position(BitPosition.table)
    state.resets = 0
    state.entryPoints = []
    state.started = true
    return state
  }

  /// Decodes block rows up to the element `stop`, and starts the block row there if there is one.
  ///
  /// `out` has room for their elements. Contexts of `arena` must be in the state of a block row just started.
  mutating func decodeBlockRows(
    upToElement stop: Int, arena: ContextArena, bytes: [UInt8], range: Range<Int>,
    into out: UnsafeMutableBufferPointer<Int32>, shouldContinue: (Int) -> Bool
  ) throws(DecodingError) {
    let first = element
    while element < stop {
      let count = nextCount(atMost: 0)
      _ = try decodeRun(
        count, arena: arena, bytes: bytes, range: range,
        into: UnsafeMutableBufferPointer(rebasing: out[(element - first)...]))
      guard shouldContinue(count) else { throw .cancelled }
    }
    if element < geometry.count, !started { try startBlockRow(arena, resetContexts: true) }
  }
}

extension PayloadDecoder {
  /// Decodes the block rows of `rows` of the current tensor from an entry point into `buffer`.
  ///
  /// The decoder itself does not move. `buffer` gets one entry per element of the block rows. Returns the state at
  /// the start of the block row after them, to be compared with its entry point, or nil at the end of the tensor.
  public func decodeBlockRows(
    _ rows: Range<Int>, from entry: EntryPoint, into buffer: inout [Int32]
  ) throws(DecodingError) -> EntryPoint? {
    guard let tensor, tensor.geometry.scanOrder > 0, rows.lowerBound > 0, !rows.isEmpty,
      rows.upperBound <= tensor.geometry.blockRows
    else { throw .misuse("block rows") }
    guard
      var state = tensor.moved(
        to: entry, blockRow: rows.lowerBound, bytes: bytes, range: range)
    else { throw .corruptRegister(element: 0) }
    let step = tensor.geometry.blockHeight * tensor.geometry.width
    let count = min(tensor.geometry.count, rows.upperBound * step) - rows.lowerBound * step
    buffer = [Int32](repeating: 0, count: count)
    let arena = ContextArena(copying: arena)
    arena.resetContexts(tensor.facts.layout.count)
    var failure: DecodingError?
    buffer.withUnsafeMutableBufferPointer { out in
      do throws(DecodingError) {
        try state.decodeBlockRows(
          upToElement: min(tensor.geometry.count, rows.upperBound * step), arena: arena,
          bytes: bytes, range: range, into: out, shouldContinue: { _ in true })
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return rows.upperBound < tensor.geometry.blockRows ? state.entryPoint : nil
  }

  /// Decodes a tensor just begun with several threads, each from an entry point (format reference 4.2, 4.10).
  ///
  /// `entryPoints` has one entry for each block row after the first, with absolute positions. `levels` has one entry
  /// per element. A part counts only if the part before it ends in the state of its entry point; from the first one
  /// that does not on, and where threads cannot help, decoding is sequential. The result and the state of the decoder
  /// are those of `decodeLevels`. `shouldContinue` is called from all threads with the elements of each block row.
  /// Returns the number of parts that were decoded in parallel and accepted; 1 means sequential. Each thread decodes up to
  /// three parts in lock step where that is worthwhile, so that several parts help one thread too.
  @discardableResult
  public func decodeInParallel(
    entryPoints: [EntryPoint], threads: Int, into levels: inout [Int32],
    shouldContinue: @Sendable (Int) -> Bool = { _ in true }
  ) throws(DecodingError) -> Int {
    try check()
    guard let begun = tensor, levels.count == begun.geometry.count else {
      throw .misuse("one entry per element is needed")
    }
    let blockRows = begun.geometry.blockRows
    let locks =
      LockStep.isWorthwhile(weights: levels.count, payloadBytes: range.count)
      && begun.canLockStep(begun.nextCount(atMost: 0))
    let wanted = min(max(1, threads) * (locks ? LockStep.width : 1), blockRows)
    let starts = partStarts(entryPoints, parts: wanted)
    guard begun.element == 0, begun.geometry.scanOrder > 0, wanted > 1, begun.rowBits.isEmpty,
      entryPoints.count == blockRows - 1, starts.count > 1
    else {
      try decodeLevels(into: &levels, shouldContinue: shouldContinue)
      return 1
    }
    let results = decodeParts(
      begun, starts, entryPoints, threads: min(threads, starts.count), &levels, shouldContinue)
    var accepted = 0
    for (i, result) in results.enumerated() {
      guard var state = result.state else { break }
      accepted += 1
      registers = state.levels.registers
      var entries = tensor?.entryPoints ?? []
      drain(&state)
      entries += state.entryPoints
      state.entryPoints = entries
      tensor = state
      if let failure = result.failure { throw failure == .cancelled ? failure : fail(failure) }
      if i + 1 < results.count, entries.last != entryPoints[starts[i + 1] - 1] { break }
    }
    arena.resetContexts(begun.facts.layout.count)
    if decodedElements < levels.count { try decodeLevels(into: &levels) }
    return accepted
  }

  /// First block rows of parts that cost about the same number of bits; strictly increasing from 0.
  private func partStarts(_ entries: [EntryPoint], parts: Int) -> [Int] {
    var starts = [0]
    guard let last = entries.last, parts > 1 else { return starts }
    let first = firstBlockRowPosition
    let (span, overflow) = last.position.subtractingReportingOverflow(first)
    guard !overflow, span > 0 else { return starts }
    var part = 1
    for (i, entry) in entries.enumerated() where part < parts {
      let share =
        Double(entry.position &- first) / Double(span) * Double(entries.count)
        / Double(entries.count + 1)
      if share >= Double(part) / Double(parts) {
        starts.append(i + 1)
        part += 1
      }
    }
    return starts
  }

  /// Runs the parts; a part without a state could not be started.
  private func decodeParts(
    _ begun: TensorState, _ starts: [Int], _ entries: [EntryPoint], threads: Int,
    _ levels: inout [Int32], _ shouldContinue: @Sendable (Int) -> Bool
  ) -> [PartResult] {
    let step = begun.geometry.blockHeight * begun.geometry.width
    let blockRows = begun.geometry.blockRows
    let bytes = bytes
    let range = range
    let arenas = starts.map { _ in
      let copy = ContextArena(copying: arena)
      copy.resetContexts(begun.facts.layout.count)
      return copy
    }
    var results = [PartResult](repeating: PartResult(), count: starts.count)
    levels.withUnsafeMutableBufferPointer { levels in
      results.withUnsafeMutableBufferPointer { results in
        let out = SharedBuffer(buffer: levels)
        let collected = SharedBuffer(buffer: results)
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
          var parts: [TensorPart] = []
          for i in stride(from: thread, to: starts.count, by: threads) {
            let moved =
              i == 0
              ? begun
              : begun.moved(
                to: entries[starts[i] - 1], blockRow: starts[i], bytes: bytes, range: range)
            guard let state = moved else { continue }
            parts.append(
              TensorPart(
                i, state, arenas[i], bytes, range,
                upTo: i + 1 < starts.count ? starts[i + 1] : blockRows,
                out: UnsafeMutableBufferPointer(rebasing: out.buffer[(starts[i] * step)...])))
          }
          TensorPart.decode(parts, shouldContinue: shouldContinue)
          for part in parts {
            collected.buffer[part.number].state = part.decoder.tensor
            collected.buffer[part.number].failure = part.failure
          }
        }
      }
    }
    return results
  }
}

/// What a thread hands back.
private struct PartResult: Sendable {
  var state: TensorState?
  var failure: DecodingError?
}

/// A buffer that threads share by writing to disjoint places.
private struct SharedBuffer<Element>: @unchecked Sendable {
  let buffer: UnsafeMutableBufferPointer<Element>
}
