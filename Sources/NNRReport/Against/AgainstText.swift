import NNRAnalysis
import NNRModel
import PlainText

/// The errors against a reference as columns, lines and JSON.
public enum AgainstText {
  /// The columns that are added to the table of tensors.
  public static let columns = [
    Column(
      "max_error", title: "max err", kind: .number,
      summary: "the greatest error against the reference", priority: 2),
    Column(
      "rmse", title: "RMSE", kind: .number, summary: "the root of the mean squared error",
      priority: 2),
    Column(
      "snr", title: "SNR dB", kind: .number, summary: "reference over error in decibel",
      priority: 2),
    Column(
      "relative_l2", title: "rel L2", kind: .number,
      summary: "the norm of the error over that of the reference", priority: 4),
    Column("worst", kind: .text, summary: "the place of the greatest error", priority: 6),
  ]

  /// The cells of a tensor by the keys of the columns; none if it was not compared.
  public static func cells(_ tensor: CodedTensor, _ report: AgainstReport?) -> [String: CellValue] {
    guard let row = report?.row(for: tensor) else { return [:] }
    func number(_ value: Double?) -> CellValue { value.map { .number($0) } ?? .missing }
    return [
      "max_error": number(row.errors.greatest), "rmse": number(row.errors.rmse),
      "snr": number(row.errors.snr), "relative_l2": number(row.errors.relativeL2),
      "worst": row.errors.worst.first.map { .text("\(row.indices(of: $0.element))") } ?? .missing,
    ]
  }

  /// What was compared, the errors' histograms, what is missing, and the worst weights of all.
  public static func text(_ report: AgainstReport, width: Int?, worst limit: Int = 10) -> String {
    var text = "\nagainst \(SafeText.line(report.file)): "
    text += "\(NumberFormat.grouped(report.rows.count)) compared"
    text += (report.scope.text.map { ", " + $0 } ?? "") + "\n"
    text += list("not in the reference file", report.missing)
    text += list("only in the reference file", report.extra)
    let compared = Set(report.rows.map(\.name))
    for refused in report.refused {
      let title = compared.contains(refused.name) ? "not added up" : "not compared"
      text += "  \(title): \(name(refused.name)), \(refused.reason)\n"
    }
    guard !report.rows.isEmpty else { return text }
    // A weight that is no number on either side counts in none of the errors.
    let hasNonfinite = report.rows.contains { $0.errors.nonfinite > 0 }
    let nonfinite = Column("nonfinite", title: "not finite", kind: .number, priority: 0)
    var table = Table(
      columns: [
        Column("tensor", kind: .text, priority: 0), Column("max", title: "max err", kind: .number),
        Column("mean", title: "mean err", kind: .number),
        Column("rmse", title: "RMSE", kind: .number, priority: 1),
        Column("snr", title: "SNR dB", kind: .number, priority: 1),
        Column("l2", title: "rel L2", kind: .number), Column("equal", kind: .percent),
        Column("errors", title: "errors −max…max", kind: .text),
      ] + (hasNonfinite ? [nonfinite] : []))
    for row in report.rows {
      func number(_ value: Double?) -> CellValue { value.map { .number($0) } ?? .missing }
      let found = row.errors
      table.append(
        [
          .text(row.name), number(found.greatest), number(found.meanError), number(found.rmse),
          number(found.snr), number(found.relativeL2), .number(found.equalShare),
          .text(bars(found.histogram)),
        ] + (hasNonfinite ? [.integer(found.nonfinite)] : []))
    }
    text += TextTable(table, width: width).text
    let all = report.rows.flatMap { row in row.errors.worst.map { (row: row, worst: $0) } }
      .sorted { $0.worst.error > $1.worst.error }.prefix(limit)
    guard !all.isEmpty else { return text }
    var worst = Table(columns: [
      Column("worst", title: "worst weights", kind: .text), Column("place", kind: .text),
      Column("value", kind: .number), Column("reference", kind: .number),
      Column("error", kind: .number),
    ])
    for (row, found) in all {
      worst.append([
        .text(row.name), .text("\(row.indices(of: found.element))"), .number(found.value),
        .number(found.reference), .number(found.error),
      ])
    }
    return text + "\n" + TextTable(worst, width: width).text
  }

  private static func name(_ name: String) -> String {
    SafeText.line(name, limit: SafeText.usualLimit)
  }

  private static func list(_ title: String, _ names: [String]) -> String {
    names.isEmpty ? "" : "  \(title): " + names.map { name($0) }.joined(separator: ", ") + "\n"
  }

  /// The counts as a row of bars; empty for equal values.
  public static func bars(_ histogram: Histogram) -> String {
    let glyphs: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    let peak = Double(max(histogram.peak, 1))
    // Two bins to a bar: the line stays short.
    let pairs = stride(from: 0, to: histogram.bins.count, by: 2).map { place in
      histogram.bins[place...].prefix(2).reduce(0, +)
    }
    let top = max(Double(pairs.max() ?? 0), peak)
    return String(
      pairs.map { count in
        glyphs[count == 0 ? 0 : max(1, min(8, Int((Double(count) / top * 8).rounded())))]
      })
  }

  /// The report as the value of the key `against`.
  public static func write(_ report: AgainstReport, to json: inout JSONWriter) {
    json.object { json in
      json.member("file", report.file)
      json.member("missing", report.missing)
      json.member("extra", report.extra)
      json.key("refused")
      json.array { json in
        for refused in report.refused {
          json.object { json in
            json.member("name", refused.name)
            json.member("reason", refused.reason)
          }
        }
      }
      json.key("tensors")
      json.array { json in for row in report.rows { write(row, to: &json) } }
      json.member("accumulated", report.scope.isSum)
      json.member("files", report.scope.files)
    }
  }

  private static func write(_ row: AgainstReport.Row, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", row.name)
      json.member("shape", row.shape)
      json.members(of: row.errors)
      json.key("histogram")
      json.object { json in
        json.member("lower", row.errors.histogram.lower)
        json.member("upper", row.errors.histogram.upper)
        json.key("bins")
        json.array { json in for count in row.errors.histogram.bins { json.value(count) } }
      }
      json.key("worst")
      json.array { json in
        for worst in row.errors.worst {
          json.object { json in
            json.member("place", row.indices(of: worst.element))
            json.member("value", worst.value)
            json.member("reference", worst.reference)
            json.member("error", worst.error)
          }
        }
      }
    }
  }
}
