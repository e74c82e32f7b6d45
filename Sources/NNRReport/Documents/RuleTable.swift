import NNRAnalysis
import NNRSyntax

/// The catalogue of rules, documented from the code.
public enum RuleTable {
  /// The columns.
  public static let columns = [
    Column("id", title: "rule", kind: .text, summary: "the id", priority: 0),
    Column("severity", kind: .text, summary: "error, warning or info", priority: 1),
    Column("decoding", kind: .flag, summary: "whether payloads must be decoded", priority: 3),
    Column("condition", kind: .text, summary: "what is reported", priority: 0),
    Column("why", kind: .text, summary: "why it matters", priority: 2),
    Column(
      "likely_mistake", title: "likely mistake", kind: .text,
      summary: "what an encoder most likely did", priority: 2),
  ]

  /// All rules.
  public static var table: Table {
    var table = Table(columns: columns)
    for rule in Rule.allCases {
      table.append([
        "id": .text(rule.id), "severity": .text(rule.severity.rawValue),
        "decoding": .flag(rule.needsDecoding), "condition": .text(rule.condition),
        "why": .text(rule.reason), "likely_mistake": .text(rule.mistake),
      ])
    }
    return table
  }

  /// One rule in full.
  public static func explain(_ rule: Rule) -> String {
    """
    \(rule.id)  \(rule.severity.rawValue)\(rule.needsDecoding ? ", needs decoding" : "")
      reports         \(rule.condition)
      why             \(rule.reason)
      likely mistake  \(rule.mistake)

    """
  }

  /// A sentence as the end of another.
  static func lowercased(_ sentence: String) -> String {
    guard let first = sentence.first, sentence.dropFirst().first?.isLowercase ?? false else {
      return sentence
    }
    return first.lowercased() + sentence.dropFirst()
  }
}
