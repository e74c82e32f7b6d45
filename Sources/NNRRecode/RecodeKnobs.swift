/// What may be changed of a stream without changing a weight, nor, but for `makesCodebooks`, an integer.
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
  /// codebook_egk, 0 to 15.
  public var codebookOrder = Choice.best
  /// Whether entries at the ends of a codebook that no weight has are left out; the integers stay.
  public var trimsCodebooks = false
  /// Whether a tensor of few values, quantized uniformly, may get a codebook.
  ///
  /// Its integers become others, its weights as 32-bit floats stay: not for chains, whose updates count from the integers.
  public var makesCodebooks = false
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
    knobs.codebookOrder = .keep
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
  /// codebook_size; nil without a codebook.
  public var codebookSize: Int?
  /// codebook_egk; nil without a codebook.
  public var codebookOrder: Int?
}
