import NNRModel

/// What a tensor costs, and what it could not cost less than.
public struct TensorCost: Sendable {
  /// The tensor, as the headers tell.
  public let tensor: CodedTensor
  /// The payload bits that belong to it, by class; empty until it is decoded.
  public internal(set) var costs = ClassCosts()
  /// The zero-order entropy of its levels in bits per weight; nil for raw floats and until it is decoded.
  public internal(set) var entropy: Double?
  /// The entropy in bits per weight given the sign of the level before; nil as `entropy`.
  public internal(set) var contextEntropy: Double?
  /// The bits of each row's levels; empty unless asked for.
  public internal(set) var rowBits: [Double] = []
  /// One byte for each row, 1 for skipped; empty without row skipping.
  public internal(set) var rowMask: [UInt8] = []
  /// Whether its payload was decoded to its end, or needs no decoding.
  public internal(set) var isKnown = false

  /// A tensor of which only the headers are known.
  init(_ tensor: CodedTensor) { self.tensor = tensor }

  /// The name; not safe to print.
  public var name: String { tensor.name }
  /// The number of weights; nil if the dimensions are not known.
  public var weights: Int? { tensor.count }
  /// Its payload bits; nil until it is decoded.
  public var bits: Double? { isKnown ? costs.total : nil }

  /// Bits for each weight; nil if not known or without weights.
  public var bitsPerWeight: Double? {
    guard let bits, let weights, weights > 0 else { return nil }
    return bits / Double(weights)
  }

  /// By which factor it is smaller than with `width` bits for each weight; nil if not known.
  public func ratio(toWidth width: Double) -> Double? {
    guard let bitsPerWeight, bitsPerWeight > 0 else { return nil }
    return width / bitsPerWeight
  }

  /// The bits that the zero-order entropy asks for; nil as `entropy`.
  public var entropyBits: Double? {
    guard let entropy, let weights else { return nil }
    return entropy * Double(weights)
  }

  /// The share by which it costs more (or less, if negative) than the zero-order entropy; nil where that is 0.
  public var excess: Double? {
    guard let bits, let entropyBits, entropyBits > 0 else { return nil }
    return bits / entropyBits - 1
  }

  /// What was paid beside levels: QP, flags, shift parameters, resets, the end of the payload.
  public var overhead: Double { costs[group: .overhead] }

  /// Takes over what decoding found, if it went to the end of the tensor.
  mutating func fill(_ figures: TensorFigures) {
    guard let end = figures.end, let ledger = end.ledger else { return }
    costs = ClassCosts(ledger)
    // What follows the codeword is charged to its end by the decoder, but nobody decoded it.
    costs.add(-8 * Double(end.unusedBytes), to: .payload(.termination))
    rowBits = end.rowBits
    rowMask = figures.start.rowMask
    entropy = figures.levels.entropy
    contextEntropy = figures.levels.conditionalEntropy
    isKnown = true
  }
}
