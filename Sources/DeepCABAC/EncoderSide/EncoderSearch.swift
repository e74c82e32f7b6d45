/// A decoded tensor whose integers may differ from those that its encoder chose.
public struct SuspectTensor: Sendable {
  /// What the headers say of it.
  public let parameters: CodedTensorParameters
  /// One byte for each row, 1 for skipped.
  public let rowMask: [UInt8]
  /// The decoded integers in C order.
  public let levels: [Int32]
  let geometry: TensorGeometry

  /// A tensor; nil unless the states of its quantizer and its coder can have parted in it.
  public init?(_ parameters: CodedTensorParameters, rowMask: [UInt8], levels: [Int32]) {
    guard let watch = PartingWatch(parameters, rowMask: rowMask),
      let geometry = try? TensorGeometry(parameters), levels.count == geometry.count
    else { return nil }
    var whole = watch
    whole.take(levels[...])
    guard whole.place != nil else { return nil }
    self.parameters = parameters
    self.rowMask = rowMask
    self.levels = levels
    self.geometry = geometry
  }
}

/// A payload that was coded with contexts of a suspect tensor's integers, and so tells which they were.
public struct TellingPayload: Sendable {
  /// The bytes of the payload.
  public var bytes: [UInt8]
  /// The tensors in it up to the one that follows the suspect, which must be the last.
  public var tensors: [BinWalker.Tensor]
  /// Whether contexts look at the integers.
  public var usesBase: Bool
  /// Whether the integers count for the history.
  public var usesHistory: Bool
  /// Where the block rows behind the first start, as the header lists them: bits from the block row before; empty if it
  /// does not.
  public var entryPoints: [(value: Int, state: Int, distance: Int)]

  /// A payload; `base` and `history` of the last tensor are what is known without the suspect.
  public init(
    bytes: [UInt8], tensors: [BinWalker.Tensor], usesBase: Bool, usesHistory: Bool,
    entryPoints: [(value: Int, state: Int, distance: Int)]
  ) {
    self.bytes = bytes
    self.tensors = tensors
    self.usesBase = usesBase
    self.usesHistory = usesHistory
    self.entryPoints = entryPoints
  }
}

/// What a search for the encoder's integers found.
public struct EncoderSearchResult: Sendable {
  /// Why a search ended.
  public enum End: Sendable, Hashable {
    /// All that was to be looked at was looked at.
    case complete
    /// Unlikely choices were left out, as there are too many: those with the most ones.
    case narrowed
    /// It took more steps than allowed.
    case tooMany
    /// The caller asked to stop.
    case cancelled
  }

  /// The integers that remain, at most `EncoderSearch.survivorLimit` of them, the fewest ones among open zeros first.
  public internal(set) var survivors: [[Int32]] = []
  /// Whether there are more than these.
  public internal(set) var hasMore = false
  /// Whether the first of them has fewer ones among open zeros than all others: ones are rare there.
  public internal(set) var isClear = false
  /// Why it ended.
  public internal(set) var end = End.complete
  /// The assignments that were held against the payload.
  public internal(set) var trials = 0
  /// How many of these would pass the checks by chance.
  public internal(set) var chance = 0.0

  /// Nothing found.
  package init() {}
}

/// Finds the integers that an encoder chose from what decoders find, with the payload of a later round as a witness.
///
/// Zeros that may be ones are tried both ways; the fewest ones come first. What the witness cannot tell apart is kept once,
/// with a mark. The work is bounded: `stepLimit` pieces of rows.
public struct EncoderSearch {
  /// The most integers that are handed back.
  public static let survivorLimit = 8
  /// The columns that are decided at once.
  static let pieceLength = 8

  /// The most pieces of rows that are decoded.
  public var stepLimit = 12_000_000
  /// The most seconds.
  public var timeLimit = 8.0
  /// Asked now and then: whether to stop.
  public var shouldStop: @Sendable () -> Bool = { false }

  /// A search with the usual limits.
  public init() {}

  /// The integers that `suspect` can have had; with a witness those that its payload decodes with.
  ///
  /// Nil where the witness tells nothing: no context of it looks at the suspect, its shape or scan is another, or it cannot be
  /// read as far as its weights.
  public func run(_ suspect: SuspectTensor, witness: TellingPayload?) -> EncoderSearchResult? {
    var steps = 0
    var result = EncoderSearchResult()
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(timeLimit)
    // Where nothing is witnessed, paths merge, and there are few.
    for width in witness == nil ? [256] : [64, 512, 4096, 16384] {
      guard
        var pass = SearchPass(suspect, witness, width: width, stepLimit: stepLimit - steps)
      else { return nil }
      pass.shouldStop = shouldStop
      pass.isLate = { clock.now > deadline }
      result = pass.run()
      steps += pass.steps
      if !result.survivors.isEmpty || result.end == .complete || result.end == .cancelled { break }
      if steps >= stepLimit || result.end == .tooMany {
        result.end = .tooMany
        break
      }
    }
    if result.end == .narrowed, result.survivors.isEmpty { result.end = .tooMany }
    return result
  }
}
