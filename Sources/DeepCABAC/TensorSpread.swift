/// Where the bits of a coded tensor went, by row, by block of the scan and by context: found bin by bin.
///
/// The slow way to what `PayloadDecoder` accounts for by class; the sums are the same.
public struct TensorSpread: Sendable {
  /// A part: its bits, and where they begin.
  public struct Part: Sendable, Hashable {
    /// Cost in bits, fractional.
    public var bits = 0.0
    /// Number of bins.
    public var bins = 0
    /// Bit position `pos` before the first bin; nil if there is none.
    public var start: Int?

    /// Nothing yet.
    public init() {}

    /// Charges a bin.
    mutating func add(_ event: BinEvent) {
      bits += event.cost
      if event.kind != .rangeReset { bins += 1 }
      if start == nil { start = event.position }
    }
  }

  /// The two-dimensional view of the tensor.
  public let geometry: TensorGeometry
  /// The numbers of its contexts.
  public let layout: ContextLayout
  /// The levels of each row; parts without bins are skipped or cost nothing.
  public private(set) var rows: [Part]
  /// The levels of each block of the scan, block row after block row; one block in raster order.
  public private(set) var blocks: [Part]
  /// The bins of each context, by its number.
  public private(set) var contexts: [Part]
  /// The bins without a context, by the class they belong to; range resets are among them.
  public private(set) var contextless = [Part](repeating: Part(), count: SyntaxClass.allCases.count)
  /// All bins by class; what the end of the payload costs beside them is charged to `termination`.
  public private(set) var classes = [Part](repeating: Part(), count: SyntaxClass.allCases.count)

  /// Blocks in a block row.
  public var blockColumns: Int {
    max(1, (geometry.width + geometry.blockWidth - 1) / geometry.blockWidth)
  }

  /// The bits of all classes.
  public var bits: Double { classes.reduce(0) { $0 + $1.bits } }

  /// A tensor without bins.
  init(_ parameters: CodedTensorParameters) throws(DecodingError) {
    geometry = try TensorGeometry(parameters)
    layout = ContextLayout(unaryLength: parameters.unaryLength)
    rows = [Part](repeating: Part(), count: geometry.count > 0 ? geometry.rows : 0)
    contexts = [Part](repeating: Part(), count: layout.count)
    blocks = []
    let count = geometry.count > 0 ? geometry.blockRows * blockColumns : 0
    blocks = [Part](repeating: Part(), count: count)
  }

  /// Charges a bin to everything it belongs to.
  mutating func add(_ event: BinEvent) {
    let place = event.element.syntaxClass.rawValue
    classes[place].add(event)
    if let context = event.context {
      contexts[context].add(event)
    } else {
      contextless[place].add(event)
    }
    guard let row = event.row, let column = event.column else { return }
    rows[row].add(event)
    blocks[row / geometry.blockHeight * blockColumns + column / geometry.blockWidth].add(event)
  }

  /// Charges what the payload holds beside bins to its end.
  mutating func addEnd(_ bits: Double) {
    classes[SyntaxClass.termination.rawValue].bits += bits
    contextless[SyntaxClass.termination.rawValue].bits += bits
  }
}

/// Spreads the bins of a payload over its tensors.
private struct SpreadObserver: BinObserver {
  var tensors: [TensorSpread] = []

  mutating func observe(_ event: BinEvent) {
    guard !tensors.isEmpty else { return }
    tensors[tensors.count - 1].add(event)
  }
}

extension TensorSpread {
  /// The spreads of the tensors that `bytes` code as one payload; bytes behind the codeword belong to none.
  ///
  /// `shouldContinue` is asked after every row of a block; `cancelled` is thrown if it says no.
  public static func all(
    of tensors: [BinWalker.Tensor], in bytes: [UInt8],
    shouldContinue: () -> Bool = { true }
  ) throws(DecodingError) -> [TensorSpread] {
    var decoder = SteppingDecoder(bytes: bytes, observer: SpreadObserver())
    for tensor in tensors {
      decoder.observer.tensors.append(try TensorSpread(tensor.parameters))
      if let bits = tensor.quantizationDeltaBits {
        _ = decoder.readQuantizationDelta(bits: bits)
      }
      _ = try decoder.decode(
        tensor.parameters, base: tensor.base, history: tensor.history,
        shouldContinue: shouldContinue)
    }
    let end = decoder.finish()
    var spreads = decoder.observer.tensors
    if !spreads.isEmpty {
      let rest = 8 * Double(min(end.bytesConsumed, bytes.count))
      spreads[spreads.count - 1].addEnd(rest - spreads.reduce(0) { $0 + $1.bits })
    }
    return spreads
  }
}
