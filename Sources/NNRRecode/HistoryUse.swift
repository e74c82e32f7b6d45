import NNRModel

extension Session {
  /// Whether an update of the chain was coded with contexts that look at the history (hist_dep_sig_prob_enabled_flag).
  ///
  /// Only then do its receivers keep one: NNCodec's do if they were told to, and cannot read such a payload otherwise.
  public var usesHistory: Bool {
    let sink = HistorySink()
    for stream in streams.indices where dialect(stream) == .d2 {
      for unit in directory(stream).byUnit.keys.sorted() {
        guard streams[stream].compressedDataUnit(unit)?.parent != nil else { continue }
        _ = decode(stream: stream, unit: unit, into: sink)
        if sink.isUsed { return true }
      }
    }
    return false
  }
}

/// Looks for a tensor with history, and for no weights behind it.
private final class HistorySink: TensorSink {
  var isUsed = false

  func begin(_ start: TensorStart) { isUsed = isUsed || start.historyFlag == true }
  func take(_ levels: ArraySlice<Int32>, first: Int) {}
  func end(_ end: TensorEnd) {}
  var wantsMore: Bool { !isUsed }
}
