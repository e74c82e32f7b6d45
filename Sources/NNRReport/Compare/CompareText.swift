import NNRAnalysis
import PlainText

/// What `compare` says for people around its tables.
public enum CompareText {
  /// The runs under their numbers.
  public static func runs(_ comparison: RunComparison, width: Int?) -> String {
    let isFinite = comparison.runs.allSatisfy { $0.errors?.nonfinite ?? 0 == 0 }
    let left = Set(["tensors", "weights", "compared", "worst"] + (isFinite ? ["nonfinite"] : []))
    let fields = RunTable.fields(against: comparison.isAgainst)
      .filter { !left.contains($0.column.key) }
    // What is wrong with a run has a column where something is.
    let rows = RunRow.rows(comparison)
    let shown = rows.contains { $0.error != nil } ? fields : fields.dropLast()
    return TextTable(Table(shown, rows), width: width).text
  }

  /// Points of all series and what tells them apart; empty without an original.
  public static func rates(
    _ comparison: RunComparison, _ series: [RateSeries], _ differences: [SeriesDifference],
    width: Int?
  ) -> String {
    guard comparison.isAgainst else { return "" }
    // Two points are no picture.
    let isDrawn = !series.isEmpty || comparison.runs.count > 2
    let lines =
      isDrawn
      ? PointPlot.rates(comparison, series).lines(width: min(width ?? 78, 100), height: 18) : []
    var text = lines.isEmpty ? "" : "\n" + lines.map { $0 + "\n" }.joined()
    for difference in differences {
      text += "\n" + self.text(difference, comparison, width: width)
    }
    return text
  }

  private static func name(_ series: RateSeries) -> String {
    SafeText.line(series.name, limit: 60)
  }

  private static func text(
    _ difference: SeriesDifference, _ comparison: RunComparison, width: Int?
  ) -> String {
    let title = "\(name(difference.second)) against \(name(difference.first))"
    var lines: [String] = []
    switch difference.whole {
    case .failure(let problem): lines.append("\(title): nothing to say, \(problem)")
    case .success(let found):
      lines.append(
        "\(title), Bjøntegaard by \(found.method.title): "
          + "\(signed(found.ratePercent, decimals: 2)) % bits at equal SNR, "
          + "\(signed(found.snr, decimals: 3)) dB at equal bits; the overlap is "
          + "\(NumberFormat.percent(found.overlap)) of the SNR and "
          + "\(NumberFormat.percent(found.rateOverlap)) of the rates")
      if let mean = difference.meanRatePercent {
        lines.append(
          "  by tensor: \(signed(mean, decimals: 2)) % bits on average, over \(difference.valid) of "
            + "\(difference.tensors) tensors")
      }
      lines += difference.warnings(comparison).map { "  " + SafeText.line($0) }
    }
    var text = lines.flatMap { CellText.wrapped($0, to: width) }.map { $0 + "\n" }.joined()
    if case .success(let found) = difference.whole {
      text += PointPlot.course(found).lines(width: min(width ?? 78, 100), height: 10)
        .map { $0 + "\n" }.joined()
    }
    return text
  }

  private static func signed(_ value: Double, decimals: Int) -> String {
    (value < 0 ? "−" : "+") + NumberFormat.fixed(value.magnitude, decimals: decimals)
  }

  /// What of the runs is not compared with the original, a line for each kind and run; not safe to print.
  public static func notes(_ comparison: RunComparison) -> [String] {
    comparison.runs.flatMap { run -> [String] in
      var lines: [String] = []
      if let why = run.uncompared { lines.append(why) }
      if let first = run.refused.first {
        let more = run.refused.count > 1 ? ", and \(run.refused.count - 1) more" : ""
        lines.append("\(run.file): not compared: \(first.name), \(first.reason)\(more)")
      }
      if !run.missing.isEmpty {
        let names = run.missing.prefix(3).joined(separator: ", ")
        let more = run.missing.count > 3 ? ", and \(run.missing.count - 3) more" : ""
        lines.append("\(run.file): not in the original: \(names)\(more)")
      }
      if let count = run.errors?.nonfinite, count > 0 {
        lines.append(
          "\(run.file): \(NumberFormat.count(count, "pair")) of weights not finite: errors are of the others"
        )
      }
      if let rule = run.rule { lines.append("\(run.file): names matched \(rule)") }
      return lines
    }
  }
}
