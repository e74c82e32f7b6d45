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

extension Rule {
  /// The id, such as `S05`.
  public var id: String { rawValue.uppercased() }
  /// How bad a breach is.
  public var severity: Severity { text.severity }
  /// What the rule reports.
  public var condition: String { text.condition }
  /// Why it matters.
  public var reason: String { text.reason }
  /// What an encoder most likely did.
  public var mistake: String { text.mistake }
  /// Whether payloads must be decoded before it is known.
  public var needsDecoding: Bool { text.needsDecoding }
  /// Whether other ways to code the same integers must be searched.
  public var needsSearch: Bool { text.needsSearch }

  /// Whether it is about what carries a stream, not about the stream itself.
  public var isAboutCarrier: Bool { id.hasPrefix("C") }

  /// The place in the catalogue.
  public var order: Int { Self.places[self] ?? 0 }

  private static let places = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

  /// The rule with an id, whatever its case.
  public static func named(_ id: String) -> Rule? { Rule(rawValue: id.lowercased()) }
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
