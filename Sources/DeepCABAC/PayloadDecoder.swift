/// Decoder of one CABAC payload: `qp_delta` and tensors in coded order, then `finish()` (format reference 4.1).
///
/// Use from one thread at a time. Bad bytes never trap: what goes wrong is thrown or part of a returned value, and
/// after an error the decoder only accepts `finish()`.
public final class PayloadDecoder {
  let bytes: [UInt8]
  let range: Range<Int>
  let arena: ContextArena
  var registers = ArithmeticRegisters()
  var tensor: TensorState?
  private var failure: DecodingError?
  /// Asked within block rows too long to wait for: whether to end with `cancelled`; nil never stops.
  public var shouldStop: (@Sendable () -> Bool)?
  private let observed: Bool
  private var last: UInt64
  private var charged: UInt64 = 0
  private var account = PayloadLedger()

  /// Prepares to decode the bytes of `range`, by default all bytes, as one payload.
  ///
  /// With `accounting` the decoder fills a ledger, at the cost of a few per cent of speed.
  public init(bytes: [UInt8], range: Range<Int>? = nil, accounting: Bool = false) {
    self.bytes = bytes
    self.range = (range ?? 0..<bytes.count).clamped(to: 0..<bytes.count)
    arena = ContextArena()
    observed = accounting
    last = BitPosition.table.words[510]
    withEngine { engine in
      engine.refill()
      // 510 is the largest offset plus one that an encoder can leave.
      if engine.value >= engine.range { failure = .corruptRegister(element: 0) }
    }
  }

  /// A decoder of a part of a tensor that someone else began, without accounting.
  init(part state: TensorState, arena: ContextArena, bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    self.range = range
    self.arena = arena
    observed = false
    last = state.levels.tally.last
    registers = state.levels.registers
    tensor = state
  }

  /// Bits consumed so far, the position `pos` of format reference 4.2.
  public var position: Int { registers.position }

  /// Whether the reference decoder would have read past the last byte.
  public var isBeyondEnd: Bool { registers.position >> 3 + 2 > range.count }

  /// Takes what has been charged since the last call: call it after each tensor and after `finish()`.
  public func takeLedger() -> PayloadLedger {
    drainTensor()
    defer { account = PayloadLedger() }
    return account
  }

  /// qp_delta: `bits` bypass bins as a two's complement number; bits = 6 + qp_density (format reference 4.1).
  public func readQuantizationDelta(bits: Int) throws(DecodingError) -> Int {
    try check()
    guard (1...32).contains(bits) else { throw .invalidParameters("qp_density") }
    let raw = withEngine { Int($0.decodeBypass(bits)) }
    charge(.quantizationDelta, bypassBins: bits)
    return raw >> (bits - 1) == 0 ? raw : raw - (1 << bits)
  }

  /// Starts a tensor: reads its flags and shift parameters (format reference 4.4 and 4.7).
  ///
  /// `base`: parent integers in C order, given if and only if temporal contexts are in use; `history`: mask of
  /// positions that were ever non-zero; both need one entry per element. `rowBits`: account for every row.
  /// Throws for parameters out of range and for `historyRequired`.
  @discardableResult
  public func beginTensor(
    _ parameters: CodedTensorParameters, base: [Int32]? = nil, history: [UInt8]? = nil,
    rowBits: Bool = false
  ) throws(DecodingError) -> TensorFacts {
    try check()
    let geometry = try TensorGeometry(parameters)
    if let base {
      guard base.count == geometry.count else { throw .wrongElementCount("base") }
      guard parameters.dialect == .profile1 else { throw .temporalContextsNeedProfile1 }
    }
    if let history, history.count != geometry.count { throw .wrongElementCount("history") }
    if let tensor, tensor.element < tensor.geometry.count { throw .misuse("tensor not finished") }
    let layout = ContextLayout(unaryLength: parameters.unaryLength)
    var facts = TensorFacts(geometry: geometry, layout: layout)
    let start = arena.words + PackedContext.contexts
    start.update(repeating: PackedContext.ecoWords[0], count: layout.count)
    if geometry.codesRowFlags { try readRowFlags(&facts, parameters) }
    if facts.historyFlag == true && history == nil { throw fail(.historyRequired) }
    let groups = layout.shiftGroups(
      parameters: parameters, geometry: geometry, temporal: base != nil,
      history: facts.historyFlag == true)
    try readShiftParameters(groups, &facts)
    var state = TensorState(
      parameters: parameters, geometry: geometry, facts: facts, base: base,
      history: facts.historyFlag == true ? history : nil,
      observed: observed)
    state.shouldStop = shouldStop
    state.levels.registers = registers
    state.levels.tally.last = last
    if rowBits, observed, geometry.count > 0 {
      state.rowBits = [UInt64](repeating: 0, count: geometry.rows)
    }
    do {
      if geometry.resetsFirstBlockRow { try state.startBlockRow(arena, resetContexts: false) }
    } catch {
      throw fail(error)
    }
    state.firstPosition = state.levels.registers.position
    registers = state.levels.registers
    tensor = state
    return facts
  }

  /// The three end-of-payload checks (format reference 4.3).
  ///
  /// Charges all bits that are left to `termination`.
  public func finish() -> PayloadEnd {
    drainTensor()
    let terminated = withEngine { $0.decodeTerminate() }
    let consumed = position >> 3 + 2
    let final = consumed - 1
    let pattern = final < range.count ? bytes[range.lowerBound + final] << UInt8(position & 7) : 0
    if observed {
      let total = UInt64(truncatingIfNeeded: 8 * range.count) &<< 32
      account.charge(
        .termination, bits: BitPosition.bits(total &- charged), contextBins: 1)
      charged = total
    }
    failure = .misuse("payload finished")
    return PayloadEnd(
      terminateBin: terminated, stopPattern: pattern == 0x80, bytesConsumed: consumed,
      payloadLength: range.count)
  }

  /// The end-of-payload checks for a decoder that stands at `registers`.
  func end(at registers: ArithmeticRegisters) -> PayloadEnd {
    tensor = nil
    self.registers = registers
    return finish()
  }

  /// Moves what the loops gathered for a tensor to the ledger.
  func drain(_ state: inout TensorState) {
    state.drain(&account, last: &last, charged: &charged)
  }

  private func drainTensor() {
    tensor?.drain(&account, last: &last, charged: &charged)
  }

  /// Throws the error that stopped the decoder, if any.
  func check() throws(DecodingError) {
    if let failure { throw failure }
  }

  /// Remembers an error and returns it.
  func fail(_ error: DecodingError) -> DecodingError {
    failure = error
    return error
  }

  /// Runs `body` on an engine with the current registers.
  func withEngine<Result>(_ body: (inout ArithmeticEngine) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { buffer in
      let base = buffer.baseAddress.map { $0 + range.lowerBound }
      // Nothing is read through the stand-in: it only serves an empty payload.
      let source =
        base ?? UnsafePointer(UnsafeRawPointer(arena.words).assumingMemoryBound(to: UInt8.self))
      var engine = ArithmeticEngine(registers, bytes: source, size: range.count)
      defer { registers = engine.registers }
      return body(&engine)
    }
  }

  /// Charges everything since the last sample to a class.
  private func charge(_ syntaxClass: SyntaxClass, contextBins: Int = 0, bypassBins: Int = 0) {
    guard observed else { return }
    let now =
      UInt64(bitPattern: Int64(registers.position)) &<< 32
      &+ BitPosition.table.words[Int(registers.range >> 55)]
    account.charge(
      syntaxClass, bits: BitPosition.bits(now &- last), contextBins: contextBins,
      bypassBins: bypassBins)
    charged &+= now &- last
    last = now
  }

  /// The flags before the shift parameters.
  private func readRowFlags(
    _ facts: inout TensorFacts, _ parameters: CodedTensorParameters
  ) throws(DecodingError) {
    if parameters.parentNodePresent {
      facts.historyFlag = withEngine { $0.decodeBypass(1) == 1 }
      charge(.historyFlag, bypassBins: 1)
    }
    let enabled = withEngine { $0.decodeBypass(1) == 1 }
    facts.rowSkipEnabledFlag = enabled
    charge(.rowSkip, bypassBins: 1)
    guard enabled else { return }
    let context = facts.layout.rowSkip
    let rows = facts.geometry.rows
    let mask: [UInt8] = withEngine { engine in
      var mask: [UInt8] = []
      while mask.count < rows && !engine.isBeyondEnd {
        engine.refillIfNeeded()
        mask.append(engine.decodeBin(arena.words, context) ? 1 : 0)
      }
      return mask
    }
    if isBeyondEnd { throw fail(.payloadExhausted(element: 0)) }
    facts.rowMask = mask
    charge(.rowSkip, contextBins: rows)
  }

  /// The shift parameter list: eco sets of all contexts of the tensor.
  private func readShiftParameters(
    _ groups: [ShiftGroup], _ facts: inout TensorFacts
  ) throws(DecodingError) {
    let shift = facts.layout.shift
    var sets = [UInt8](repeating: 255, count: facts.layout.count)
    sets[shift] = 0
    if facts.rowSkipEnabledFlag == true { sets[facts.layout.rowSkip] = 0 }
    var flags = 0
    var values = 0
    let words = arena.words
    let start = PackedContext.contexts
    withEngine { engine in
      for group in groups {
        for context in group.start..<group.codedEnd {
          engine.refillIfNeeded()
          var set = 0
          if engine.decodeBin(words, shift) {
            set = 1 + Int(engine.decodeBypass(3))
            values += 1
          }
          sets[context] = UInt8(set)
          words[start + context] = PackedContext.ecoWords[set]
        }
        for context in group.codedEnd..<group.end { sets[context] = 0 }
        flags += group.codedEnd - group.start
      }
    }
    (words + PackedContext.initialContexts).update(
      from: words + start, count: facts.layout.count)
    facts.ecoSets = sets
    charge(.shiftParameters, contextBins: flags, bypassBins: 3 * values)
    if isBeyondEnd { throw fail(.payloadExhausted(element: 0)) }
  }
}
