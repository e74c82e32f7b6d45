/// The bin-by-bin decoder of a payload: slow, plain, reports every bin to an observer (format reference 4).
///
/// Made for worked examples and a bin stepper, on tensors of modest size. A value: copy it to go back.
public struct SteppingDecoder<Observer: BinObserver> {
  private var engine: SteppingEngine<Observer>

  /// Prepares to decode `bytes` as one payload.
  public init(bytes: [UInt8], observer: Observer) {
    engine = SteppingEngine(bytes: bytes, observer: observer)
  }

  /// The observer with what it has gathered.
  public var observer: Observer { engine.observer }

  /// qp_delta of `bits` bypass bins, 1 to 32.
  public mutating func readQuantizationDelta(bits: Int) -> Int {
    let count = min(max(bits, 1), 32)
    let raw = engine.bypass(count, BinElement(.quantizationDelta))
    return raw >> (count - 1) == 0 ? raw : raw - (1 << count)
  }

  /// Decodes one tensor; inputs, output and errors are those of `PayloadDecoder.decode`.
  public mutating func decode(
    _ parameters: CodedTensorParameters, base: [Int32]? = nil, history: [UInt8]? = nil
  ) throws(DecodingError) -> [Int32] {
    let geometry = try TensorGeometry(parameters)
    if let base, base.count != geometry.count { throw .wrongElementCount("base") }
    if let history, history.count != geometry.count { throw .wrongElementCount("history") }
    var tensor = SteppingTensor(parameters, geometry, base: base, history: history)
    engine.place = nil
    defer { engine.place = nil }
    try tensor.readFlags(&engine)
    let initial = engine.contexts
    if geometry.resetsFirstBlockRow && !engine.resetRange() { throw .corruptRegister(element: 0) }
    for top in stride(from: 0, to: geometry.rows, by: geometry.blockHeight) {
      if top > 0 {
        engine.contexts = initial
        tensor.neighbour = 0
        engine.place = nil
        guard engine.resetRange() else {
          throw .corruptRegister(element: top * geometry.width)
        }
      }
      for left in stride(from: 0, to: geometry.width, by: geometry.blockWidth) {
        for y in top..<min(top + geometry.blockHeight, geometry.rows) {
          if tensor.rowMask[y] == 1 {
            tensor.skipRow()
            continue
          }
          for x in left..<min(left + geometry.blockWidth, geometry.width) {
            engine.place = (y, x)
            try tensor.decodeLevel(&engine, element: y * geometry.width + x)
          }
        }
        if (engine.position >> 3) + 2 > engine.bytes.count {
          throw .payloadExhausted(element: top * geometry.width + left)
        }
      }
    }
    return tensor.levels
  }

  /// The end-of-payload checks.
  public mutating func finish() -> PayloadEnd {
    let terminated = engine.terminate() == 1
    let last = engine.pointer - 1
    let byte = last < engine.bytes.count ? Int(engine.bytes[last]) : 0
    return PayloadEnd(
      terminateBin: terminated, stopPattern: (byte << (8 + engine.needed)) & 0xFF == 0x80,
      bytesConsumed: engine.pointer, payloadLength: engine.bytes.count)
  }
}

/// The state of one tensor in a `SteppingDecoder`.
struct SteppingTensor {
  let parameters: CodedTensorParameters
  let geometry: TensorGeometry
  let layout: ContextLayout
  let base: [Int32]?
  let history: [UInt8]?
  var usesHistory = false
  var rowMask: [UInt8]
  var levels: [Int32]
  var neighbour = 0
  var state = 0

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
    rowMask = [UInt8](repeating: 0, count: geometry.rows)
    levels = [Int32](repeating: 0, count: geometry.count)
  }

  /// Flags, row skip flags and shift parameters (format reference 4.4 and 4.7).
  mutating func readFlags<O>(_ engine: inout SteppingEngine<O>) throws(DecodingError) {
    engine.contexts = [SteppingEngine<O>.Context](repeating: .init(set: 0), count: layout.count)
    if geometry.codesRowFlags {
      if parameters.parentNodePresent {
        usesHistory = engine.bypass(1, BinElement(.historyFlag)) == 1
        if usesHistory && history == nil { throw .historyRequired }
      }
      if engine.bypass(1, BinElement(.rowSkip)) == 1 {
        for row in 0..<geometry.rows {
          let element = BinElement(.rowSkip, index: row)
          rowMask[row] = UInt8(engine.context(layout.rowSkip, element))
        }
      }
    }
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

  /// The trellis over a skipped row: W transitions, even in a block (quirk Q4).
  mutating func skipRow() {
    guard parameters.dependentQuantization else { return }
    for _ in 0..<(geometry.width % 4) { state = Int(ProbabilityTables.trellis[2 * state]) }
  }

  /// One level (format reference 4.4 and 4.8).
  mutating func decodeLevel<O>(
    _ engine: inout SteppingEngine<O>, element: Int
  ) throws(DecodingError) {
    let level = try magnitudeAndSign(&engine, element: element)
    neighbour = level.signum()
    var value = level
    if parameters.dependentQuantization {
      if level != 0 { value = 2 * level - level.signum() * (state & 1) }
      state = Int(ProbabilityTables.trellis[2 * state + (level & 1)])
    }
    guard abs(value) <= Int(Int32.max) else { throw .levelOverflow(element: element) }
    levels[element] = Int32(value)
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
