import NNRAnalysis
import NNRModel
import NNRSyntax

/// What is known of all units by now; the background adds to it.
public struct Survey: Sendable {
  /// A broken rule and its unit.
  public struct Finding: Sendable, Hashable {
    /// The entry of the stream's index.
    public let unit: Int
    /// What is wrong.
    public let diagnostic: Diagnostic
  }

  /// The most findings that are listed; more are counted.
  static let findingLimit = 100_000

  /// The units that were looked at, in order from the first.
  public private(set) var units: [UnitSummary] = []
  /// The data units among them.
  public private(set) var tensors: [Int] = []
  /// The rules that are broken, in order.
  public private(set) var findings: [Finding] = []
  /// The least severity that is listed.
  public private(set) var least = Severity.info
  /// Whether all rules were looked at that need no decoding; and those that do.
  public private(set) var isChecked = (syntax: false, decoding: false)
  /// The findings that are listed: errors, then warnings, then infos, each in the order of the stream.
  private(set) var shown: [Finding] = []
  /// The places in `findings` of each unit, once all rules were looked at.
  private var places: [Int: Range<Int>] = [:]
  /// How often rules of a severity are broken.
  public private(set) var counts: [Severity: Int] = [:]
  /// The weights of all tensors.
  public private(set) var weights = 0
  /// The share of units that were looked at; 1 when all were.
  public private(set) var fraction = 0.0

  /// Nothing known yet.
  public init() {}

  /// Whether all units were looked at.
  public var isComplete: Bool { fraction >= 1 }

  /// Takes over what a job found.
  mutating func add(_ batch: [UnitSummary], fraction: Double) {
    self.fraction = fraction
    for summary in batch {
      if summary.payloadType != nil { tensors.append(summary.unit) }
      weights = weights.saturatingAdd(summary.weights)
      // Once all rules were looked at, those of the syntax are known too.
      for diagnostic in summary.diagnostics where !isChecked.syntax {
        counts[diagnostic.severity, default: 0] += 1
        if findings.count < Self.findingLimit {
          findings.append(Finding(unit: summary.unit, diagnostic: diagnostic))
        }
      }
    }
    units += batch
    if !isChecked.syntax, batch.contains(where: { !$0.diagnostics.isEmpty }) { show(from: least) }
  }

  /// Lists findings from a severity on.
  mutating func show(from severity: Severity) {
    least = severity
    shown = Severity.allCases.filter { $0 <= least }.flatMap { severity in
      findings.filter { $0.diagnostic.severity == severity }
    }
  }

  /// Takes over what looking at all rules found: it holds what was known before.
  mutating func take(_ breaches: [Breach], decoded: Bool) {
    isChecked = (true, isChecked.decoding || decoded)
    counts = [:]
    for breach in breaches { counts[breach.severity, default: 0] += 1 }
    findings = breaches.prefix(Self.findingLimit).map {
      Finding(unit: $0.unit, diagnostic: $0.diagnostic)
    }
    places = [:]
    for (place, finding) in findings.enumerated() {
      places[finding.unit] = (places[finding.unit]?.lowerBound ?? place)..<place + 1
    }
    show(from: least)
  }

  /// What is wrong with a unit by all rules; nil until they were looked at.
  func diagnostics(of unit: Int) -> [Diagnostic]? {
    guard isChecked.syntax else { return nil }
    return findings[places[unit] ?? 0..<0].map(\.diagnostic)
  }

  /// The units whose tensor has a name, in order.
  func units(named name: String) -> [Int] {
    tensors.filter { units.indices.contains($0) && units[$0].names.contains(name) }
  }
}
