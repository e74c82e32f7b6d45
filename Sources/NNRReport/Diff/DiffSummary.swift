import NNRAnalysis
import NNRSyntax
import PlainText

/// A comparison in a line or two, and its budgets.
public enum DiffSummary {
  /// What changed, as a sentence: sizes, units, tensors, weights.
  public static func line(_ diff: SessionDiff) -> String {
    let sizes = diff.sizes
    var parts = [
      "\(NumberFormat.bytes(sizes.a)) → \(NumberFormat.bytes(sizes.b)) (\(change(sizes.a, sizes.b)))"
    ]
    let units = diff.streams.flatMap(\.units)
    let counts = [
      (units.count { $0.a != nil && $0.b != nil && !$0.isSame }, "changed"),
      (units.count { $0.a == nil }, "added"), (units.count { $0.b == nil }, "removed"),
      (units.count(where: \.isSame), "the same"),
    ].filter { $0.0 > 0 }
    parts.append(
      NumberFormat.count(units.count, "unit") + ": "
        + counts.map { "\(NumberFormat.grouped($0.0)) \($0.1)" }.joined(separator: ", "))
    if !diff.costs.isEmpty, diff.weightsSkipped == nil {
      parts.append(weights(diff))
    }
    return parts.joined(separator: "; ")
  }

  /// A change of bytes with its share.
  private static func change(_ a: Int, _ b: Int) -> String {
    let bytes = b - a
    let share = a > 0 ? ", \(signed(Double(bytes) / Double(a) * 100, decimals: 2)) %" : ""
    return "\(bytes < 0 ? "−" : "+")\(NumberFormat.bytes(bytes.magnitude))\(share)"
  }

  /// A number with its sign.
  static func signed(_ value: Double, decimals: Int) -> String {
    (value < 0 ? "−" : "+") + NumberFormat.fixed(value.magnitude, decimals: decimals)
  }

  private static func weights(_ diff: SessionDiff) -> String {
    guard !diff.weights.isEmpty else {
      // Numbers that are equal may have other bits: a zero its sign, a NaN its payload.
      let others = diff.streams.flatMap(\.units).flatMap { $0.payload?.tensors ?? [] }
        .reduce(0) { $0 + ($1.isRaw ? $1.compared - $1.equal : 0) }
      return others == 0
        ? "all weights the same"
        : "all weights equal, \(NumberFormat.count(others, "raw float")) with other bits"
    }
    var text =
      "weights of \(NumberFormat.count(diff.weights.count, "parameter")) differ, "
      + "\(NumberFormat.grouped(diff.sameWeights)) the same"
    let worst = diff.weights.compactMap { row in
      row.comparison?.greatest.map { (row.name, $0) }
    }.max { $0.1 < $1.1 }
    let nonfinite = diff.weights.reduce(0) { $0 + ($1.comparison?.nonfinite ?? 0) }
    if nonfinite > 0 {
      text += ", \(NumberFormat.count(nonfinite, "pair")) of weights not finite"
    }
    if let worst {
      let name = SafeText.line(worst.0, limit: 60)
      let rest = nonfinite > 0 ? " of the others" : ""
      text += ", the greatest error\(rest) \(NumberFormat.significant(worst.1)) in \(name)"
    }
    return text
  }

  /// A line for each budget: what is taken and what is left.
  public static func budgets(_ budgets: [DiffBudget]) -> String {
    let width = budgets.map(\.title.count).max() ?? 0
    return budgets.map { budget in
      let room = String(repeating: " ", count: width - budget.title.count)
      let verdict = SafeText.line(budget.verdict, limit: 400)
      return "\(budget.holds ? "✓" : "✗") \(budget.title)\(room)  \(verdict)\n"
    }.joined()
  }

  /// The budgets as an array of objects.
  static func write(_ budgets: [DiffBudget], to json: inout JSONWriter) {
    json.array { json in
      for budget in budgets {
        json.object { json in
          json.member("limit", budget.key)
          json.member("allowed", budget.allowed)
          json.member("taken", budget.taken)
          json.member("left", budget.left)
          json.member("holds", budget.holds)
          json.member("tensor", budget.place)
          json.member("unknown", budget.unknown)
        }
      }
    }
  }
}
