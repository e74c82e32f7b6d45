import NNRAnalysis
import NNRModel
import NNRSyntax
import Synchronization

/// Everything that a report page shows, gathered in one pass over a stream.
public struct ReportData: Sendable {
  /// What is shown of one tensor.
  struct Tensor: Sendable {
    /// The cells of the table of tensors, by the keys of its columns.
    var cells: [String: CellValue]
    /// The distribution of the weights; nil if it was not decoded.
    var histogram: Histogram?
    /// Plain sentences.
    var findings: [String]
  }

  /// A rule that is broken.
  struct Finding: Sendable {
    /// The number of the unit.
    var unit: Int
    /// The rule, the place and what was found; nil places for payloads.
    var id: String
    var severity: Severity
    var bits: String
    var message: String
  }

  /// Where the bits went.
  public let ledger: BitLedger
  /// The profile, and the dialect where it has a choice.
  let profile: String
  /// The tensors in the order of the ledger.
  let tensors: [Tensor]
  /// What is wrong, in the order of the file.
  let diagnostics: [Finding]
  /// The streams that were loaded before, base first.
  let bases: [String]

  /// Decodes a stream over `threads` threads; `done` is told after each unit.
  public init(
    _ session: Session, stream number: Int, threads: Int,
    done: @escaping @Sendable (UnitFigures) -> Bool = { _ in true }
  ) {
    let stream = session.streams[number]
    let directory = session.directory(number)
    let start = BitLedger(session, stream: number)
    var options = FiguresOptions()
    options.accounting = true
    let bare = directory.tensors.map { tensor in
      Tensor(
        cells: TensorTable.cells(TensorRow(tensor: tensor, figures: nil, failure: nil)),
        histogram: nil, findings: [])
    }
    let shared = Mutex((ledger: start, tensors: bare))
    UnitFigures.each(
      session, stream: number, units: directory.byUnit.keys.sorted(), options: options,
      threads: threads
    ) { figures in
      let places = directory.byUnit[figures.unit] ?? 0..<0
      let rows = TensorRow.rows(directory.tensors[places], figures)
      let gathered = rows.map { row in
        Tensor(
          cells: TensorTable.cells(row),
          histogram: row.figures.map { $0.sketch.histogram(bins: 60) },
          findings: row.figures?.findings.map(\.description) ?? [])
      }
      shared.withLock { state in
        state.ledger.add(figures)
        for (place, tensor) in zip(places, gathered) { state.tensors[place] = tensor }
      }
      return done(figures)
    }
    (ledger, tensors) = shared.withLock { ($0.ledger, $0.tensors) }
    let dialect = stream.profile == nil ? "" : " (\(session.dialect(number).rawValue))"
    profile = stream.profile.map { "\($0)\(dialect)" } ?? "none"
    bases = session.streams[..<number].map(\.name)
    diagnostics = Self.diagnostics(StreamCheck(session, stream: number, options: .syntax), ledger)
  }

  private static func diagnostics(_ check: StreamCheck, _ ledger: BitLedger) -> [Finding] {
    var found: [Finding] = []
    for unit in ledger.units {
      for breach in check.breaches(of: unit.number) {
        let range = breach.diagnostic.range
        found.append(
          Finding(
            unit: unit.number, id: breach.rule.id, severity: breach.severity,
            bits: "\(range.start)+\(range.length)", message: breach.diagnostic.message))
      }
      if case .failed(let failure) = unit.state {
        found.append(
          Finding(
            unit: unit.number, id: failure.rule.id, severity: failure.rule.severity,
            bits: CellText.missing, message: failure.message))
      }
    }
    return found
  }

  /// The number of diagnostics of a severity.
  func count(_ severity: Severity) -> Int {
    diagnostics.reduce(0) { $0 + ($1.severity == severity ? 1 : 0) }
  }

  /// Whether the stream has errors.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
