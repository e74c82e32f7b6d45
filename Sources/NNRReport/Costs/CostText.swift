import NNRAnalysis
import NNRSyntax
import PlainText

/// The lines around the tables of `cost`.
public enum CostText {
  /// A line that sums a stream up, in lines of `width` columns.
  public static func heading(_ ledger: BitLedger, width: Int? = nil) -> String {
    let weights = ledger.weights
    var parts = [
      SafeText.line(ledger.file), NumberFormat.bytes(ledger.size),
      NumberFormat.bits(Double(ledger.size) * 8),
      NumberFormat.count(ledger.units.count, "unit"),
      NumberFormat.count(ledger.tensors.count, "tensor"),
    ]
    if weights > 0 {
      let perWeight = Double(ledger.size) * 8 / Double(weights)
      let change = NumberFormat.comparison(32 / max(perWeight, 1e-12))
      parts += [
        NumberFormat.count(weights, "weight"), NumberFormat.significant(perWeight) + " bit/weight",
        "\(change.factor) \(change.word) than float32",
      ]
    }
    return CellText.wrapped(parts.joined(separator: ", "), to: width)
      .map { $0 + "\n" }.joined()
  }

  /// A line for each unit whose payload could not be decoded, in lines of `width` columns; at most `limit` of them, the
  /// others counted.
  public static func failures(
    _ ledger: BitLedger, width: Int? = nil, limit: Int = 20
  ) -> String {
    var lines: [String] = []
    var (shown, more) = (0, 0)
    for unit in ledger.units {
      guard case .failed(let failure) = unit.state else { continue }
      if shown < limit {
        shown += 1
        lines += CellText.wrapped(
          "unit \(unit.number) not decoded: \(SafeText.line(failure.description))", to: width)
      } else {
        more += 1
      }
    }
    if more > 0 { lines.append("\(NumberFormat.count(more, "more unit")) not decoded") }
    return lines.map { $0 + "\n" }.joined()
  }
}
