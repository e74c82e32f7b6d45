import NNRAnalysis
import NNRModel
import PlainText

/// The errors against a reference as columns, lines and JSON.
public enum AgainstText {
  private typealias Worst = (row: AgainstReport.Row, found: ValueComparison.Pair)

  /// The columns of pairs of weights, with as many digits as tell the two apart.
  private static func pairs(_ title: String) -> [Field<Worst>] {
    @Sendable func texts(_ pair: ValueComparison.Pair) -> (String, String) {
      ValueText.weights(pair.value, pair.reference)
    }
    return [
      Field("worst", title: title, kind: .name, "the parameter") { $0.row.name },
      Field("place", "its indices") { "\($0.row.indices(of: $0.found.element))" },
      Field("value", kind: .number, "the weight") { CellValue.text(texts($0.found).0) },
      Field("reference", kind: .number, "that of the reference") {
        CellValue.text(texts($0.found).1)
      },
      Field("error", "how far they are apart") { $0.found.error.isNaN ? nil : $0.found.error },
    ]
  }

  /// What was compared, the errors' histograms, what is missing, and the worst weights of all.
  public static func text(_ report: AgainstReport, width: Int?, worst limit: Int = 10) -> String {
    var text = "\nagainst \(SafeText.line(report.file)): "
    text += "\(NumberFormat.grouped(report.rows.count)) compared"
    text += (report.scope.text.map { ", " + $0 } ?? "") + "\n"
    for remark in report.remarks + (report.mapping.rule.map { ["names matched \($0)"] } ?? []) {
      text += "  \(SafeText.line(remark, limit: 400))\n"
    }
    text += list("not in the reference file", report.missing)
    text += list("only in the reference file", report.extra)
    let compared = Set(report.rows.map(\.name))
    for refused in report.refused {
      let title = compared.contains(refused.name) ? "not added up" : "not compared"
      text += "  \(title): \(name(refused.name)), \(refused.reason)\n"
    }
    guard !report.rows.isEmpty else { return text }
    text += errors(report, width: width)
    let all = report.rows.flatMap { row in
      row.errors.worst.map { Worst(row: row, found: $0) }
    }.sorted { $0.found.error > $1.found.error }.prefix(limit)
    if !all.isEmpty {
      text += "\n" + TextTable(Table(pairs("worst weights"), all), width: width).text
    }
    // No error is a number there, and so none of them is among the worst.
    let strange = report.rows.flatMap { row in
      row.errors.strange.map { Worst(row: row, found: $0) }
    }.prefix(limit)
    if !strange.isEmpty {
      text += "\n" + TextTable(Table(pairs("not finite"), strange), width: width).text
    }
    return text
  }

  /// The errors of all tensors; those of a finite rest are marked.
  private static func errors(_ report: AgainstReport, width: Int?) -> String {
    // A weight that is no number on either side counts in none of the errors.
    let hasNonfinite = report.rows.contains { $0.errors.isOfRest }
    let left = ["worst"] + (hasNonfinite ? [] : ["nonfinite_errors"])
    let fields = AgainstReport.Row.fields.filter { !left.contains($0.column.key) }
      .map { field in
        RestMark.keys.contains(field.column.key)
          ? Field<AgainstReport.Row>(field.column) { row in
            RestMark.cell(field.value(row).number, row.errors)
          } : field
      }
    var text = TextTable(Table(fields, report.rows), width: width).text
    if hasNonfinite { text += RestMark.legend + "\n" }
    for row in report.rows {
      guard let counts = RestMark.counts(row.errors, "here", "in the reference") else { continue }
      text += "  \(name(row.name)): \(counts)\n"
    }
    return text
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
      json.member("rule", report.mapping.rule)
      json.member("remarks", report.remarks)
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
      json.key("not_finite")
      json.array { json in
        for pair in row.errors.strange {
          json.object { json in
            json.member("place", row.indices(of: pair.element))
            // JSON has no words for these numbers.
            json.member("value", NumberFormat.shortest(pair.value))
            json.member("reference", NumberFormat.shortest(pair.reference))
          }
        }
      }
    }
  }
}

extension AgainstReport.Row {
  /// The columns of the report, of which the table of tensors has a part.
  static let fields: [Field<AgainstReport.Row>] = [
    Field("tensor", kind: .name, "the parameter", priority: 0) { $0.name },
    Field("max_error", title: "max err", "the greatest error against the reference", priority: 2) {
      $0.errors.greatest
    },
    Field("mean_error", title: "mean err", "the mean error") { $0.errors.meanError },
    Field("rmse", title: "RMSE", "the root of the mean squared error", priority: 2) {
      $0.errors.rmse
    },
    Field(
      "snr", aliases: ["snr_db"], title: "SNR dB", "reference over error in decibel", priority: 2
    ) { $0.errors.snr },
    Field(
      "relative_l2", title: "rel L2", "the norm of the error over that of the reference",
      priority: 4
    ) { $0.errors.relativeL2 },
    Field("equal", kind: .percent, "weights that are the same") { $0.errors.equalShare },
    Field("worst", "the place of the greatest error", priority: 6) { row in
      row.errors.worst.first.map { "\(row.indices(of: $0.element))" }
    },
    Field("errors", title: "errors −max…max", "how they are spread") {
      AgainstText.bars($0.errors.histogram)
    },
    Field(
      "nonfinite_errors", title: "not finite",
      "weights that differ and are not finite on one side; errors are those of the rest",
      priority: 0
    ) { $0.errors.nonfinite },
  ]
}
