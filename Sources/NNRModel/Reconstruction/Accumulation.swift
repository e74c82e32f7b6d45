/// The model after all updates of a chain: base and differences added up (format reference 6.2).
extension Session {
  /// Visits the parameters of the whole chain, in the order in which their names first appear.
  ///
  /// A unit that names a parent holds a difference and is added; any other replaces what was before. Sums are made in
  /// 32-bit floats. Returns what could not be decoded, with the number of the stream; nothing of it counts once `shouldStop`
  /// has said so.
  @discardableResult
  public func accumulatedParameters(
    shouldStop: @escaping @Sendable () -> Bool = { false },
    visit: (ModelParameter) throws -> Bool
  ) throws -> [(stream: Int, unit: Int, failure: DecodeFailure)] {
    var order: [String] = []
    var sums: [String: ModelParameter] = [:]
    var failures: [(stream: Int, unit: Int, failure: DecodeFailure)] = []
    for stream in streams.indices {
      failures += parameters(stream: stream, shouldStop: shouldStop) { parameter in
        guard let sum = sums[parameter.name] else {
          order.append(parameter.name)
          sums[parameter.name] = parameter
          return true
        }
        let isDifference =
          directory(stream).last(named: parameter.name)
          .flatMap { streams[stream].compressedDataUnit($0.unit) }?.parent != nil
        sums[parameter.name] = isDifference ? sum.adding(parameter) ?? parameter : parameter
        return true
      }.map { (stream, $0.unit, $0.failure) }
    }
    for name in order {
      guard let parameter = sums.removeValue(forKey: name) else { continue }
      guard try visit(parameter) else { break }
    }
    return failures
  }
}

extension ModelParameter {
  /// The sum with a difference of the same shape; nil for another shape.
  func adding(_ difference: ModelParameter) -> ModelParameter? {
    guard difference.dimensions == dimensions, difference.count == count else { return nil }
    var sum = self
    sum.values = .float32(zip(floats, difference.floats).map { $0 + $1 })
    sum.steps.append("plus a difference")
    return sum
  }
}
