/// How a bin is coded.
public enum BinKind: Sendable, Hashable, CaseIterable {
  /// Context-coded bin.
  case context
  /// Bypass bin.
  case bypass
  /// Terminate bin.
  case terminate
  /// Not a bin: the range is set to 256 at a block row; `bin` is 0.
  case rangeReset
}

/// State of the two estimators of a context (format reference 4.5).
public struct EstimatorState: Sendable, Hashable {
  /// Fast state S0.
  public var fast: Int
  /// `sum = 16 * S0 + S1`.
  public var sum: Int

  /// A state.
  public init(fast: Int, sum: Int) {
    self.fast = fast
    self.sum = sum
  }
}

/// The syntax element a bin belongs to.
public struct BinElement: Sendable, Hashable {
  /// Class the bin is charged to.
  public var syntaxClass: SyntaxClass
  /// What the bin is about: the row of a row skip flag, the context that a shift flag initialises, j of an
  /// abs_level_greater flag or of a prefix bin; 0 otherwise.
  public var index: Int

  /// An element.
  public init(_ syntaxClass: SyntaxClass, index: Int = 0) {
    self.syntaxClass = syntaxClass
    self.index = index
  }
}

/// One decoded bin, with the registers of format reference 4.2 as they were before it.
public struct BinEvent: Sendable, Hashable {
  /// How the bin is coded.
  public var kind: BinKind
  /// Syntax element.
  public var element: BinElement
  /// Context in the numbering of format reference 4.8; nil unless `kind` is `context`.
  public var context: Int?
  /// R before the bin.
  public var range: Int
  /// V before the bin, with the look-ahead bits of the reference register.
  public var offset: Int
  /// Bit position `pos` before the bin.
  public var position: Int
  /// Estimators before a context bin.
  public var before: EstimatorState?
  /// Estimators after a context bin.
  public var after: EstimatorState?
  /// L, the range of the least probable symbol; nil unless `kind` is `context`.
  public var lps: Int?
  /// Most probable symbol; nil unless `kind` is `context`.
  public var mps: Int?
  /// The bin, 0 or 1.
  public var bin: Int
  /// Cost in bits (format reference 7.2).
  public var cost: Double
  /// Row of the level the bin belongs to; nil outside levels.
  public var row: Int?
  /// Column of the level the bin belongs to; nil outside levels.
  public var column: Int?
}

/// Receives every bin of a payload from a `SteppingDecoder`.
public protocol BinObserver {
  /// Called after each bin, in decoding order.
  mutating func observe(_ event: BinEvent)
}

/// Keeps all bins, up to a limit.
public struct BinRecorder: BinObserver, Sendable {
  /// The bins seen so far.
  public private(set) var events: [BinEvent] = []
  private let limit: Int

  /// A recorder that keeps the first `limit` bins.
  public init(limit: Int = .max) { self.limit = limit }

  /// Keeps the bin if there is room.
  public mutating func observe(_ event: BinEvent) {
    if events.count < limit { events.append(event) }
  }
}
