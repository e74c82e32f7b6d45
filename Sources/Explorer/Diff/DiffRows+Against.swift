import NNRAnalysis
import NNRModel
import NNRReport
import PlainText

extension DiffRows {
  /// Adds the errors against a reference, the greatest first, each with its histogram and its worst weights.
  ///
  /// `directory` tells which unit codes a parameter; one that is not coded under its own name has no place.
  mutating func add(_ report: AgainstReport, _ directory: TensorDirectory) {
    func place(_ name: String) -> Location? {
      directory.last(named: name).map { Location(unit: $0.unit) }
    }
    append(
      DiffRow(
        kind: .heading, mark: " ",
        text: "\(NumberText.count(report.rows.count, "parameter")) compared", a: "max |Δ|",
        b: "SNR",
        note: "mean |Δ|, RMSE, the same"))
    for row in report.rows.sorted(by: { $0.errors.maxError > $1.errors.maxError }) {
      add(row, place(row.name))
    }
    for name in report.missing {
      append(
        DiffRow(
          kind: .weights, mark: "-", text: "  " + ShownText.line(name), name: ShownText.line(name),
          note: "not in the reference file", placeA: place(name)))
    }
    for name in report.extra {
      append(
        DiffRow(
          kind: .weights, mark: "+", text: "  " + ShownText.line(name), name: ShownText.line(name),
          note: "only in the reference file"))
    }
    for refused in report.refused {
      append(
        DiffRow(
          kind: .weights, mark: "~", text: "  " + ShownText.line(refused.name),
          name: ShownText.line(refused.name),
          note: ShownText.line(refused.reason), placeA: place(refused.name)))
    }
  }

  private mutating func add(_ row: AgainstReport.Row, _ place: Location?) {
    let found = row.errors
    var line = DiffRow(
      kind: .weights, mark: found.isSame ? "=" : "~", text: "  " + ShownText.line(row.name),
      name: ShownText.line(row.name),
      placeA: place)
    line.a = found.greatest.map { NumberFormat.significant($0) } ?? "-"
    line.b = found.snr.map { $0.isInfinite ? "same" : NumberText.fixed($0, 1) + " dB" } ?? "-"
    line.note = Self.errors(found)
    if let relative = found.relativeL2 {
      line.note += ", relative L2 \(NumberFormat.significant(relative))"
    }
    append(line)
    guard !found.isSame else { return }
    let limit = NumberFormat.significant(found.maxError)
    append(
      DiffRow(
        kind: .payload, mark: " ", text: "    errors  \(AgainstText.bars(found.histogram))",
        a: "−\(limit)", b: "+\(limit)", note: "errors from −max to +max", placeA: place))
    for worst in found.strange.prefix(5) + found.worst.prefix(5) {
      var line = Self.worst(worst, row.indices(of: worst.element), worst.value, worst.reference)
      line.placeA = place
      line.weight = DiffRow.Weight(name: row.name, element: worst.element)
      append(line)
    }
  }

  /// The line of a weight that is far away from another.
  static func worst(
    _ worst: ValueComparison.Pair, _ indices: [Int], _ a: Double, _ b: Double
  ) -> DiffRow {
    let place = indices.map { "\($0)" }.joined(separator: ", ")
    let texts = ValueText.weights(a, b)
    return DiffRow(
      kind: .payload, mark: " ",
      text: "    \(worst.error.isFinite ? "worst" : "not finite") at [\(place)]", a: texts.0,
      b: texts.1,
      note: worst.error.isNaN ? "" : "error \(NumberFormat.significant(worst.error))")
  }
}
