import NNRModel
import PlainText
import WeightFiles

/// Comparison of a session's weights with the tensors they were made from.
extension Session {
  /// The errors of the weights of the stream `number` against `references`, read from `file`, or of the chain up to it.
  ///
  /// What cannot be decoded is among the refused. `shouldStop` is asked between units and within.
  public func report(
    against references: WeightFile, file: String, scope: AgainstScope, stream number: Int,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> AgainstReport {
    try AgainstReport(file: file, references, scope: scope) { visit in
      let pass: (ModelParameter) -> Bool = { visit($0) && !shouldStop() }
      guard scope.isSum else {
        return parameters(stream: number, shouldStop: shouldStop, visit: pass)
          .flatMap { refused(number, $0.unit, $0.failure, isSum: false) }
      }
      return try accumulatedParameters(shouldStop: shouldStop, visit: pass)
        .flatMap { refused($0.stream, $0.unit, $0.failure, isSum: true) }
    }
  }

  /// The parameters of a unit that could not be decoded, and why.
  private func refused(_ stream: Int, _ unit: Int, _ failure: DecodeFailure, isSum: Bool)
    -> [AgainstReport.Refused]
  {
    let directory = directory(stream)
    let tensors = directory.tensors[directory.byUnit[unit] ?? 0..<0]
    let names = tensors.filter { $0.role != .localScaling && $0.role != .h }.map(\.parameterName)
    let reason = SafeText.line(failure.description)
    return names.map { .init(name: $0, reason: isSum ? "file \(stream + 1): \(reason)" : reason) }
  }
}
