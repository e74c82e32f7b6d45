/// The integers of coded tensors, whole.
extension Session {
  /// Visits the coded tensors of a stream in decoding order, each with its integers (bit patterns for raw floats) in C order.
  ///
  /// `units` are the units to decode, all if nil. Returns those that could not be decoded; tensors of a unit that fails are
  /// not visited. `visit` says whether to go on.
  @discardableResult
  public func codedTensors(
    stream: Int, units: [Int]? = nil, visit: (TensorStart, [Int32]) throws -> Bool
  ) rethrows -> [(unit: Int, failure: DecodeFailure)] {
    var failures: [(unit: Int, failure: DecodeFailure)] = []
    let directory = directory(stream)
    for unit in units ?? directory.byUnit.keys.sorted() {
      let sink = LevelsSink()
      if let failure = checkMemory(directory, unit)
        ?? decode(stream: stream, unit: unit, into: sink)
      {
        failures.append((unit, failure))
        continue
      }
      for (start, levels) in zip(sink.starts, sink.levels) {
        guard try visit(start, levels) else { return failures }
      }
    }
    return failures
  }
}
