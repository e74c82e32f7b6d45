/// Codes the tensors of a payload: the counterpart of `PayloadDecoder`, with the same tables, contexts and geometry.
///
/// Call `encodeQuantizationDelta` where one is coded, `encode` for each tensor in coded order, then `finish`. Not for use from
/// several threads at once.
public final class PayloadEncoder {
  private let arena = ContextArena()
  private var writer = CodewordWriter()
  private var marks: [(position: Int, low: Int, state: Int)] = []
  /// For each entry point the bits since the one before of the same tensor, or since its first block row (format reference 3.5).
  public private(set) var distances: [Int] = []
  private var lastBlockRow = 0
  /// Asked between rows: whether the result is no longer wanted.
  public var shouldStop: @Sendable () -> Bool = { false }

  /// An encoder at the start of a payload.
  public init() {}

  /// The number of bits settled so far: the decoder's `pos` (format reference 4.2).
  public var position: Int { writer.position }

  /// The sum of the costs of all bins so far, in bits, by format reference 7.2.
  public var cost: Double {
    Double(position) + ProbabilityTables.log2(510)
      - ProbabilityTables.log2(Double(writer.rangeValue))
      + finalBits
  }

  /// What `finish` added to `cost` beside bits: after it the position is that of the padded end.
  private var finalBits = 0.0

  /// Codes the lowest `count` bits of a number as bypass bins; `count` is 0 to 64.
  public func encodeBypass(_ value: Int, count: Int) {
    writer.encodeBypass(UInt64(bitPattern: Int64(value)), count: min(max(count, 0), 64))
  }

  /// Codes qp_delta as `bits` bypass bins (format reference 4.1).
  public func encodeQuantizationDelta(_ value: Int, bits: Int) {
    encodeBypass(value, count: bits)
  }

  /// Codes a tensor (format reference 4.4) whose levels, those before the doubling of dependent quantization, are given in C
  /// order.
  ///
  /// `base`: the parent's integers, given if and only if temporal contexts are in use; `history`: mask of positions that were
  /// ever non-zero. Both need one entry for each level.
  public func encode(
    _ parameters: CodedTensorParameters, levels: [Int32], coding: TensorCoding = TensorCoding(),
    base: [Int32]? = nil, history: [UInt8]? = nil
  ) throws(EncodingError) {
    try encodeAny(parameters, levels, coding, base, history)
  }

  /// The same for levels that may be beyond 32 bits, as no decoder accepts them.
  package func encode(
    _ parameters: CodedTensorParameters, wideLevels: [Int], coding: TensorCoding,
    base: [Int32]? = nil, history: [UInt8]? = nil
  ) throws(EncodingError) {
    try encodeAny(parameters, wideLevels, coding, base, history)
  }

  /// Codes the terminate bin, the stop bit and padding; returns the payload and the entry points of all tensors in order.
  ///
  /// With `terminateBin` false the bin is coded as 0, which no valid payload does.
  public func finish(terminateBin: Bool = true) -> (bytes: [UInt8], entries: [EntryPoint]) {
    let before = writer.position
    writer.finish(terminateBin: terminateBin)
    finalBits = Double(before - writer.position)
    let bytes = writer.bytes
    let entries = marks.map { mark in
      var word = 0
      for place in mark.position..<(mark.position + 9) {
        let bit = place / 8 < bytes.count ? Int(bytes[place / 8] >> UInt8(7 - place % 8) & 1) : 0
        word = word << 1 | bit
      }
      return EntryPoint(
        value: (word - mark.low) & 511, state: mark.state, position: mark.position)
    }
    return (bytes, entries)
  }

  // MARK: a tensor

  @inline(__always)
  private func encodeAny<Level: CodedLevel>(
    _ parameters: CodedTensorParameters, _ levels: [Level], _ coding: TensorCoding,
    _ base: [Int32]?, _ history: [UInt8]?
  ) throws(EncodingError) {
    let geometry = try EncodingChecks.geometry(
      parameters, count: levels.count, coding, base: base, history: history)
    let layout = ContextLayout(unaryLength: parameters.unaryLength)
    (arena.words + PackedContext.contexts).update(
      repeating: PackedContext.ecoWords[0], count: layout.count)
    var usesHistory = false
    var rowMask: [UInt8] = []
    if geometry.codesRowFlags {
      if parameters.parentNodePresent {
        writer.encodeBypass(coding.historyFlag ? 1 : 0, count: 1)
        usesHistory = coding.historyFlag
      }
      writer.encodeBypass(coding.rowMask == nil ? 0 : 1, count: 1)
      rowMask = coding.rowMask ?? []
      for flag in rowMask { writer.encode(flag != 0, arena.words, layout.rowSkip) }
    }
    encodeStates(
      layout.shiftGroups(
        parameters: parameters, geometry: geometry, temporal: base != nil, history: usesHistory),
      layout, coding.ecoSets)
    if geometry.resetsFirstBlockRow { writer.resetRange() }
    lastBlockRow = writer.position
    guard geometry.count > 0, geometry.limitSize != 1 else {
      return try startEmptyRows(geometry)
    }
    var job = EncodingJob(parameters, geometry, layout)
    for blockRow in 0..<geometry.blockRows {
      guard !shouldStop() else { throw .cancelled }
      if blockRow > 0 { startBlockRow(layout, state: job.trellis) }
      job.neighbour = 0
      job.encode(
        blockRow: blockRow, levels, rowMask: rowMask, base: base,
        history: usesHistory ? history : nil, &writer, arena.words)
    }
  }

  /// A tensor whose levels cost no bits still starts its block rows.
  private func startEmptyRows(_ geometry: TensorGeometry) throws(EncodingError) {
    guard geometry.count > 0, geometry.blockRows > 1 else { return }
    for _ in 1..<geometry.blockRows {
      writer.resetRange()
      mark(state: 0)
    }
  }

  private func startBlockRow(_ layout: ContextLayout, state: Int) {
    arena.resetContexts(layout.count)
    writer.resetRange()
    mark(state: state)
  }

  private func mark(state: Int) {
    marks.append((writer.position, writer.window, state))
    distances.append(writer.position - lastBlockRow)
    lastBlockRow = writer.position
  }

  private func encodeStates(_ groups: [ShiftGroup], _ layout: ContextLayout, _ sets: [UInt8]) {
    let start = arena.words + PackedContext.contexts
    for context in groups.flatMap({ $0.start..<$0.codedEnd }) {
      let set = context < sets.count ? Int(min(sets[context], 8)) : 0
      writer.encode(set > 0, arena.words, layout.shift)
      if set > 0 { writer.encodeBypass(UInt64(set - 1), count: 3) }
      start[context] = PackedContext.ecoWords[set]
    }
    (arena.words + PackedContext.initialContexts).update(from: start, count: layout.count)
  }
}
