import NNRSyntax

/// A rule that a carrier breaks, and where in the file.
public struct CarriageFinding: Hashable, Sendable {
  /// The rule.
  public let rule: Rule
  /// How bad it is here.
  public let severity: Severity
  /// The byte of the file that it is about.
  public let offset: Int
  /// What was found, as a sentence.
  public let message: String

  /// A breach of `rule` at byte `offset` of the file.
  init(_ rule: Rule, at offset: Int, _ message: String, severity: Severity? = nil) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.offset = offset
    self.message = message
  }
}
