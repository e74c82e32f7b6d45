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
      for diagnostic in summary.diagnostics {
        counts[diagnostic.severity, default: 0] += 1
        if findings.count < Self.findingLimit {
          findings.append(Finding(unit: summary.unit, diagnostic: diagnostic))
        }
      }
    }
    units += batch
  }

  /// The units whose tensor has a name, in order.
  func units(named name: String) -> [Int] {
    tensors.filter { units.indices.contains($0) && units[$0].names.contains(name) }
  }
}
