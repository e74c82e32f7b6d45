/// What a payload says about a tensor before its levels (format reference 4.4 and 4.7).
public struct TensorFacts: Sendable, Hashable {
  /// The two-dimensional view in which the tensor is scanned.
  public internal(set) var geometry: TensorGeometry
  /// Context numbers of the tensor.
  public internal(set) var layout: ContextLayout
  /// hist_dep_sig_prob_enabled_flag, or nil if it is not coded.
  public internal(set) var historyFlag: Bool?
  /// row_skip_enabled_flag, or nil if it is not coded.
  public internal(set) var rowSkipEnabledFlag: Bool?
  /// One byte per row, 1 for skipped; empty unless row skipping is enabled.
  public internal(set) var rowMask: [UInt8] = []
  /// Eco set of every context by context number, 255 for contexts the tensor does not use.
  public internal(set) var ecoSets: [UInt8] = []

  /// Number of skipped rows.
  public var skippedRows: Int { rowMask.reduce(0) { $0 + Int($1) } }
}

/// A run of elements that has just been decoded, contiguous in C order.
public struct TensorRun: Sendable, Hashable {
  /// Element indices, in C order.
  public var elements: Range<Int>
  /// Rows the elements lie in.
  public var rows: Range<Int>
}

/// The end of a payload: the three checks of format reference 4.3 as values.
public struct PayloadEnd: Sendable, Hashable {
  /// Whether the terminate bin is 1.
  public var terminateBin: Bool
  /// Whether a stop bit and zeros fill the last byte read.
  public var stopPattern: Bool
  /// Bytes the reference decoder has read: must be the payload length.
  public var bytesConsumed: Int
  /// Length of the payload in bytes.
  public var payloadLength: Int

  /// Whether bytes after the end were wanted (they read as zero).
  public var readBeyondEnd: Bool { bytesConsumed > payloadLength }
  /// Whether all three checks hold.
  public var isSound: Bool { terminateBin && stopPattern && bytesConsumed == payloadLength }
}
