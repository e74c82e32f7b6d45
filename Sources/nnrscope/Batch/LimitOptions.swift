import ArgumentParser
import NNRReport

/// What a row of `diff` is.
enum DiffRows: String, ExpressibleByArgument, CaseIterable {
  /// A unit.
  case unit
  /// A tensor.
  case tensor
}

/// How far the second side may be from the first.
struct LimitOptions: ParsableArguments {
  @Option(help: "How much larger the files may be: 1%, or a number of bytes.")
  var maxGrowth: String?
  @Option(help: "How much larger each tensor may be: 5%, or a number of bytes.")
  var maxTensorGrowth: String?
  @Option(help: "How far each weight may be from what it was.") var maxError: Double?

  /// The limits.
  func limits() throws -> DiffLimits {
    var limits = DiffLimits()
    limits.growth = try growth(maxGrowth, "--max-growth")
    limits.tensorGrowth = try growth(maxTensorGrowth, "--max-tensor-growth")
    if let maxError, !maxError.isFinite || maxError < 0 {
      throw ExitStatus.usage("--max-error is a number from 0 on")
    }
    limits.error = maxError
    return limits
  }

  private func growth(_ text: String?, _ option: String) throws -> GrowthLimit? {
    guard let text else { return nil }
    guard let limit = GrowthLimit(text) else {
      throw ExitStatus.usage(
        "\(option) is a percentage such as 1%, or bytes such as 512 or 2K, not \(text)")
    }
    return limit
  }
}
