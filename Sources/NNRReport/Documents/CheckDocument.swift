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

  /// The document of a check.
  public init(file: String, _ check: StreamCheck, least: Severity = .info) {
    self.file = file
    self.check = check
    self.least = least
  }

  /// The columns of the table.
  public static let columns = [
    Column("file", kind: .text, summary: "the stream", priority: 9),
    Column(
      "severity", kind: .text, summary: "error, warning or info", priority: 1,
      examples: ["error", "warning", "info"]),
    Column(
      "id", title: "rule", kind: .text, summary: "the rule that is broken", priority: 0,
      examples: ["S05"]),
    Column("unit", kind: .number, summary: "the number of the unit", priority: 2),
    Column(
      "bit_offset", title: "bit", kind: .number, summary: "the first bit within the unit",
      priority: 4),
    Column("bit_length", title: "bits", kind: .number, summary: "the number of bits", priority: 6),
    Column("message", kind: .text, summary: "what was found", priority: 0),
  ]

  /// The breaches that are listed.
  public var listed: [Breach] { check.breaches.filter { $0.severity <= least } }

  /// Adds a row for each breach.
  public func append(to table: inout Table) {
    for breach in listed {
      let range = breach.diagnostic.range
      table.append([
        "file": .text(file), "severity": .text(breach.severity.rawValue),
        "id": .text(breach.rule.id), "unit": .integer(breach.unit),
        "bit_offset": .integer(range.start), "bit_length": .integer(range.length),
        "message": .text(breach.diagnostic.message),
      ])
    }
  }

  /// Writes the object of the stream.
  public func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("file", file)
      json.member("errors", check.count(.error))
      json.member("warnings", check.count(.warning))
      json.member("infos", check.count(.info))
      json.key("diagnostics")
      json.array { json in
        for breach in listed {
          json.object { json in
            json.member("id", breach.rule.id)
            json.member("severity", breach.severity.rawValue)
            json.member("unit", breach.unit)
            json.member("bit_offset", breach.diagnostic.range.start)
            json.member("bit_length", breach.diagnostic.range.length)
            json.member("message", breach.diagnostic.message)
          }
        }
      }
      json.member("rules_not_run", check.notRun.map(\.id))
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
