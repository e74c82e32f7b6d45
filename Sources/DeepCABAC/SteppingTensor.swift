/// The state of one tensor of a payload that is decoded bin by bin; small, so that it can be copied to come back to it.
struct SteppingTensor {
  let parameters: CodedTensorParameters
  let geometry: TensorGeometry
  let layout: ContextLayout
  let base: [Int32]?
  let history: [UInt8]?
  var usesHistory = false
  /// The row skip flags read so far, 1 for skipped; empty where there are none.
  private var rowMask: [UInt8] = []
  var neighbour = 0
  var state = 0
  /// The states of all contexts behind the shift parameters, for the start of block rows.
  var initial: [EstimatorState] = []
  /// The first element of the block row that was started last.
  var blockRowStarted: Int?

  /// A tensor before its first bin.
  init(
    _ parameters: CodedTensorParameters, _ geometry: TensorGeometry, base: [Int32]?,
    history: [UInt8]?
  ) {
    self.parameters = parameters
    self.geometry = geometry
    layout = ContextLayout(unaryLength: parameters.unaryLength)
    self.base = base
    self.history = history
  }

  /// Flags, row skip flags and shift parameters (format reference 4.4 and 4.7).
  mutating func readFlags<O>(_ engine: inout SteppingEngine<O>) throws(DecodingError) {
    if try readEnablingFlags(&engine) {
      for row in 0..<geometry.rows {
        readRowFlag(&engine, row: row)
        // A tensor without weights may claim any number of rows.
        if engine.isBeyondEnd { throw .payloadExhausted(element: 0) }
      }
    }
    readShiftParameters(&engine)
  }

  /// The flags in front of the row skip flags; tells whether those follow.
  mutating func readEnablingFlags<O>(
    _ engine: inout SteppingEngine<O>
  ) throws(DecodingError) -> Bool {
    engine.contexts = [SteppingEngine<O>.Context](repeating: .init(set: 0), count: layout.count)
    guard geometry.codesRowFlags else { return false }
    if parameters.parentNodePresent {
      usesHistory = engine.bypass(1, BinElement(.historyFlag)) == 1
      if usesHistory && history == nil { throw .historyRequired }
    }
    return engine.bypass(1, BinElement(.rowSkip)) == 1
  }

  /// The flag of the next row.
  mutating func readRowFlag<O>(_ engine: inout SteppingEngine<O>, row: Int) {
    rowMask.append(UInt8(engine.context(layout.rowSkip, BinElement(.rowSkip, index: row))))
  }

  /// Whether a row is skipped.
  func skips(row: Int) -> Bool { rowMask.indices.contains(row) && rowMask[row] == 1 }

  /// The shift parameters of all contexts.
  mutating func readShiftParameters<O>(_ engine: inout SteppingEngine<O>) {
    let groups = layout.shiftGroups(
      parameters: parameters, geometry: geometry, temporal: base != nil, history: usesHistory)
    for group in groups {
      for context in group.start..<group.codedEnd {
        let element = BinElement(.shiftParameters, index: context)
        if engine.context(layout.shift, element) == 1 {
          engine.contexts[context] = .init(set: 1 + engine.bypass(3, element))
        }
      }
    }
  }

  /// Whether a later block row is to be started before the level at a place of the scan.
  func startsBlockRow(_ scanIndex: Int) -> Bool {
    geometry.startsLaterBlockRow(atScanIndex: scanIndex)
      && blockRowStarted != geometry.element(atScanIndex: scanIndex)
  }

  /// The trellis over a skipped row: W transitions, even in a block (quirk Q4).
  mutating func skipRow() {
    guard parameters.dependentQuantization else { return }
    for _ in 0..<(geometry.width % 4) { state = Int(ProbabilityTables.trellis[2 * state]) }
  }

  /// One level: the integer after the doubling (format reference 4.4 and 4.8).
  mutating func decodeLevel<O>(
    _ engine: inout SteppingEngine<O>, element: Int
  ) throws(DecodingError) -> Int32 {
    let level = try magnitudeAndSign(&engine, element: element)
    neighbour = level.signum()
    var value = level
    if parameters.dependentQuantization {
      if level != 0 { value = 2 * level - level.signum() * (state & 1) }
      state = Int(ProbabilityTables.trellis[2 * state + (level & 1)])
    }
    guard let integer = Int32(exactly: value) else { throw .levelOverflow(element: element) }
    return integer
  }

  /// int_param of format reference 4.8.
  private func magnitudeAndSign<O>(
    _ engine: inout SteppingEngine<O>, element: Int
  ) throws(DecodingError) -> Int {
    let n = geometry.limitSize
    let z = geometry.limitZero
    if n == 1 { return 0 }
    let parent = Int(base?[element] ?? 0)
    let side = neighbour == 0 ? 0 : neighbour < 0 ? 1 : 2
    var sig = ContextLayout.sig + 3 * state + side
    if parent != 0 { sig = ContextLayout.sigTemporal + 2 * state + (abs(parent) > 1 ? 1 : 0) }
    if usesHistory, let history, history[element] != 0 { sig = ContextLayout.sigHistory + state }
    if engine.context(sig, BinElement(.sigFlag)) == 0 { return 0 }
    var negative = z != 0
    if n == 0 || (z != 0 && z != n - 1) {
      let sign =
        parent == 0 ? ContextLayout.sign + side : ContextLayout.signTemporal + (parent > 0 ? 1 : 0)
      negative = engine.context(sign, BinElement(.signFlag)) == 1
    }
    let limit = n == 0 ? Int.max : negative ? z : n - 1 - z
    var magnitude = 1
    var more = limit > 1
    var j = 0
    while more && j < parameters.unaryLength && magnitude < limit {
      let context =
        parent == 0
        ? ContextLayout.greater + 2 * j + (negative ? 1 : 0)
        : layout.greaterTemporal + 2 * j + (abs(parent) >= j ? 0 : 1)
      more = engine.context(context, BinElement(.absLevelGreater, index: j)) == 1
      if more { magnitude += 1 }
      j += 1
    }
    if more && magnitude < limit {
      try addRemainder(&engine, to: &magnitude, limit: limit, element: element)
    }
    return negative ? -magnitude : magnitude
  }

  /// The exp-Golomb remainder of a level.
  private func addRemainder<O>(
    _ engine: inout SteppingEngine<O>, to magnitude: inout Int, limit: Int, element: Int
  ) throws(DecodingError) {
    let unbounded = parameters.dialect == .edition1
    var order = 0
    var j = 0
    repeat {
      if j > 31 { throw .remainderPrefixTooLong(element: element) }
      let bin = engine.context(
        layout.remainder + j, BinElement(.absRemainderPrefix, index: j))
      if bin == 0 { break }
      j += 1
      if magnitude >= limit { break }
      magnitude += 1 << order
      order += 1
    } while (unbounded || j <= 30) && limit - magnitude >= 1 << order
    magnitude += engine.bypass(order, BinElement(.absRemainderSuffix))
  }
}
