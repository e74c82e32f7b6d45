/// Why a tensor could not be coded as asked; nothing was added to the payload then.
public enum EncodingError: Error, Sendable, Hashable {
  /// The parameters are no ones that a decoder accepts.
  case parameters(DecodingError)
  /// An array does not have one entry for each level or row; the string says which.
  case wrongElementCount(String)
  /// Temporal contexts are asked for in a payload of profile 0.
  case temporalContextsNeedProfile1
  /// hist_dep_sig_prob_enabled_flag is to be 1, and no history is given.
  case historyRequired
  /// The integer of this element (index in C order) cannot be reached by the trellis path of dependent quantization.
  case pathDoesNotFit(element: Int)
  /// A row that is to be skipped holds a level other than 0.
  case rowIsNotZero(row: Int)
  /// The level of this element (index in C order) is outside of the codebook.
  case outsideCodebook(element: Int)
  /// The caller asked to stop.
  case cancelled
}
