import Locking
import NNRAnalysis
import NNRModel
import NNRRecode
import NNRSyntax

/// Everything that a report page shows, gathered in one pass over a stream.
public struct ReportData: Sendable {
  /// What is shown of one tensor.
  struct Tensor: Sendable {
    /// The name; not safe to print.
    let name: String
    /// The distribution of the weights; nil if it was not decoded.
    let histogram: Histogram?
    /// Plain sentences.
    let findings: [String]
    private let cells: [CellValue]

    /// What is shown of a row; what it was decoded from is not kept.
    init(_ row: TensorRow) {
      name = row.tensor.name
      histogram = row.figures.map { ReportData.histogram($0) }
      findings = row.figures?.findings.map(\.description) ?? []
      cells = Self.shown.cells(row)
    }

    /// The columns of the table of tensors.
    static let fields = shown.enumerated().map { place, field in
      Field<Tensor>(field.column) { $0.cells[place] }
    }

    private static let shown: [Field<TensorRow>] = {
      let left = [
        "unit", "role", "context_entropy", "skipped_rows", "distinct", "nonfinite", "ratio8",
      ]
      return TensorTable.fields.filter { !left.contains($0.column.key) } + [TensorSavings.field()]
    }()
  }

  /// Where the bits went.
  public let ledger: BitLedger
  /// The name of the file without the folders that it lies in, which are nobody else's business.
  var name: String {
    Self.lastPart(ledger.file)
  }
  private static func lastPart(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
  /// The profile, and the dialect where it has a choice.
  let profile: String
  /// The versions of NNCodec that may have written it.
  let writer: WriterFit
  /// The tensors in the order of the ledger.
  let tensors: [Tensor]
  /// The rules that are broken, payloads included.
  public let check: StreamCheck
  /// What an encoder could do otherwise.
  let advice: StreamAdvice
  /// The streams that were loaded before, base first.
  let bases: [String]

  /// Decodes a stream over `threads` threads; `done` is told after each unit.
  ///
  /// With `searches` the advice has what coding units anew would save.
  public init(
    _ session: Session, stream number: Int, threads: Int, searches: Bool = false,
    done: @escaping @Sendable (UnitFigures) -> Void = { _ in }
  ) {
    let stream = session.streams[number]
    let directory = session.directory(number)
    let start = BitLedger(session, stream: number)
    var options = FiguresOptions()
    options.accounting = true
    let bare = directory.tensors.map { tensor in
      Tensor(TensorRow(tensor: tensor, figures: nil, failure: nil))
    }
    let recoding =
      searches ? StreamRecoding(session, stream: number, threads: threads) : nil
    let savings = recoding.map(TensorSavings.init)
    let shared = Locked((ledger: start, tensors: bare))
    var rules = StreamCheck.Options()
    rules.decodes = true
    rules.threads = threads
    // The rules need the payloads too: they decode, and pass the figures on.
    rules.figures = (
      options,
      { figures in
        let places = directory.byUnit[figures.unit] ?? 0..<0
        let rows = TensorRow.rows(directory.tensors[places], figures)
        let gathered = (savings?.added(to: rows) ?? rows).map { Tensor($0) }
        shared.withLock { state in
          state.ledger.add(figures)
          for (place, tensor) in zip(places, gathered) { state.tensors[place] = tensor }
        }
        done(figures)
      }
    )
    check = StreamCheck(session, stream: number, options: rules)
    (ledger, tensors) = shared.withLock { ($0.ledger, $0.tensors) }
    let dialect = session.dialect(number).rawValue
    profile =
      stream.assumedProfile.map { "\($0) (assumed, \(dialect))" }
      ?? stream.profile.map { "\($0) (\(dialect))" } ?? "none"
    writer = WriterFit(session, stream: number, after: check)
    advice = StreamAdvice(session, stream: number, threads: threads).adding(
      recoding?.units ?? [])
    bases = session.streams[..<number].map { Self.lastPart($0.name) }
  }

  /// A bar for each weight that a few levels give, otherwise as many intervals as the number of weights fills.
  fileprivate static func histogram(_ figures: TensorFigures) -> Histogram {
    let levels = figures.levels
    if figures.start.tensor.quantizer == .uniform, levels.countsAreExact,
      let step = figures.start.dequantizer.stepSize, let low = levels.min, let high = levels.max,
      Int(high) - Int(low) < mostBars
    {
      var histogram = levels.counts.histogram(bins: mostBars, clip: .all)
      histogram.lower *= step
      histogram.upper *= step
      return histogram
    }
    let bars = Int(2 * Double(figures.count).squareRoot())
    return figures.sketch.histogram(
      bins: min(max(bars, 8), 60), clip: figures.count < 4096 ? .all : .robust)
  }

  private static let mostBars = 100
}
