import NNRModel
import NNRSyntax

/// The parameter update tree over the streams of a session: parameters are rows, streams are rounds.
public struct UpdateTree: Sendable {
  /// A parameter: its name and what each round says of it.
  ///
  /// A name that a stream codes several times has as many rows.
  public struct Row: Sendable, Hashable {
    /// The name; not safe to print.
    public let name: String
    /// What rounds code of it, by the number of the stream.
    public internal(set) var updates: [Int: ParameterUpdate] = [:]

    /// The device ids that its nodes name, in order.
    public var devices: [Int] { Set(updates.values.compactMap(\.node?.device)).sorted() }
    /// The parameter ids that its nodes name, in order.
    public var parameters: [Int] { Set(updates.values.compactMap(\.node?.parameter)).sorted() }
  }

  /// A round summed up.
  public struct Sum: Sendable, Hashable {
    /// The parameters that it codes.
    public internal(set) var parameters = 0
    /// How many of them are differences to a parent.
    public internal(set) var differences = 0
    /// How many of them have contexts that look at the parent's integers.
    public internal(set) var temporal = 0
    /// The figures of those that were decoded, added up.
    public internal(set) var figures = ParameterUpdate.Figures()
    /// The parameters with an error: of the parent, or of decoding.
    public internal(set) var errors = 0
    /// The parameters with a warning and no error.
    public internal(set) var warnings = 0

    mutating func add(_ update: ParameterUpdate) {
      parameters += 1
      if update.parent != nil { differences += 1 }
      if update.usesTemporalContexts { temporal += 1 }
      switch update.severity {
      case .error?: errors += 1
      case .warning?: warnings += 1
      case .info?, nil: break
      }
      guard let more = update.figures else { return }
      figures.bits = figures.bits.saturatingAdd(more.bits)
      figures.count = figures.count.saturatingAdd(more.count)
      figures.zeros = figures.zeros.saturatingAdd(more.zeros)
      figures.rows = figures.rows.saturatingAdd(more.rows)
      figures.skippedRows = figures.skippedRows.saturatingAdd(more.skippedRows)
    }
  }

  private struct Key: Hashable {
    let name: String
    /// Which of the units of one stream that code the name.
    let occurrence: Int
  }

  /// The rows in the order in which the names first appear.
  public private(set) var rows: [Row] = []
  /// The rounds summed up, by the number of the stream.
  public private(set) var sums: [Sum]
  private var places: [Key: Int] = [:]
  /// How often the rounds have coded a name so far.
  private var seen: [[String: Int]]

  /// A tree of so many rounds of which nothing is read yet.
  public init(rounds: Int) {
    sums = Array(repeating: Sum(), count: max(1, rounds))
    seen = Array(repeating: [:], count: max(1, rounds))
  }

  /// The tree of a session; `progress` gets the share that is done after each data unit.
  public init(_ session: Session, progress: (Double) -> Void = { _ in }) {
    self.init(rounds: session.streams.count)
    session.readUpdates(shouldStop: { false }) { updates, share in
      for update in updates { add(update) }
      progress(share)
    }
  }

  /// The number of rounds.
  public var rounds: Int { sums.count }

  /// All that the rounds code: parameter by parameter, in each by rounds.
  public var updates: [ParameterUpdate] {
    rows.flatMap { row in row.updates.sorted { $0.key < $1.key }.map(\.value) }
  }

  /// Takes over what a round codes of a parameter.
  public mutating func add(_ update: ParameterUpdate) {
    let round = update.place.stream
    guard sums.indices.contains(round) else { return }
    sums[round].add(update)
    let key = Key(name: update.name, occurrence: seen[round][update.name, default: 0])
    seen[round][update.name] = key.occurrence + 1
    let row = places[key] ?? rows.count
    if row == rows.count {
      places[key] = row
      rows.append(Row(name: update.name))
    }
    rows[row].updates[round] = update
  }
}
