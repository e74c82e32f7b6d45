/// What may be changed of a stream without changing an integer.
public struct RecodeKnobs: Sendable, Hashable {
  /// How a number is chosen.
  public enum Choice: Sendable, Hashable {
    /// As in the stream.
    case keep
    /// Whatever gives the fewest bytes.
    case best
    /// This one, wherever it is possible.
    case fixed(Int)
  }

  /// Which start states contexts get.
  public enum States: String, Sendable, CaseIterable {
    /// Those of the stream.
    case keep
    /// Set 0 for all.
    case standard = "default"
    /// For each context the best of the nine sets.
    case best
  }

  /// cabac_unary_length_minus1 + 1, 1 to 256.
  public var unaryLength = Choice.best
  /// scan_order, 0 to 4.
  public var scanOrder = Choice.best
  /// row_skip_enabled_flag, 0 or 1.
  public var rowSkip = Choice.best
  /// hist_dep_sig_prob_enabled_flag, 0 or 1.
  public var history = Choice.best
  /// Whether receivers are known to hold a history, so that the flag may be set where it is not; nil to find out whether the
  /// chain uses one (`Session.usesHistory`).
  public var isHistoryHeld: Bool?
  /// Start states.
  public var states = States.best
  /// Whether a unit is written anew although that makes it no smaller.
  public var isForced = false

  /// Everything as good as it can be.
  public init() {}

  /// Everything as it is.
  public static var none: RecodeKnobs {
    var knobs = RecodeKnobs()
    knobs.unaryLength = .keep
    knobs.scanOrder = .keep
    knobs.rowSkip = .keep
    knobs.history = .keep
    knobs.states = .keep
    return knobs
  }
}

/// The choices that are in force for a tensor.
public struct TensorChoices: Sendable, Hashable {
  /// cabac_unary_length_minus1 + 1.
  public var unaryLength: Int
  /// scan_order.
  public var scanOrder: Int
  /// row_skip_enabled_flag; nil where it is not coded.
  public var rowSkip: Bool?
  /// hist_dep_sig_prob_enabled_flag; nil where it is not coded.
  public var history: Bool?
  /// How many contexts start elsewhere than at set 0.
  public var states: Int
}
