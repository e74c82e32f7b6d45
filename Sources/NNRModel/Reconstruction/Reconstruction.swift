import NNRSyntax

/// Puts the parameters of a model together from its coded tensors.
extension Session {
  /// Visits the parameters of a stream in the order of their units, after local scaling and G · H.
  ///
  /// `units` are the units to look at, all if nil. Returns those that could not be decoded. `visit` says whether to go on;
  /// `shouldStop` is asked within a unit too.
  @discardableResult
  public func parameters(
    stream: Int, units: [Int]? = nil, shouldStop: @escaping @Sendable () -> Bool = { false },
    visit: (ModelParameter) throws -> Bool
  ) rethrows -> [(unit: Int, failure: DecodeFailure)] {
    var failures: [(unit: Int, failure: DecodeFailure)] = []
    let directory = directory(stream)
    for unit in units ?? directory.byUnit.keys.sorted() {
      if shouldStop() { return failures }
      let sink = LevelsSink(shouldStop)
      if let failure = checkMemory(directory, unit)
        ?? decode(stream: stream, unit: unit, shouldStop: shouldStop, into: sink)
      {
        failures.append((unit, failure))
        continue
      }
      for parameter in parameters(sink, stream: stream, unit: unit) {
        guard try visit(parameter) else { return failures }
      }
    }
    return failures
  }

  /// Decodes a unit once for two: `sink` takes its tensors as they are coded, with bits by class, and `visit` the parameters that
  /// they become; none of these where the unit cannot be decoded to its end, or its weights cannot be kept together.
  ///
  /// Returns what went wrong, and why there are no parameters.
  package func decode(
    stream: Int, unit: Int, shouldStop: @escaping @Sendable () -> Bool, into sink: any TensorSink,
    visit: (ModelParameter) -> Void
  ) -> (failure: DecodeFailure?, withoutParameters: DecodeFailure?) {
    if let problem = checkMemory(directory(stream), unit) {
      let failure = decode(
        stream: stream, unit: unit, accounting: true, shouldStop: shouldStop, into: sink)
      return (failure, failure ?? problem)
    }
    let levels = LevelsSink(shouldStop)
    let failure = decode(
      stream: stream, unit: unit, accounting: true, shouldStop: shouldStop,
      into: SharedSink(sink, levels))
    guard failure == nil else { return (failure, failure) }
    for parameter in parameters(levels, stream: stream, unit: unit) { visit(parameter) }
    return (nil, nil)
  }

  /// The parameters that the tensors of a unit become.
  private func parameters(_ sink: LevelsSink, stream: Int, unit: Int) -> [ModelParameter] {
    let parts = zip(sink.starts, sink.levels).map {
      (role: $0.tensor.role, ModelParameter($0, $1))
    }
    return assemble(parts, stream: stream, unit: unit, directory(stream))
  }

  /// Why the weights of a unit cannot be kept together; nil if they can.
  func checkMemory(_ directory: TensorDirectory, _ unit: Int) -> DecodeFailure? {
    let weights = directory.tensors[directory.byUnit[unit] ?? 0..<0]
      .reduce(0) { $0.saturatingAdd($1.count ?? 0) }
    // Integers, weights and a product of the same size are in memory together.
    guard weights.saturatingMultiply(12) > options.maxMemory else { return nil }
    return DecodeFailure(
      .l02,
      "\(weights) weights do not fit the budget of \(options.maxMemory) bytes; "
        + "raise --max-memory")
  }

  private func assemble(
    _ parts: [(role: CodedTensor.Role, ModelParameter)], stream: Int, unit: Int,
    _ directory: TensorDirectory
  ) -> [ModelParameter] {
    let scaling = parts.first { $0.role == .localScaling }?.1
    var result: [ModelParameter] = []
    var g: ModelParameter?
    for (role, part) in parts {
      var parameter = part
      switch role {
      case .localScaling: continue
      case .g:
        if let scaling { parameter.scale(byRow: scaling.floats, from: scaling.name) }
        g = parameter
        // Its H is the next tensor of a block, or the next unit.
        if parts.count == 1 { result.append(parameter) }
        continue
      case .h:
        let dimensions = streams[stream].compressedDataUnit(unit)?.dimensions ?? []
        let product = (g ?? separateG(parameter, stream, directory)).flatMap {
          ModelParameter(g: $0, h: parameter, dimensions: dimensions)
        }
        result += product.map { [$0] } ?? [g, parameter].compactMap { $0 }
        continue
      case .weight:
        if let scaling {
          parameter.scale(byRow: scaling.floats, from: scaling.name)
        } else if let apart = separateScaling(parameter, stream, directory) {
          parameter.scale(byRow: apart.floats, from: apart.name)
        }
      default: break
      }
      result.append(parameter)
    }
    return result
  }

  /// The local scaling of a weight whose block was coded in separate units (format reference 3.2).
  private func separateScaling(
    _ weight: ModelParameter, _ stream: Int, _ directory: TensorDirectory
  ) -> ModelParameter? {
    single(weight.name + "_scaling", stream, directory)
  }

  private func separateG(_ h: ModelParameter, _ stream: Int, _ directory: TensorDirectory)
    -> ModelParameter?
  {
    guard Factor(endOf: h.name.utf8) == .h, let weight = Factor.weight(of: h.name) else {
      return nil
    }
    return single(Factor.g.name(of: weight), stream, directory)
  }

  /// A tensor that is alone in its unit.
  private func single(_ name: String, _ stream: Int, _ directory: TensorDirectory)
    -> ModelParameter?
  {
    guard let tensor = directory.last(named: name), directory.byUnit[tensor.unit]?.count == 1
    else { return nil }
    let sink = LevelsSink()
    guard checkMemory(directory, tensor.unit) == nil,
      decode(stream: stream, unit: tensor.unit, into: sink) == nil, let start = sink.starts.first
    else { return nil }
    return ModelParameter(start, sink.levels[0])
  }
}

/// Passes weights on to two sinks.
private final class SharedSink: TensorSink {
  private let (first, second): (any TensorSink, any TensorSink)

  init(_ first: any TensorSink, _ second: any TensorSink) {
    (self.first, self.second) = (first, second)
  }

  func begin(_ start: TensorStart) {
    first.begin(start)
    second.begin(start)
  }

  func take(_ levels: ArraySlice<Int32>, first place: Int) {
    first.take(levels, first: place)
    second.take(levels, first: place)
  }

  func end(_ end: TensorEnd) {
    first.end(end)
    second.end(end)
  }

  var wantsMore: Bool { first.wantsMore && second.wantsMore }
}
