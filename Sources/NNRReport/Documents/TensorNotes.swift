import NNRAnalysis
import NNRModel
import PlainText

/// What a table of tensors does not tell by its numbers, as lines of text.
public enum TensorNotes {
  /// A line for each tensor with weights that are not finite: how many, where the first is, and whose the figures are; empty
  /// if all are finite.
  public static func nonfinite(_ rows: [TensorRow]) -> String {
    rows.compactMap(line).joined()
  }

  private static func line(_ row: TensorRow) -> String? {
    guard let figures = row.figures, !figures.values.isFinite else { return nil }
    let values = figures.values
    let count = values.count - values.finiteCount
    var text =
      "\(SafeText.line(row.tensor.name, limit: SafeText.usualLimit)): "
      + "\(NumberFormat.count(count, "weight")) not finite (\(kinds(values)))"
    if let first = figures.firstNonfinite {
      let place = Shape.indices(of: first.element, in: row.tensor.dimensions ?? [])
      text += ", the first at \(place)"
    }
    guard values.finiteCount > 0 else { return text + "; none is finite\n" }
    let rest = NumberFormat.grouped(values.finiteCount)
    return text + "; mean, σ, least and greatest are of the other \(rest)\n"
  }

  /// The kinds of values that are not finite, with their counts.
  static func kinds(_ values: ValueStatistics) -> String {
    [
      (values.nanCount, "NaN"), (values.positiveInfinityCount, "+∞"),
      (values.negativeInfinityCount, "−∞"),
    ]
    .filter { $0.0 > 0 }.map { "\(NumberFormat.grouped($0.0)) \($0.1)" }.joined(separator: ", ")
  }
}
