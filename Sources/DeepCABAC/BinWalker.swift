/// Decodes a payload bin by bin, one step at a time: a value, so that a copy is a place to come back to.
///
/// Steps are qp_delta, the flags of a tensor, one row skip flag, the shift parameters, one block row start, one level, a
/// run of skipped positions, and the end. Copies share what does not change and hold no levels.
public struct BinWalker: Sendable {
  /// A coded tensor of the payload.
  public struct Tensor: Sendable {
    /// Bits of its qp_delta; nil if it has none.
    public var quantizationDeltaBits: Int?
    /// What the headers say.
    public var parameters: CodedTensorParameters
    /// Parent integers; nil without temporal contexts.
    public var base: [Int32]?
    /// History mask; nil if there is none.
    public var history: [UInt8]?

    /// A tensor; inputs as for `PayloadDecoder.beginTensor`.
    public init(
      quantizationDeltaBits: Int?, parameters: CodedTensorParameters, base: [Int32]? = nil,
      history: [UInt8]? = nil
    ) {
      self.quantizationDeltaBits = quantizationDeltaBits
      self.parameters = parameters
      self.base = base
      self.history = history
    }
  }

  private enum Phase: Sendable {
    case start, flags, rowFlag(Int), shifts, levels(Int), failed, done
  }

  private let tensors: [Tensor]
  private var engine: SteppingEngine<BinRecorder>
  private var current: SteppingTensor?
  private var phase = Phase.start
  /// The tensor that the next step belongs to; the last one for the end of the payload.
  public private(set) var tensor = 0
  /// The end of the payload, once it is reached.
  public private(set) var end: PayloadEnd?

  /// A walk over `bytes` as one payload that codes `tensors`.
  public init(bytes: [UInt8], tensors: [Tensor]) {
    self.tensors = tensors
    engine = SteppingEngine(bytes: bytes, observer: BinRecorder())
    if tensors.isEmpty { phase = .done }
  }

  /// Whether no step is left.
  public var isAtEnd: Bool {
    switch phase {
    case .failed, .done: true
    default: false
    }
  }

  /// Bit position `pos` behind the last bin.
  public var position: Int { engine.position }

  /// Takes one step and adds its bins to `bins`; false if there was none left.
  ///
  /// An error ends the walk; the bins of the step up to it are added. Steps without bins are skipped.
  public mutating func step(into bins: inout [WalkedBin]) throws(DecodingError) -> Bool {
    let before = bins.count
    while bins.count == before {
      guard !isAtEnd else { return false }
      try take(&bins)
    }
    return true
  }

  private mutating func take(_ bins: inout [WalkedBin]) throws(DecodingError) {
    let (place, state) = (tensor, current?.state)
    var found = Level()
    do throws(DecodingError) {
      found = try advance()
    } catch {
      deliver(place, found, state, &bins)
      phase = .failed
      throw error
    }
    deliver(place, found, state, &bins)
  }

  /// What a step found out about a level.
  private struct Level {
    var scanIndex: Int?
    var integer: Int32?
  }

  private mutating func advance() throws(DecodingError) -> Level {
    let input = tensors[tensor]
    switch phase {
    case .start:
      // No encoder can leave such a register.
      if tensor == 0, engine.offset >= engine.range << 7 { throw .corruptRegister(element: 0) }
      if let bits = input.quantizationDeltaBits {
        _ = engine.bypass(min(max(bits, 1), 32), BinElement(.quantizationDelta))
      }
      let geometry = try TensorGeometry(input.parameters)
      if let base = input.base, base.count != geometry.count { throw .wrongElementCount("base") }
      if let history = input.history, history.count != geometry.count {
        throw .wrongElementCount("history")
      }
      current = SteppingTensor(
        input.parameters, geometry, base: input.base, history: input.history)
      phase = .flags
    case .flags:
      guard let coded = try current?.readEnablingFlags(&engine) else { break }
      phase = coded ? .rowFlag(0) : .shifts
    case .rowFlag(let row):
      guard let rows = current?.geometry.rows, row < rows else {
        phase = .shifts
        break
      }
      current?.readRowFlag(&engine, row: row)
      try checkEnd(0)
      phase = .rowFlag(row + 1)
    case .shifts:
      current?.readShiftParameters(&engine)
      current?.initial = engine.contexts.map { $0.state }
      try checkEnd(0)
      phase = .levels(0)
      if current?.geometry.resetsFirstBlockRow == true, !engine.resetRange() {
        throw .corruptRegister(element: 0)
      }
    case .levels(let index): return try advance(level: index)
    case .failed, .done: break
    }
    return Level()
  }

  private mutating func advance(level index: Int) throws(DecodingError) -> Level {
    guard let geometry = current?.geometry, let element = geometry.element(atScanIndex: index)
    else {
      endTensor()
      return Level()
    }
    engine.place = nil
    if current?.startsBlockRow(index) == true {
      try startBlockRow(element)
      return Level()
    }
    let (row, column) = element.quotientAndRemainder(dividingBy: geometry.width)
    if current?.skips(row: row) == true {
      current?.skipRow()
      phase = .levels(index + min(geometry.blockWidth, geometry.width - column))
      current?.blockRowStarted = nil
      return Level()
    }
    engine.place = (row, column)
    var level = Level(scanIndex: index)
    level.integer = try current?.decodeLevel(&engine, element: element)
    try checkEnd(element)
    phase = .levels(index + 1)
    return level
  }

  private mutating func startBlockRow(_ element: Int) throws(DecodingError) {
    guard var tensor = current else { return }
    for place in engine.contexts.indices { engine.contexts[place].state = tensor.initial[place] }
    tensor.neighbour = 0
    tensor.blockRowStarted = element
    current = tensor
    guard engine.resetRange() else { throw .corruptRegister(element: element) }
  }

  private mutating func endTensor() {
    engine.place = nil
    if tensor + 1 < tensors.count {
      tensor += 1
      phase = .start
    } else {
      end = engine.finish()
      phase = .done
    }
  }

  private func checkEnd(_ element: Int) throws(DecodingError) {
    if engine.isBeyondEnd { throw .payloadExhausted(element: element) }
  }

  private mutating func deliver(
    _ place: Int, _ level: Level, _ state: Int?, _ bins: inout [WalkedBin]
  ) {
    let events = engine.observer.events
    guard !events.isEmpty else { return }
    engine.observer = BinRecorder()
    // Where no bin codes the sign, the codebook gives it.
    let codesSign = events.contains { $0.element.syntaxClass == .signFlag }
    var running = RunningLevel(negative: !codesSign && (level.integer ?? 1) < 0)
    var scanIndex = level.scanIndex
    if scanIndex == nil, case .levels(let index) = phase, events[0].row != nil { scanIndex = index }
    for event in events {
      running.add(event)
      bins.append(
        WalkedBin(
          event: event, tensor: place, scanIndex: event.row == nil ? nil : scanIndex,
          level: event.row == nil ? nil : running.value,
          state: event.row == nil ? nil : state,
          integer: event.row == nil ? nil : level.integer))
    }
  }
}
