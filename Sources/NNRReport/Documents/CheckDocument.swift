import NNRAnalysis
import NNRModel
import NNRSyntax
import PlainText

/// `check` as JSON, as a table and as text.
public struct CheckDocument: Sendable {
  /// The name of the stream.
  public let file: String
  /// What was found.
  public let check: StreamCheck
  /// The least severity that is listed; the counts are those of all.
  public let least: Severity
  /// The versions of NNCodec that may have written the stream; nil if nobody asked.
  public let writer: WriterFit?

  /// The document of a check.
  public init(
    file: String, _ check: StreamCheck, least: Severity = .info, writer: WriterFit? = nil
  ) {
    self.file = file
    self.writer = writer
    self.check = check
    self.least = least
  }

  /// What the table lists: a breach of a file.
  public typealias Row = (file: String, breach: Breach)

  /// The columns of the table.
  public static let fields: [Field<Row>] = [
    Field("file", kind: .name, "the stream", priority: 9) { $0.file },
    Field("severity", "how bad it is", priority: 1, values: Severity.allCases.map(\.rawValue)) {
      $0.breach.severity.rawValue
    },
    Field(
      "id", title: "rule", "the rule that is broken", priority: 0, values: Rule.allCases.map(\.id)
    ) { $0.breach.rule.id },
    Field("unit", "the number of the unit", priority: 2) { $0.breach.unit },
    Field("bit_offset", title: "bit", "the first bit within the unit", priority: 4) {
      $0.breach.diagnostic.range.start
    },
    Field("bit_length", title: "bits", "the number of bits", priority: 6) {
      $0.breach.diagnostic.range.length
    },
    Field("message", kind: .message, "what was found", priority: 0) {
      $0.breach.diagnostic.message
    },
  ]

  /// The breaches that are listed.
  public var listed: [Breach] { check.breaches.filter { $0.severity <= least } }

  /// The same as rows of the table.
  public var rows: [Row] { listed.map { (file, $0) } }

  /// Writes the object of the stream.
  public func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("file", file)
      json.member("errors", check.count(.error))
      json.member("warnings", check.count(.warning))
      json.member("infos", check.count(.info))
      json.key("diagnostics")
      json.array { json in
        for row in rows { json.value(row, Self.fields.filter { $0.column.key != "file" }) }
      }
      json.member("rules_not_run", check.notRun.map(\.id))
      if let writer {
        json.key("writer")
        WriterText.write(writer, to: &json)
      }
    }
  }

  /// The text for people: a line for each breach, what the broken rules are about, and the sum.
  public var text: String {
    var text = SafeText.line(file) + "\n"
    let listed = listed
    for breach in listed {
      let range = breach.diagnostic.range
      text +=
        "  \(breach.severity.letter) \(breach.rule.id) unit \(breach.unit) bit \(range.start)+\(range.length)  "
        + SafeText.line(breach.diagnostic.message, limit: 4 * SafeText.usualLimit) + "\n"
    }
    if !listed.isEmpty { text += "\n" }
    for rule in Set(listed.map(\.rule)).sorted(by: { $0.order < $1.order }) {
      text += "  \(rule.id)  \(rule.condition)\n"
      text += "       \(rule.reason) Likely: \(RuleTable.lowercased(rule.mistake))\n"
    }
    if !listed.isEmpty { text += "\n" }
    if let writer { text += "  \(WriterText.line(writer))\n" }
    return text + "  \(summary)\n"
  }

  /// The sum in a line.
  public var summary: String {
    var text = [
      NumberFormat.count(check.count(.error), "error"),
      NumberFormat.count(check.count(.warning), "warning"),
      NumberFormat.count(check.count(.info), "info"),
    ].joined(separator: ", ")
    let hidden = check.breaches.count - listed.count
    if hidden > 0 { text += "; \(hidden) below --severity \(least.rawValue) not listed" }
    if !check.notRun.isEmpty {
      text +=
        "; \(NumberFormat.count(check.notRun.count, "rule")) not run, because payloads were not decoded"
    }
    return text
  }
}
