import NNRBits

/// How bad it is when a rule is broken.
public enum Severity: String, Sendable, Comparable, CaseIterable {
  /// Not decodable, or certainly not conforming.
  case error
  /// Suspicious.
  case warning
  /// Worth knowing.
  case info

  /// The letter that stands beside a place: colour is never the only sign.
  public var letter: Character {
    switch self {
    case .error: "E"
    case .warning: "W"
    case .info: "I"
    }
  }

  /// Errors first.
  public static func < (left: Severity, right: Severity) -> Bool { left.order < right.order }

  private var order: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .info: 2
    }
  }
}

/// A rule that a stream can break: the catalogue of format reference 10 and of our own limits.
public struct Rule: Sendable, Hashable {
  /// The id, such as `S05`.
  public let id: String
  /// How bad a breach is.
  public let severity: Severity
  /// What the rule reports.
  public let condition: String
  /// Why it matters.
  public let reason: String
  /// What an encoder most likely did.
  public let mistake: String
  /// Whether payloads must be decoded before it is known.
  public let needsDecoding: Bool

  /// Describes a rule; see the properties.
  init(
    _ id: String, _ severity: Severity, _ condition: String, why reason: String,
    mistake: String, decoding: Bool = false
  ) {
    self.id = id
    self.severity = severity
    self.condition = condition
    self.reason = reason
    self.mistake = mistake
    needsDecoding = decoding
  }

  /// Identity by id.
  public static func == (left: Rule, right: Rule) -> Bool { left.id == right.id }

  /// Hashes the id.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// A rule that was broken, and where.
public struct Diagnostic: Sendable, Hashable {
  /// The rule.
  public let rule: Rule
  /// How bad it is here; mostly the rule's own severity.
  public let severity: Severity
  /// The bits concerned, counted from the first bit of the unit.
  public let range: BitRange
  /// What was found, as a sentence.
  public var message: String

  /// A breach of `rule` at `range`.
  public init(_ rule: Rule, at range: BitRange, _ message: String, severity: Severity? = nil) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.range = range
    self.message = message
  }
}
