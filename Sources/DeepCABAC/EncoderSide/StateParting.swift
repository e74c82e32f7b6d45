/// Where the trellis of NNCodec's quantizer and that of its coder part (quirk Q4 of format reference 8).
///
/// For a skipped row the coder moves its state by W levels of parity 0 at every block column; the quantizer moves it by the
/// levels that are there. Decoders follow the coder, so what they decode is sound, but not what was quantized.
public enum StateParting {
  /// Whether a skipped row of a tensor of such shape may part them.
  ///
  /// A block at the right edge never does: what is missing to W is a multiple of the block width, and so of 8.
  public static func isPossible(_ geometry: TensorGeometry, dependentQuantization: Bool) -> Bool {
    dependentQuantization && geometry.codesRowFlags && geometry.scanOrder > 0
      && geometry.width > geometry.blockWidth && geometry.width % 4 != 0
  }

  /// Whether they part at a skipped row in a block as wide as blocks are, if both are in `state` before it; `width` is W.
  ///
  /// Parity 0 keeps states 0 and 5, swaps 3 and 6, and turns 1, 7, 4, 2 in a circle; a whole block changes nothing.
  public static func parts(at state: Int, width: Int) -> Bool {
    switch width % 4 {
    case 0: false
    case 2: [1, 2, 4, 7].contains(state)
    default: state != 0 && state != 5
    }
  }
}

/// The states of NNCodec's quantizer and of its coder at a place of the scan.
public struct StatePair: Sendable, Hashable {
  /// The state of the quantizer, 0 to 7.
  public private(set) var quantizer = 0
  /// The state of the coder, which decoders follow.
  public private(set) var coder = 0

  /// How many pairs there are.
  static let count = 64
  /// The number of the pair.
  var number: Int { 8 * quantizer + coder }

  /// Both at the start of a tensor.
  public init() {}

  /// Whether the two are the same.
  public var areEqual: Bool { quantizer == coder }

  /// Moves both over the segment of a skipped row: `columns` of it lie in the block, `width` in the row.
  public mutating func skip(columns: Int, width: Int) {
    for _ in 0..<columns % 4 { quantizer = Self.next(quantizer, odd: false) }
    for _ in 0..<width % 4 { coder = Self.next(coder, odd: false) }
  }

  /// The integers that the quantizer can have chosen where decoders find `decoded`; empty where it cannot get here.
  ///
  /// With equal parity they are the same. Otherwise the quantizer's is one more, but for 0: that is 0, or, in an odd state of
  /// the quantizer, 1.
  public func origins(of decoded: Int32) -> Origins {
    guard (quantizer ^ coder) & 1 == 1 else { return Origins(least: decoded, count: 1) }
    if decoded == 0 { return Origins(least: 0, count: quantizer & 1 == 1 ? 2 : 1) }
    // From −1 the quantizer's would be 0, which no coder turns into −1.
    guard decoded != -1, decoded < .max else { return Origins(least: 0, count: 0) }
    return Origins(least: decoded + 1, count: 1)
  }

  /// Moves both over a level: `origin` was chosen, `decoded` is found.
  public mutating func advance(origin: Int32, decoded: Int32) {
    quantizer = Self.next(quantizer, odd: Self.isOdd(origin, quantizer))
    coder = Self.next(coder, odd: Self.isOdd(decoded, coder))
  }

  /// Whether the level before the doubling is odd for an integer after it.
  private static func isOdd(_ integer: Int32, _ state: Int) -> Bool {
    integer != 0 && (Int(integer.magnitude) + (state & 1)) >> 1 & 1 == 1
  }

  private static func next(_ state: Int, odd: Bool) -> Int {
    Int(ProbabilityTables.trellis[2 * state + (odd ? 1 : 0)])
  }

  /// The integers of the quantizer behind a decoded one: `count` of them from `least` on.
  public struct Origins: Sendable, Hashable {
    /// The least of them.
    public let least: Int32
    /// 0, 1 or 2.
    public let count: Int
  }
}
