/// A tensor that is being decoded: what the headers said, what its payload said, and where decoding stands.
///
/// A value; `PayloadDecoder` holds one, a parallel decode gives each thread a copy with its own arena.
struct TensorState: Sendable {
  let parameters: CodedTensorParameters
  let geometry: TensorGeometry
  let facts: TensorFacts
  let base: [Int32]?
  let history: [UInt8]?
  /// Whether bits are accounted for.
  let observed: Bool

  /// Next element in C order; always the start of a block row, or any element in raster order.
  var element = 0
  var levels = LevelState()
  /// Cost of setting the range to 256, in 2^-32 bit.
  var resets: UInt64 = 0
  /// Bits of each row in 2^-32 bit; empty unless asked for.
  var rowBits: [UInt64] = []
  /// Position where the first block row starts, and an entry point for every further block row started.
  var firstPosition = 0
  var entryPoints: [EntryPoint] = []
  /// Asked between blocks of a long block row, from the thread that decodes: whether the result is no longer wanted.
  var shouldStop: (@Sendable () -> Bool)?
  /// Whether the block row at `element` has been started: the range is set, the contexts are reset.
  var started = true
  /// Whether lanes were slower than the usual loop, so that the rest of the tensor is left to it.
  var isSlowInLockStep = false

  /// Sets the range to 256 and the contexts back to their signalled state.
  ///
  /// Throws `corruptRegister` if the register is not below the new range, as no encoder leaves it.
  mutating func startBlockRow(_ arena: ContextArena, resetContexts: Bool) throws(DecodingError) {
    let costs = BitPosition.table
    if observed { settle(costs) }
    levels.registers.range = 256 << 55
    guard levels.registers.value >> 63 == 0 else { throw .corruptRegister(element: element) }
    if observed {
      let now = position(costs)
      resets &+= now &- levels.tally.last
      levels.tally.last = now
    }
    guard resetContexts else { return }
    arena.resetContexts(facts.layout.count)
    levels.neighbour = 0
    started = true
    entryPoints.append(entryPoint)
  }

  /// The state at the start of the block row just started.
  var entryPoint: EntryPoint {
    EntryPoint(
      value: Int(levels.registers.value >> 55), state: levels.trellis,
      position: levels.registers.position)
  }

  /// Fractional position of the saved registers.
  func position(_ costs: FractionTable) -> UInt64 {
    UInt64(bitPattern: Int64(levels.registers.position)) &<< 32
      &+ costs.words[Int(levels.registers.range >> 55)]
  }

  /// Charges what came before to sig_flag, so that the next sample starts here.
  private mutating func settle(_ costs: FractionTable) {
    let now = position(costs)
    levels.tally.sig &+= now &- levels.tally.last
    levels.tally.last = now
  }

  /// Elements of the next run, if at most `limit` are wanted; a block row is never cut.
  func nextCount(atMost limit: Int) -> Int {
    let left = geometry.count - element
    if geometry.scanOrder > 0 { return min(left, geometry.blockHeight * geometry.width) }
    let limit = max(1, limit)
    guard facts.rowSkipEnabledFlag == true else { return min(left, limit) }
    let column = element % geometry.width
    if column > 0 || limit < geometry.width { return min(geometry.width - column, limit) }
    return min(left, limit / geometry.width * geometry.width)
  }

  /// Columns of a block row cut into runs of whole blocks, short enough to be stopped between them.
  private func cuts(of columns: Range<Int>) -> [Range<Int>] {
    let blocks = max(1, Self.stoppingRun / (geometry.blockHeight * geometry.blockWidth))
    let step = blocks * geometry.blockWidth
    return stride(from: columns.lowerBound, to: columns.upperBound, by: step).map {
      $0..<min($0 + step, columns.upperBound)
    }
  }

  /// The elements of a long block row between two questions whether to stop.
  private static let stoppingRun = 1 << 18

  /// The rectangles that the next `count` elements are made of, in coded order; `flat` makes them one row.
  func pieces(_ first: Int, _ count: Int, flat: Bool) -> [LevelPiece] {
    if flat { return [LevelPiece(rows: 0..<1, columns: first..<(first + count))] }
    // A row that is begun, whole rows, and the beginning of a row.
    var pieces: [LevelPiece] = []
    let width = geometry.width
    var next = first
    let end = first + count
    while next < end {
      let row = next / width
      let column = next - row * width
      if column > 0 || end - next < width {
        let stop = min(width, column + end - next)
        pieces.append(LevelPiece(rows: row..<(row + 1), columns: column..<stop))
        next += stop - column
      } else {
        let whole = (end - next) / width
        pieces.append(LevelPiece(rows: row..<(row + whole), columns: 0..<width))
        next += whole * width
      }
    }
    return pieces
  }

  /// Decodes the next `count` elements, a number that `nextCount` gave, to the start of `out`.
  ///
  /// `out` must have room for `count` elements, the first `done` of which, in coded order, are there already. Returns the
  /// run; throws what ended it early.
  mutating func decodeRun(
    _ count: Int, after done: Int = 0, arena: ContextArena, bytes: [UInt8], range: Range<Int>,
    into out: UnsafeMutableBufferPointer<Int32>
  ) throws(DecodingError) -> TensorRun {
    let width = geometry.width
    if geometry.scanOrder > 0 && !started { try startBlockRow(arena, resetContexts: true) }
    guard let target = out.baseAddress, out.count >= count, bytes.count >= range.upperBound else {
      throw .misuse("buffer")
    }
    let first = element
    // Without row flags a raster scan is one long row.
    let flat = geometry.scanOrder == 0 && facts.rowSkipEnabledFlag != true && rowBits.isEmpty
    var pieces = pieces(first, count, flat: flat)
    var begun: BegunSegment?
    if done > 0 {
      begun = BegunSegment(
        after: done, of: &pieces, width: flat ? 0 : width,
        blockWidth: flat ? Int.max / 2 : geometry.blockWidth)
      if let begun, begun.isComplete, levels.registers.position >> 3 + 2 > range.count {
        throw .payloadExhausted(element: begun.element)
      }
    }
    if geometry.scanOrder > 0, shouldStop != nil {
      pieces = pieces.flatMap { piece in
        cuts(of: piece.columns).map { LevelPiece(rows: piece.rows, columns: $0) }
      }
    }
    var isStopped = false
    let limits = (geometry.limitSize, geometry.limitZero)
    var state = levels
    // Moved out and in again, so that the array is not copied.
    var bits: [UInt64] = []
    swap(&bits, &rowBits)
    let rowMask = facts.rowMask
    bytes.withUnsafeBufferPointer { source in
      rowMask.withUnsafeBufferPointer { mask in
        withOptional(base) { base in
          withOptional(history) { history in
            bits.withUnsafeMutableBufferPointer { bits in
              guard let source = source.baseAddress else { return }
              for (number, piece) in pieces.enumerated() where state.status == .done {
                isStopped = isStopped || number > 0 && (shouldStop?() ?? false)
                guard !isStopped else { return }
                let job = LevelJob(
                  arena: arena.words, out: target, firstElement: first,
                  rowMask: mask.isEmpty ? nil : mask.baseAddress, base: base, history: history,
                  rowBits: bits.isEmpty ? nil : bits.baseAddress, width: flat ? 0 : width,
                  blockWidth: flat ? Int.max / 2 : geometry.blockWidth, rows: piece.rows,
                  columns: piece.columns, unaryLength: parameters.unaryLength,
                  lastPrefix: parameters.dialect == .edition1 ? 31 : 30,
                  limitSize: limits.0, limitZero: limits.1)
                LevelLoop.run(
                  job, &state, dependent: parameters.dependentQuantization,
                  observed: observed, bytes: source + range.lowerBound, size: range.count)
                if number == 0, let begun, !begun.isComplete, state.status == .exhausted {
                  state.element = begun.element
                }
              }
            }
          }
        }
      }
    }
    levels = state
    rowBits = bits
    try check(state.status, state.element)
    if isStopped { throw .cancelled }
    element += count
    started = false
    return TensorRun(
      elements: first..<element, rows: (first / width)..<((element - 1) / width + 1))
  }
}

/// Calls `body` with a pointer to the elements of an array that may be absent.
private func withOptional<Element>(
  _ array: [Element]?, _ body: (UnsafePointer<Element>?) -> Void
) {
  guard let array else { return body(nil) }
  array.withUnsafeBufferPointer { body($0.baseAddress) }
}
