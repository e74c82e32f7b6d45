import NNRBits
import NNRSyntax

/// A rule that a stream breaks, and the unit that breaks it.
public struct Breach: Sendable, Hashable {
  /// The entry of the stream's index; 0 where the stream has none.
  public let unit: Int
  /// What is wrong; bits count from the first bit of the unit.
  public let diagnostic: Diagnostic

  /// A breach in a unit.
  public init(unit: Int, _ diagnostic: Diagnostic) {
    self.unit = unit
    self.diagnostic = diagnostic
  }

  /// The rule.
  public var rule: Rule { diagnostic.rule }
  /// How bad it is here.
  public var severity: Severity { diagnostic.severity }

  /// By severity, then unit, then bit, then the order of the catalogue.
  static func isBefore(_ left: Breach, _ right: Breach) -> Bool {
    guard left.severity == right.severity else { return left.severity < right.severity }
    return (left.unit, left.diagnostic.range.start, left.rule.order)
      < (right.unit, right.diagnostic.range.start, right.rule.order)
  }
}

/// Gathers breaches while the rules look at a stream.
struct BreachList {
  private(set) var breaches: [Breach] = []
  private var rulesOfUnits: [Int: Set<Rule>] = [:]

  /// Notes that `unit` breaks `rule`.
  mutating func note(
    _ rule: Rule, unit: Int, _ range: BitRange, _ message: String, severity: Severity? = nil
  ) {
    add(Breach(unit: unit, Diagnostic(rule, at: range, message, severity: severity)))
  }

  /// Takes over a breach that was found elsewhere.
  mutating func add(_ breach: Breach) {
    breaches.append(breach)
    rulesOfUnits[breach.unit, default: []].insert(breach.rule)
  }

  /// Whether `unit` is known to break `rule`.
  func has(_ rule: Rule, unit: Int) -> Bool { rulesOfUnits[unit]?.contains(rule) ?? false }

  /// Takes a breach of `rule` in `unit` back, because a worse one takes its place.
  mutating func replace(_ rule: Rule, unit: Int, with breach: Breach) {
    breaches.removeAll { $0.unit == unit && $0.rule == rule }
    add(breach)
  }
}
