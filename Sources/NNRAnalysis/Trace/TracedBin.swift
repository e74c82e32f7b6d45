import DeepCABAC

/// A bin of a payload as the stepper shows it.
public struct TracedBin: Sendable, Hashable {
  /// Its number, from the first bin of the payload; a reset of the range at a block row counts as a bin.
  public let index: Int
  /// The bin with its place.
  public let walked: WalkedBin

  /// The bin and the registers before it.
  public var event: BinEvent { walked.event }
  /// The place of the tensor in its unit, in coded order.
  public var tensor: Int { walked.tensor }

  /// The probability of the most probable symbol by the state of the context (format reference 7.3); nil outside of
  /// contexts.
  public var mpsProbability: Double? { event.before.map(Self.probability) }

  /// The probability of the most probable symbol in a state.
  public static func probability(_ state: EstimatorState) -> Double {
    let place = min(max(512 + (state.sum >> 3), 1), 1023)
    let distance = place < 512 ? 512.5 - Double(place) : Double(place) - 511.5
    return 1 - PowerOfTwo.negative(1 + 400.79896 / 32768 * distance)
  }

  /// The name of the element, such as `abs_level_greater[2]`.
  public var elementName: String {
    let index = event.element.index
    switch event.element.syntaxClass {
    case .quantizationDelta: return "qp_delta"
    case .historyFlag: return "hist_dep_sig_prob_enabled_flag"
    case .rowSkip: return event.kind == .bypass ? "row_skip_enabled_flag" : "row_skip[\(index)]"
    case .shiftParameters:
      return event.kind == .bypass ? "shift_parameter[\(index)]" : "shift_flag[\(index)]"
    case .sigFlag: return "sig_flag"
    case .signFlag: return "sign_flag"
    case .absLevelGreater: return "abs_level_greater[\(index)]"
    case .absRemainderPrefix: return "abs_remainder_prefix[\(index)]"
    case .absRemainderSuffix: return "abs_remainder_suffix"
    case .blockRowReset: return "block_row_reset"
    case .termination: return "end_of_payload"
    }
  }
}

/// Powers of two with a fraction in the exponent.
enum PowerOfTwo {
  /// 2 to the minus `exponent`, for exponents from 0 to 1000, without a mathematics library.
  static func negative(_ exponent: Double) -> Double {
    let bounded = min(max(exponent, 0), 1000)
    let whole = bounded.rounded(.down)
    let x = (bounded - whole) * -0.693147180559945309417
    var term = 1.0
    var sum = 1.0
    for n in stride(from: 1.0, through: 20.0, by: 1.0) {
      term *= x / n
      sum += term
    }
    return Double(sign: .plus, exponent: -Int(whole), significand: sum)
  }
}
