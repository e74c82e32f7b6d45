import NNRAnalysis
import NNRSyntax

/// The catalogue of rules, documented from the code.
public enum RuleTable {
  /// The columns.
  public static let fields: [Field<Rule>] = [
    Field("id", title: "rule", "the id", priority: 0) { $0.id },
    Field("severity", "how bad it is", priority: 1, values: Severity.allCases.map(\.rawValue)) {
      $0.severity.rawValue
    },
    Field("decoding", "whether payloads must be decoded", priority: 3) { $0.needsDecoding },
    Field("condition", kind: .message, "what is reported", priority: 0) { $0.condition },
    Field("why", kind: .message, "why it matters", priority: 2) { $0.reason },
    Field(
      "likely_mistake", title: "likely mistake", kind: .message,
      "what an encoder most likely did", priority: 2
    ) { $0.mistake },
  ]

  /// One rule in full.
  public static func explain(_ rule: Rule) -> String {
    """
    \(rule.id)  \(rule.severity.rawValue)\(rule.needsDecoding ? ", needs decoding" : rule.needsSearch ? ", needs --search" : "")
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
