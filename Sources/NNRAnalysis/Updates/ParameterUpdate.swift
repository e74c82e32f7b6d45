import NNRModel
import NNRSyntax

/// A parameter in one round of updates: which unit codes it, on what it builds, what it costs.
public struct ParameterUpdate: Sendable, Hashable {
  /// A unit of a stream of the session.
  public struct Place: Sendable, Hashable {
    /// The number of the stream in the session.
    public let stream: Int
    /// The number of the unit in the stream.
    public let unit: Int
  }

  /// What is wrong with the parent.
  public struct Problem: Sendable, Hashable {
    /// The rule that is broken.
    public let rule: Rule
    /// What is wrong; not safe to print.
    public let message: String

    /// How bad it is.
    public var severity: Severity { rule.severity }
    /// The rule's id and the message.
    public var text: String { rule.id + " " + message }
  }

  /// What decoding tells.
  public struct Figures: Sendable, Hashable {
    /// Payload bits, counted between whole positions.
    public internal(set) var bits = 0
    /// The number of integers.
    public internal(set) var count = 0
    /// How many of them are 0.
    public internal(set) var zeros = 0
    /// The rows.
    public internal(set) var rows = 0
    /// Rows that are skipped.
    public internal(set) var skippedRows = 0
    /// hist_dep_sig_prob_enabled_flag; nil if it is not coded.
    public internal(set) var history: Bool?
  }

  /// The unit that codes it; the number of its stream is its round, counted from 0.
  public let place: Place
  /// The name; not safe to print.
  public let name: String
  /// The name as coded; empty if the unit does not name the tensor by text.
  public let nameBytes: [UInt8]
  /// The node of the update tree; nil if the unit names none.
  public let node: UpdateNode?
  /// The parent as the unit names it; nil if it names none, and the parameter is a whole value.
  public let parent: UpdateParent?
  /// The unit that codes the parent; nil if it is not among the streams.
  public let parentPlace: Place?
  /// What is wrong with the parent; nil if all is well.
  public let problem: Problem?
  /// temporal_context_modeling_flag.
  public let usesTemporalContexts: Bool
  /// What decoding told; nil where the parameter was not decoded to its end.
  public let figures: Figures?
  /// Why the payload could not be decoded, or ended badly.
  public let failure: DecodeFailure?
  /// The bytes of the whole unit.
  public let unitBytes: Int

  /// What is wrong with it, the worst first, not safe to print; a failure for want of the parent is told once.
  public var complaints: [(severity: Severity, text: String)] {
    var found: [(severity: Severity, text: String)] = []
    if let problem { found.append((problem.severity, problem.text)) }
    if let failure, failure.rule != problem?.rule {
      found.append((failure.rule.severity, failure.description))
    }
    return found.sorted { $0.severity < $1.severity }
  }

  /// How bad the worst about it is; nil if all is well.
  public var severity: Severity? { complaints.first?.severity }
}
