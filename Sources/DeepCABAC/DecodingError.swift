/// Why a payload could not be decoded.
///
/// Every error is a value; nothing traps on bad bytes.
public enum DecodingError: Error, Sendable, Hashable {
  /// A parameter is outside its range; the string names the syntax element.
  case invalidParameters(String)
  /// Parent integers or history do not have one entry per element of the tensor.
  case wrongElementCount(String)
  /// Parent integers were given for a payload of profile 0.
  case temporalContextsNeedProfile1
  /// hist_dep_sig_prob_enabled_flag is 1 but no history was given (format reference 6.6).
  case historyRequired
  /// The payload ran out before this element (index in C order).
  case payloadExhausted(element: Int)
  /// The integer of this element does not fit in 32 bits.
  case levelOverflow(element: Int)
  /// A remainder prefix is longer than the contexts that exist for it (dialect D1 only).
  case remainderPrefixTooLong(element: Int)
  /// The offset register is not below the range: no encoder produces this.
  case corruptRegister(element: Int)
  /// What must be in memory at once is more than the caller allows; the string says what it is.
  case exceedsMemory(String)
  /// The caller asked to stop.
  case cancelled
  /// A method was called out of order, or a buffer is too small; the string says which.
  case misuse(String)
}
