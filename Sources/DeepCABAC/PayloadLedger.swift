/// The kinds of syntax that payload bits are charged to (format reference 7.2).
public enum SyntaxClass: Int, Sendable, Hashable, CaseIterable {
  /// qp_delta.
  case quantizationDelta
  /// hist_dep_sig_prob_enabled_flag.
  case historyFlag
  /// row_skip_enabled_flag and the row skip flags.
  case rowSkip
  /// Shift parameter flags and values.
  case shiftParameters
  /// sig_flag.
  case sigFlag
  /// sign_flag.
  case signFlag
  /// abs_level_greater flags.
  case absLevelGreater
  /// Context-coded prefix of abs_remainder.
  case absRemainderPrefix
  /// Bypass suffix of abs_remainder.
  case absRemainderSuffix
  /// Bits lost when the range is set to 256 at a block row.
  case blockRowReset
  /// Terminate bin, the constant 8 - log2(255), stop bit, padding and whatever follows.
  case termination

  /// The class by the name of its syntax element.
  public var name: String {
    switch self {
    case .quantizationDelta: "qp"
    case .historyFlag: "history_flag"
    case .rowSkip: "row_skip"
    case .shiftParameters: "shift_parameters"
    case .sigFlag: "sig_flag"
    case .signFlag: "sign_flag"
    case .absLevelGreater: "abs_level_greater"
    case .absRemainderPrefix: "abs_remainder_prefix"
    case .absRemainderSuffix: "abs_remainder_suffix"
    case .blockRowReset: "block_row_reset"
    case .termination: "termination"
    }
  }
}

/// Totals of one class.
public struct ClassTotals: Sendable, Hashable {
  /// Cost in bits, fractional.
  public var bits = 0.0
  /// Number of context-coded bins (the terminate bin counts as one).
  public var contextBins = 0
  /// Number of bypass bins.
  public var bypassBins = 0

  /// Nothing yet.
  public init() {}
}

/// Who paid the bits of a payload.
///
/// After `PayloadDecoder.finish()` the classes sum to 8 x payload bytes.
public struct PayloadLedger: Sendable, Hashable {
  private var totals = [ClassTotals](repeating: ClassTotals(), count: SyntaxClass.allCases.count)

  /// An empty ledger.
  public init() {}

  /// Totals of one class.
  public subscript(_ syntaxClass: SyntaxClass) -> ClassTotals {
    get { totals[syntaxClass.rawValue] }
    set { totals[syntaxClass.rawValue] = newValue }
  }

  /// Bits of all classes.
  public var bits: Double { totals.reduce(0) { $0 + $1.bits } }

  /// Bins of all classes.
  public var bins: Int { totals.reduce(0) { $0 + $1.contextBins + $1.bypassBins } }

  /// Adds another ledger, class by class.
  public mutating func add(_ other: PayloadLedger) {
    for syntaxClass in SyntaxClass.allCases {
      let more = other[syntaxClass]
      self[syntaxClass].bits += more.bits
      self[syntaxClass].contextBins += more.contextBins
      self[syntaxClass].bypassBins += more.bypassBins
    }
  }

  /// Charges bits and bins to a class.
  mutating func charge(
    _ syntaxClass: SyntaxClass, bits: Double, contextBins: Int = 0, bypassBins: Int = 0
  ) {
    self[syntaxClass].bits += bits
    self[syntaxClass].contextBins += contextBins
    self[syntaxClass].bypassBins += bypassBins
  }

  /// Adds what the hot loops gathered and empties their tally but for the last position.
  mutating func take(_ tally: inout LevelTally) {
    charge(.sigFlag, bits: BitPosition.bits(tally.sig), contextBins: tally.sigBins)
    charge(.signFlag, bits: BitPosition.bits(tally.sign), contextBins: tally.signBins)
    charge(.absLevelGreater, bits: BitPosition.bits(tally.greater), contextBins: tally.greaterBins)
    charge(
      .absRemainderPrefix, bits: BitPosition.bits(tally.prefix), contextBins: tally.prefixBins)
    charge(
      .absRemainderSuffix, bits: BitPosition.bits(tally.suffix), bypassBins: tally.suffixBins)
    tally = LevelTally(last: tally.last)
  }
}
