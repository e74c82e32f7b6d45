/// What an encoder chooses for a tensor beside what the headers say: none of it changes an integer.
public struct TensorCoding: Sendable, Hashable {
  /// hist_dep_sig_prob_enabled_flag, where it is coded.
  public var historyFlag = false
  /// One byte for each row, 1 for skipped; nil for row_skip_enabled_flag 0.
  public var rowMask: [UInt8]?
  /// The set of start states, 0 to 8, by the context's number (format reference 4.8); 0 for contexts behind its end.
  public var ecoSets: [UInt8]

  /// No flags, and the start states `ecoSets`.
  public init(historyFlag: Bool = false, rowMask: [UInt8]? = nil, ecoSets: [UInt8] = []) {
    self.historyFlag = historyFlag
    self.rowMask = rowMask
    self.ecoSets = ecoSets
  }
}

/// Levels as integers of a type that holds them: those of a stream, or any that a test makes up.
protocol CodedLevel: FixedWidthInteger & SignedInteger & Sendable {}

extension Int32: CodedLevel {}
extension Int: CodedLevel {}
