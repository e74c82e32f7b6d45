import NNRAnalysis
import NNRBits
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
  /// What it breaks of what was asked for.
  public let requirements: [RequirementFinding]

  /// The document of a check.
  public init(
    file: String, _ check: StreamCheck, least: Severity = .info, writer: WriterFit? = nil,
    requirements: [RequirementFinding] = []
  ) {
    self.file = file
    self.requirements = requirements
    self.writer = writer
    self.check = check
    self.least = least
  }

  /// What the table lists: what a file breaks, a rule of the catalogue or a requirement.
  public struct Row: Sendable {
    /// The name of the file.
    public let file: String
    /// How bad it is.
    public let severity: Severity
    /// The id of the rule or the requirement.
    public let id: String
    /// The number of the unit.
    public let unit: Int
    /// The bits, counted from the first bit of the unit.
    public let range: BitRange
    /// What was found; not safe to print.
    public let message: String
  }

  /// The columns of the table.
  public static let fields: [Field<Row>] = [
    Field("file", kind: .name, "the stream", priority: 9) { $0.file },
    Field("severity", "how bad it is", priority: 1, values: Severity.allCases.map(\.rawValue)) {
      $0.severity.rawValue
    },
    Field(
      "id", title: "rule", "the rule or the requirement that is broken", priority: 0,
      examples: Rule.allCases.map(\.id)
    ) { $0.id },
    Field("unit", "the number of the unit", priority: 2) { $0.unit },
    Field("bit_offset", title: "bit", "the first bit within the unit", priority: 4) {
      $0.range.start
    },
    Field("bit_length", title: "bits", "the number of bits", priority: 6) { $0.range.length },
    Field("message", kind: .message, "what was found", priority: 0) { $0.message },
  ]

  /// The breaches that are listed.
  public var listed: [Breach] { check.breaches.filter { $0.severity <= least } }

  /// Breaches of rules and requirements that are listed, as rows of the table.
  public var rows: [Row] {
    listed.map { breach in
      Row(
        file: file, severity: breach.severity, id: breach.rule.id, unit: breach.unit,
        range: breach.diagnostic.range, message: breach.diagnostic.message)
    }
      + requirements.filter { $0.severity <= least }.map { found in
        Row(
          file: file, severity: found.severity, id: found.id, unit: found.unit,
          range: found.range, message: found.message)
      }
  }

  /// Whether it breaks a rule or a requirement that makes it an error.
  public var hasErrors: Bool { count(.error) > 0 }

  /// How many rules and requirements of a severity it breaks.
  private func count(_ severity: Severity) -> Int {
    check.count(severity) + requirements.count { $0.severity == severity }
  }

  /// Writes the object of the stream.
  public func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("file", file)
      json.member("errors", count(.error))
      json.member("warnings", count(.warning))
      json.member("infos", count(.info))
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
    for row in rows {
      text +=
        "  \(row.severity.letter) \(SafeText.line(row.id)) unit \(row.unit) bit \(row.range.start)+\(row.range.length)  "
        + SafeText.line(row.message, limit: 4 * SafeText.usualLimit) + "\n"
    }
    if !rows.isEmpty { text += "\n" }
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
      NumberFormat.count(count(.error), "error"),
      NumberFormat.count(count(.warning), "warning"),
      NumberFormat.count(count(.info), "info"),
    ].joined(separator: ", ")
    let hidden = check.breaches.count + requirements.count - rows.count
    if hidden > 0 { text += "; \(hidden) below --severity \(least.rawValue) not listed" }
    let undecoded = check.notRun.count(where: \.needsDecoding)
    if undecoded > 0 {
      text +=
        "; \(NumberFormat.count(undecoded, "rule")) not run, because payloads were not decoded"
    }
    return text
  }
}
