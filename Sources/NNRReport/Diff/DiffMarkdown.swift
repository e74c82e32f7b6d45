import NNRAnalysis
import PlainText

/// `diff --markdown`: what a pull request should say, as GitHub writes tables.
public enum DiffMarkdown {
  /// The most rows of the table; the rest is counted.
  static let rowLimit = 60

  /// Summary, budgets, and the tensors whose bits or weights changed, the greatest change first.
  public static func text(_ diff: SessionDiff, _ budgets: [DiffBudget]) -> String {
    let names = diff.streams.last.map { ($0.a ?? "(no file)", $0.b ?? "(no file)") } ?? ("", "")
    var text = "**\(escaped(names.0)) → \(escaped(names.1))**: \(DiffSummary.line(diff).markdown)\n"
    if !budgets.isEmpty {
      text += "\n| | budget | taken | allowed | left | where |\n|---|---|--:|--:|--:|---|\n"
      for budget in budgets { text += row(budget) }
    }
    let rows = DiffTensor.rows(diff)
    guard !rows.isEmpty else { return text }
    text += "\n| tensor | bits | before | Δ bits | Δ % | greatest error | why |\n"
    text += "|---|--:|--:|--:|--:|--:|---|\n"
    for row in rows.prefix(rowLimit) { text += self.row(row) }
    if rows.count > rowLimit {
      text += "\n\(NumberFormat.count(rows.count - rowLimit, "more tensor")) changed.\n"
    }
    return text
  }

  private static func row(_ budget: DiffBudget) -> String {
    let place = budget.unknown ?? budget.place ?? ""
    return cells([
      budget.holds ? "✓" : "✗", budget.title, budget.taken.map(budget.text) ?? "?",
      budget.text(budget.allowed), budget.left.map(budget.text) ?? "?", escaped(place),
    ])
  }

  private static func row(_ row: DiffTensor) -> String {
    func bits(_ value: Double?) -> String {
      value.map { NumberFormat.fixed($0, decimals: 0) } ?? "–"
    }
    return cells([
      escaped(row.cost.name), bits(row.cost.b), bits(row.cost.a),
      row.cost.change.map { CompareRow.signed($0) } ?? "?",
      row.cost.share.map { DiffSummary.signed($0 * 100, decimals: 2) + " %" } ?? "–",
      (row.error.map { NumberFormat.significant($0) } ?? "–")
        + (row.nonfinite > 0 ? ", \(NumberFormat.grouped(row.nonfinite)) not finite" : ""),
      escaped(CompareRow.why(row.cost.changes) ?? ""),
    ])
  }

  private static func cells(_ texts: [String]) -> String {
    "| " + texts.joined(separator: " | ") + " |\n"
  }

  /// Text out of a stream: printable, and nothing that Markdown or HTML would take for its own.
  static func escaped(_ text: String) -> String { SafeText.line(text, limit: 120).markdown }
}

extension String {
  /// The text with a backslash before all that Markdown gives a meaning within a line.
  fileprivate var markdown: String {
    var result = ""
    for scalar in unicodeScalars {
      if "\\`*_{}[]<>#|~!@&$".unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}

/// A tensor of which bits or weights changed.
public struct DiffTensor: Sendable {
  /// Its bits on both sides.
  public let cost: CostDiff.Row
  /// The number of the pair of streams.
  public let stream: Int
  /// The greatest error of its weights that are finite on both sides; nil if they are the same, or were not compared.
  public let error: Double?
  /// The pairs of weights that differ and of which one is not finite: no error counts them.
  public let nonfinite: Int

  /// The tensors whose bits or weights changed, the greatest change of bits first.
  public static func rows(_ diff: SessionDiff) -> [DiffTensor] {
    var found: [String: ValueComparison] = [:]
    for row in diff.weights where found[row.name] == nil { found[row.name] = row.comparison }
    return diff.costs.enumerated().flatMap { stream, costs in
      costs.tensors.map { cost in
        let weights = found[cost.name]
        return DiffTensor(
          cost: cost, stream: stream, error: weights?.greatest, nonfinite: weights?.nonfinite ?? 0)
      }
    }
    .filter { !$0.cost.isSame || $0.error != nil || $0.nonfinite > 0 }
    .enumerated().sorted { left, right in
      let changes = [left, right].map { $0.element.cost.change?.magnitude ?? .infinity }
      return (changes[1], left.offset) < (changes[0], right.offset)
    }.map(\.element)
  }
}

/// `diff --by tensor`: a row for each tensor of which bits or weights changed.
public enum DiffTensorTable {
  /// The columns.
  public static let fields: [Field<DiffTensor>] = [
    Field("name", kind: .name, "the name of the tensor", priority: 0) { $0.cost.name },
    Field("stream", "the number of the pair of streams", priority: 8) { $0.stream },
    Field("a", title: "bits A", "payload bits of the first side", width: 10, priority: 2) {
      $0.cost.a.map(CostAmount.cell)
    },
    Field("b", title: "bits B", "payload bits of the second side", width: 10, priority: 2) {
      $0.cost.b.map(CostAmount.cell)
    },
    Field("change", title: "Δ bits", "by how many bits they differ", width: 10, priority: 1) {
      $0.cost.change.map(CostAmount.cell)
    },
    Field("share", title: "Δ", kind: .percent, "the change as a part of A", priority: 1) {
      $0.cost.share
    },
    Field("error", "the greatest difference of its weights", priority: 3) { $0.error },
    Field("nonfinite", title: "not finite", "pairs of weights that no error counts", priority: 4) {
      $0.nonfinite
    },
    Field(
      "why", kind: .message, "the classes that make up most of the change", width: 44, priority: 3
    ) { CompareRow.why($0.cost.changes) },
  ]
}
