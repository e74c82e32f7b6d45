import NNRAnalysis
import NNRReport
import PlainText
import TerminalScreen

extension DiffRows {
  /// Adds the errors of weights, parameter by parameter, each with its worst weight.
  ///
  /// `units` are the units that code a name on both sides.
  mutating func add(_ diff: WeightDiff, isSum: Bool, units: (String) -> (Int?, Int?)) {
    let title = isSum ? "Weights, updates added up: B against A" : "Weights: B against A"
    guard diff.skipped == nil else {
      let why = ShownText.line(diff.skipped ?? "")
      return append(DiffRow(kind: .heading, mark: " ", text: title, note: "not compared: \(why)"))
    }
    append(
      DiffRow(
        kind: .heading, mark: " ", text: title, a: "max |Δ|", b: "SNR",
        note: "mean |Δ|, RMSE, the same"))
    for row in diff.rows {
      let (a, b) = units(row.name)
      let places = (a.map { Location(unit: $0) }, b.map { Location(unit: $0) })
      append(Self.row(row, places.0, places.1))
      guard let found = row.comparison, let shape = row.shapeA else { continue }
      for worst in found.strange.prefix(1) + found.worst.prefix(1) {
        // The second side is compared with the first.
        var line = Self.worst(
          worst, Shape.indices(of: worst.element, in: shape), worst.reference, worst.value)
        (line.placeA, line.placeB) = places
        line.weight = DiffRow.Weight(name: row.name, element: worst.element)
        append(line)
      }
    }
    if diff.same > 0 {
      append(
        DiffRow(
          kind: .equal(diff.same), mark: "=",
          text: "  \(NumberText.count(diff.same, "parameter")) with the same weights"))
    }
  }

  private static func row(_ row: WeightDiff.Row, _ a: Location?, _ b: Location?) -> DiffRow {
    let mark = row.shapeA == nil ? "+" : row.shapeB == nil ? "-" : "~"
    var line = DiffRow(
      kind: .weights, mark: mark, text: "  " + ShownText.line(row.name),
      name: ShownText.line(row.name), placeA: a, placeB: b)
    guard let found = row.comparison else {
      line.a = row.shapeA.map { Shape.text($0) } ?? "-"
      line.b = row.shapeB.map { Shape.text($0) } ?? "-"
      line.note =
        row.isUndecoded
        ? "not decoded" : mark == "+" ? "added" : mark == "-" ? "removed" : "other shape"
      return line
    }
    line.a = found.greatest.map { NumberFormat.significant($0) } ?? "-"
    line.b = found.snr.map { NumberText.fixed($0, 1) + " dB" } ?? "-"
    line.note = errors(found)
    return line
  }

  /// What is not finite, mean, RMSE and the share of equal values.
  static func errors(_ found: ValueComparison) -> String {
    func text(_ value: Double?) -> String { value.map { NumberFormat.significant($0) } ?? "-" }
    let share = NumberText.fixed(found.equalShare * 100, 2)
    // First what would make all else mislead: the end of a note may be cut off.
    var parts = found.nonfinite > 0 ? ["\(NumberText.grouped(found.nonfinite)) not finite"] : []
    parts += [
      "mean \(text(found.meanError))", "RMSE \(text(found.rmse))", "\(share) % the same",
    ]
    return parts.joined(separator: ", ")
  }
}
