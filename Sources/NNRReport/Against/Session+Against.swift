import NNRModel
import PlainText
import WeightFiles

/// Comparison of a session's weights with the tensors they were made from.
extension Session {
  /// The errors of the weights of the stream `number` against `references`, read from `file`, or of the chain up to it.
  ///
  /// Names that differ are matched by `mapping`, or by a rule that is found. What cannot be decoded is among the refused.
  /// `shouldStop` is asked between units and within.
  public func report(
    against references: WeightFile, file: String, scope: AgainstScope, stream number: Int,
    mapping: NameMapping? = nil, shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> AgainstReport {
    let streams = scope.isSum ? Array(0..<scope.files) : [number]
    let mapping = mapping ?? .proposed(for: wanted(streams), in: references)
    return try AgainstReport(file: file, references, mapping: mapping, scope: scope) { visit in
      let pass: (ModelParameter) -> Bool = { visit($0) && !shouldStop() }
      guard scope.isSum else {
        return parameters(stream: number, shouldStop: shouldStop, visit: pass)
          .flatMap { refused(number, $0.unit, $0.failure, isSum: false) }
      }
      return try accumulatedParameters(shouldStop: shouldStop, visit: pass)
        .flatMap { refused($0.stream, $0.unit, $0.failure, isSum: true) }
    }
  }

  /// The parameters of streams as their headers tell them.
  func wanted(_ streams: [Int]) -> [NameMapping.Wanted] {
    var seen: Set<String> = []
    var result: [NameMapping.Wanted] = []
    for stream in streams where self.streams.indices.contains(stream) {
      for tensor in directory(stream).tensors where tensor.isOfParameter {
        guard seen.insert(tensor.parameterName).inserted else { continue }
        // Sides of a product are those of its factors together.
        let shape = tensor.role == .g ? nil : tensor.dimensions
        result.append(NameMapping.Wanted(tensor.parameterName, shape: shape))
      }
    }
    return result
  }

  /// The parameters of a unit that could not be decoded, and why.
  func refused(_ stream: Int, _ unit: Int, _ failure: DecodeFailure, isSum: Bool)
    -> [AgainstReport.Refused]
  {
    let directory = directory(stream)
    let tensors = directory.tensors[directory.byUnit[unit] ?? 0..<0]
    let names = tensors.filter(\.isOfParameter).map(\.parameterName)
    let reason = SafeText.line(failure.description)
    return names.map { .init(name: $0, reason: isSum ? "file \(stream + 1): \(reason)" : reason) }
  }
}

extension CodedTensor {
  /// Whether a parameter has its name: scales and second factors are within others.
  fileprivate var isOfParameter: Bool { role != .localScaling && role != .h }
}
