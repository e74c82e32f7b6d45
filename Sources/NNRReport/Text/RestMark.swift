import NNRAnalysis
import PlainText

/// Marks figures that are those of the finite values only.
enum RestMark {
  /// What the mark says, as a line.
  static let legend = "* of the weights that are finite on both sides"

  /// The columns whose figures are marked.
  static let keys: Set<String> = [
    "max_error", "mean_error", "rmse", "snr", "relative_l2", "max", "mean",
  ]

  /// A figure of a comparison as a cell of a text, with the mark where some pair is left out.
  static func cell(_ value: Double?, _ comparison: ValueComparison?) -> CellValue {
    guard let value else { return .missing }
    guard comparison?.isOfRest == true else { return .number(value) }
    return .text(NumberFormat.significant(value) + "*")
  }

  /// How many values of each side are not finite; nil if all are.
  static func counts(_ found: ValueComparison, _ one: String, _ other: String) -> String? {
    guard found.nonfiniteValues + found.nonfiniteReferences > 0 else { return nil }
    return
      "not finite: \(NumberFormat.count(found.nonfiniteValues, "weight")) \(one), "
      + "\(NumberFormat.grouped(found.nonfiniteReferences)) \(other)"
  }
}
