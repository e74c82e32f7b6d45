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
  public internal(set) var observer: Observer {
    get { engine.observer }
    set { engine.observer = newValue }
  }

  /// qp_delta of `bits` bypass bins, 1 to 32.
  public mutating func readQuantizationDelta(bits: Int) -> Int {
    let count = min(max(bits, 1), 32)
    let raw = engine.bypass(count, BinElement(.quantizationDelta))
    return raw >> (count - 1) == 0 ? raw : raw - (1 << count)
  }

  /// Decodes one tensor; inputs, output and errors are those of `PayloadDecoder.decode`.
  ///
  /// `shouldContinue` is asked after every row of a block; `cancelled` is thrown if it says no.
  public mutating func decode(
    _ parameters: CodedTensorParameters, base: [Int32]? = nil, history: [UInt8]? = nil,
    shouldContinue: () -> Bool = { true }
  ) throws(DecodingError) -> [Int32] {
    let geometry = try TensorGeometry(parameters)
    if let base, base.count != geometry.count { throw .wrongElementCount("base") }
    if let history, history.count != geometry.count { throw .wrongElementCount("history") }
    var tensor = SteppingTensor(parameters, geometry, base: base, history: history)
    var levels = [Int32](repeating: 0, count: geometry.count)
    engine.place = nil
    defer { engine.place = nil }
    try tensor.readFlags(&engine)
    let initial = engine.contexts
    if geometry.resetsFirstBlockRow && !engine.resetRange() { throw .corruptRegister(element: 0) }
    guard geometry.count > 0 else { return levels }
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
          if tensor.skips(row: y) {
            tensor.skipRow()
            continue
          }
          for x in left..<min(left + geometry.blockWidth, geometry.width) {
            engine.place = (y, x)
            let element = y * geometry.width + x
            levels[element] = try tensor.decodeLevel(&engine, element: element)
          }
          guard shouldContinue() else { throw .cancelled }
        }
        if (engine.position >> 3) + 2 > engine.bytes.count {
          throw .payloadExhausted(element: top * geometry.width + left)
        }
      }
    }
    return levels
  }

  /// The end-of-payload checks.
  public mutating func finish() -> PayloadEnd { engine.finish() }
}
