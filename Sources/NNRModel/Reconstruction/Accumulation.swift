import NNRSyntax

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
        if case .missing? = bases[name]?[stream] {
          // A difference by itself is no version, and whoever builds on it builds on nothing.
          failures.append((stream, unit(of: name, stream), missing(name, stream)))
          return true
        }
        guard sums[name] != nil else {
          order.append(name)
          sums[name] = ParameterSums(parameter, stream: stream, bases[name, default: [:]])
          return true
        }
        if sums[name]?.add(parameter, stream: stream) == false {
          failures.append(
            (
              stream, unit(of: name, stream),
              DecodeFailure(.u03, "the version it is a difference to is not there")
            ))
        }
        return true
      }.map { (stream, $0.unit, $0.failure) }
    }
    for name in order {
      guard let parameter = sums.removeValue(forKey: name)?.last else { continue }
      guard try visit(parameter) else { break }
    }
    return failures
  }

  /// What differences are added to, by the name of the parameter and the stream of the difference.
  private func bases() -> [String: [Int: ParameterSums.Base]] {
    var bases: [String: [Int: ParameterSums.Base]] = [:]
    for stream in streams.indices {
      for name in directory(stream).byName.keys {
        guard let tensor = directory(stream).last(named: name),
          let header = streams[stream].compressedDataUnit(tensor.unit), header.parent != nil
        else { continue }
        let problem = parentProblem(of: tensor, header, before: stream)
        let choice = problem == nil ? parent(of: name, header, before: stream) : nil
        let base = choice.map { ParameterSums.Base.version(of: $0.stream) } ?? .missing
        bases[name, default: [:]][stream] = base
        // The factors of a decomposition become one parameter.
        if tensor.parameterName != name { bases[tensor.parameterName, default: [:]][stream] = base }
      }
    }
    return bases
  }

  /// The last tensor that becomes the parameter `name`, or a factor of it.
  private func tensor(of name: String, _ stream: Int) -> CodedTensor? {
    directory(stream).last(named: name) ?? directory(stream).last(named: Factor.g.name(of: name))
  }

  private func unit(of name: String, _ stream: Int) -> Int { tensor(of: name, stream)?.unit ?? 0 }

  /// Why a difference counts for nothing.
  private func missing(_ name: String, _ stream: Int) -> DecodeFailure {
    guard let tensor = tensor(of: name, stream),
      let header = streams[stream].compressedDataUnit(tensor.unit),
      let problem = parentProblem(of: tensor, header, before: stream)
    else { return DecodeFailure(.u03, "the version it is a difference to is not there") }
    return DecodeFailure(problem.rule, problem.message)
  }
}

/// The versions of a parameter that are still needed.
private struct ParameterSums {
  /// What a difference is added to.
  enum Base {
    /// The version that a stream leads to.
    case version(of: Int)
    /// A version that is not among the streams.
    case missing
  }

  /// The last version.
  private(set) var last: ModelParameter
  private var stream: Int
  /// Versions that later differences are added to, by their streams.
  private var others: [Int: ModelParameter] = [:]
  private let bases: [Int: Base]
  /// The last stream whose difference is added to the version of a stream.
  private let lastUse: [Int: Int]

  init(_ parameter: ModelParameter, stream: Int, _ bases: [Int: Base]) {
    last = parameter
    self.stream = stream
    self.bases = bases
    var lastUse: [Int: Int] = [:]
    for case (let later, .version(let base)) in bases {
      lastUse[base] = max(lastUse[base] ?? 0, later)
    }
    self.lastUse = lastUse
  }

  /// Takes the version of a stream, a difference or a whole value; false if what it is a difference to is not there, and it
  /// counts for nothing.
  mutating func add(_ parameter: ModelParameter, stream next: Int) -> Bool {
    var sum: ModelParameter?
    switch bases[next] {
    case nil: break
    case .missing: return false
    case .version(let base):
      guard let found = base == stream ? last : others[base] else { return false }
      sum = found.adding(parameter)
    }
    if lastUse[stream] ?? 0 > next { others[stream] = last }
    others = others.filter { lastUse[$0.key] ?? 0 > next }
    last = sum ?? parameter
    stream = next
    return true
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
