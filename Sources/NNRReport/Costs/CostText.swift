import NNRAnalysis
import NNRSyntax
import PlainText

/// The lines around the tables of `cost`.
public enum CostText {
  /// One line that sums a stream up.
  public static func heading(_ ledger: BitLedger) -> String {
    let weights = ledger.weights
    var parts = [
      SafeText.line(ledger.file), NumberFormat.bytes(ledger.size),
      NumberFormat.bits(Double(ledger.size) * 8),
      NumberFormat.count(ledger.units.count, "unit"),
      NumberFormat.count(ledger.tensors.count, "tensor"),
    ]
    if weights > 0 {
      let perWeight = Double(ledger.size) * 8 / Double(weights)
      parts += [
        NumberFormat.count(weights, "weight"), NumberFormat.significant(perWeight) + " bit/weight",
        NumberFormat.ratio(32 / max(perWeight, 1e-12)) + " smaller than float32",
      ]
    }
    return parts.joined(separator: ", ") + "\n"
  }

  /// A line for each unit whose payload could not be decoded; at most `limit`, the others counted.
  public static func failures(_ ledger: BitLedger, limit: Int = 20) -> String {
    var lines: [String] = []
    var more = 0
    for unit in ledger.units {
      guard case .failed(let failure) = unit.state else { continue }
      if lines.count < limit {
        lines.append("unit \(unit.number) not decoded: \(SafeText.line(failure.description))\n")
      } else {
        more += 1
      }
    }
    if more > 0 { lines.append("\(NumberFormat.count(more, "more unit")) not decoded\n") }
    return lines.joined()
  }
}
