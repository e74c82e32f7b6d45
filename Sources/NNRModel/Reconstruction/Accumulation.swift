/// The model after all updates of a chain: base and differences added up (format reference 6.2).
extension Session {
  /// Visits the parameters of the whole chain, in the order in which their names first appear.
  ///
  /// A unit that names a parent holds a difference and is added to the version that it builds on; any other replaces what was
  /// before. The last version of each parameter counts. Sums are made in 32-bit floats. Returns what could not be decoded,
  /// with the number of the stream; nothing of it counts once `shouldStop` has said so.
  @discardableResult
  public func accumulatedParameters(
    shouldStop: @escaping @Sendable () -> Bool = { false },
    visit: (ModelParameter) throws -> Bool
  ) throws -> [(stream: Int, unit: Int, failure: DecodeFailure)] {
    var order: [String] = []
    var sums: [String: ParameterSums] = [:]
    var failures: [(stream: Int, unit: Int, failure: DecodeFailure)] = []
    let bases = bases()
    for stream in streams.indices {
      failures += parameters(stream: stream, shouldStop: shouldStop) { parameter in
        let name = parameter.name
        guard sums[name] != nil else {
          order.append(name)
          sums[name] = ParameterSums(parameter, stream: stream)
          return true
        }
        let later = bases[name, default: [:]].filter { $0.key > stream }.values
        sums[name]?.add(parameter, stream: stream, to: bases[name]?[stream], needed: Set(later))
        return true
      }.map { (stream, $0.unit, $0.failure) }
    }
    for name in order {
      guard let parameter = sums.removeValue(forKey: name)?.last else { continue }
      guard try visit(parameter) else { break }
    }
    return failures
  }

  /// The streams whose versions differences are added to, by the name of the parameter and the stream of the difference.
  private func bases() -> [String: [Int: Int]] {
    var bases: [String: [Int: Int]] = [:]
    for stream in streams.indices {
      for name in directory(stream).byName.keys {
        guard let tensor = directory(stream).last(named: name),
          let header = streams[stream].compressedDataUnit(tensor.unit), header.parent != nil,
          let choice = parent(of: name, header, before: stream)
        else { continue }
        bases[name, default: [:]][stream] = choice.stream
      }
    }
    return bases
  }
}

/// The versions of a parameter that are still needed.
private struct ParameterSums {
  /// The last version.
  private(set) var last: ModelParameter
  private var stream: Int
  /// Versions that later differences are added to, by their streams.
  private var others: [Int: ModelParameter] = [:]

  init(_ parameter: ModelParameter, stream: Int) {
    last = parameter
    self.stream = stream
  }

  /// Takes the version of a stream: a difference to that of `base`, or a whole value without one.
  ///
  /// `needed` are the streams whose versions later ones are added to.
  mutating func add(
    _ parameter: ModelParameter, stream next: Int, to base: Int?, needed: Set<Int>
  ) {
    let sum = base.flatMap { $0 == stream ? last : others[$0] ?? last }
    if needed.contains(stream) { others[stream] = last }
    others = others.filter { needed.contains($0.key) }
    last = sum.map { $0.adding(parameter) ?? parameter } ?? parameter
    stream = next
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
