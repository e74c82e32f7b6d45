import DeepCABAC

/// What is known of a tensor once its payload is reached: the parameters in force and what the payload says first.
public struct TensorStart: Sendable {
  /// The tensor.
  public let tensor: CodedTensor
  /// How integers become weights.
  public let dequantizer: Dequantizer
  /// hist_dep_sig_prob_enabled_flag; nil where it is not coded.
  public let historyFlag: Bool?
  /// row_skip_enabled_flag; nil where it is not coded.
  public let rowSkipEnabledFlag: Bool?
  /// One byte for each row, 1 for skipped; empty without row skipping.
  public let rowMask: [UInt8]
  /// Whether contexts look at the parent's integers.
  public let temporalContext: Bool
  /// The set of start states for each context, 255 for unused ones (format reference 4.5).
  public let startStates: [UInt8]
  /// The payload bit at which the tensor starts.
  public let bit: Int
  /// Where the integers come from.
  public internal(set) var levelsOrigin = LevelsOrigin.payload
}

/// What is known of a tensor once it is decoded.
public struct TensorEnd: Sendable {
  /// The payload bit behind the tensor, rounded up.
  public let bit: Int
  /// The bits and bins of each class; nil unless asked for.
  public let ledger: PayloadLedger?
  /// The bits of each row; empty unless asked for.
  public let rowBits: [Double]
  /// Whether the listed entry points agree with the payload; nil if there are none.
  public let entryPointsAgree: Bool?
  /// The bytes behind the codeword that the payload should not have; only the last tensor of a unit tells.
  public internal(set) var unusedBytes = 0
}

/// Takes the weights of a unit as they are decoded.
///
/// All calls come from one thread.
public protocol TensorSink: AnyObject {
  /// A tensor begins.
  func begin(_ start: TensorStart)
  /// The next integers of the tensor, in C order; `first` is the index of the first one.
  func take(_ levels: ArraySlice<Int32>, first: Int)
  /// The tensor is complete.
  func end(_ end: TensorEnd)
  /// Asked after every run: whether to go on.
  var wantsMore: Bool { get }
}
