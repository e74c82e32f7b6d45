import NNRAnalysis
import PlainText

/// `advise` as a table, text and JSON.
public enum AdviceTable {
  /// An advice and the bits of its file.
  public struct Row: Sendable {
    let advice: Advice
    let total: Double
  }

  /// The rows of a stream.
  public static func rows(_ found: StreamAdvice) -> [Row] {
    found.advice.map { Row(advice: $0, total: Double(found.size) * 8) }
  }

  /// The columns.
  public static let fields: [Field<Row>] = [
    Field("bits", title: "saves", "the bits that it would save", width: 10, priority: 0) {
      CostAmount.cell($0.advice.bits)
    },
    Field("share", title: "%", kind: .percent, "the share of the file", priority: 2) {
      $0.total > 0 ? $0.advice.bits / $0.total : nil
    },
    Field(
      "certainty", title: "sure", "how sure that is: exact, at least that, or about that",
      priority: 5, values: Advice.Certainty.allCases.map(\.rawValue)
    ) { $0.advice.certainty.rawValue },
    Field(
      "kind", "what kind of thing it is", width: 18, priority: 4,
      values: Advice.Kind.allCases.map(\.rawValue)
    ) { $0.advice.kind.rawValue },
    Field("unit", "the number of the unit", width: 5, priority: 3) { $0.advice.unit },
    Field("tensor", kind: .name, "the tensor, where it is about one", priority: 1) {
      $0.advice.tensor
    },
    Field("what", kind: .message, "what is the case", width: 44, priority: 1) { $0.advice.what },
    Field("change", kind: .message, "what to change in the encoder", width: 44, priority: 0) {
      $0.advice.change
    },
  ]

  /// What all of it would save: `7 pieces of advice, 12,345 bits in all (3.4 %)`.
  public static func total(_ found: StreamAdvice) -> String {
    guard !found.advice.isEmpty else { return "nothing to advise" }
    let share = found.size > 0 ? found.bits / Double(found.size * 8) : 0
    return "\(NumberFormat.count(found.advice.count, "piece")) of advice, "
      + "\(NumberFormat.bits(found.bits.rounded())) in all (\(NumberFormat.percent(share)))"
  }

  /// A line over the table.
  public static func heading(_ found: StreamAdvice) -> String {
    let size = found.advice.isEmpty ? "" : ", \(NumberFormat.bytes(found.size))"
    return "\(SafeText.line(found.file))\(size): \(total(found))\n"
  }

  /// Writes the object of a stream; `rows` are those that were chosen.
  public static func write(_ found: StreamAdvice, rows: [Row], to json: inout JSONWriter) {
    json.object { json in
      json.member("file", found.file)
      json.member("size", found.size)
      json.member("bits", found.bits)
      json.key("advice")
      json.array { json in for row in rows { json.value(row, fields) } }
    }
  }
}
