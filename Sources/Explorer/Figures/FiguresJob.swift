import Dispatch
import Locking
import NNRAnalysis
import NNRModel
import NNRReport

extension Job.Kind {
  /// Figures and costs of all tensors of a stream.
  static func figures(document: Int) -> Self { Self("figures", document: document) }
}

extension Job {
  /// Decodes all tensors of a stream and charges every bit.
  static func figures(_ source: OpenStream, document: Int) -> Job {
    @Sendable func isSeen(_ model: ExplorerModel) -> Bool {
      model.current == document && [.tensors, .costs].contains(model.view)
    }
    return Job(
      .figures(document: document), .stream,
      progress: Progress("decoding") { isSeen($0) ? $0.document.figures.fraction : nil },
      escape: Escape(where: isSeen) { model in
        model.document.figures.isBegun = false
        let share = Int(model.document.figures.fraction * 100)
        model.tell("stopped at \(share) %; 2 or 3 begins again")
      }
    ) { context in
      FiguresCollector(source.session, source.number, context, document).run()
    }
  }
}

extension Job.Context {
  /// Posts rows of the tensors table.
  fileprivate func postTensors(_ lines: [TensorLine], fraction: Double, of number: Int) {
    post { model in
      model.documents[number].figures.take(lines)
      model.documents[number].figures.fraction = fraction
      if number == model.current { model.arrangeTensors() }
    }
  }

  /// Posts who paid which bits by now.
  fileprivate func postCosts(_ ledger: BitLedger, of number: Int) {
    let sheet = CostSheet(ledger)
    postAndAsk { model in
      model.documents[number].figures.costs = sheet
      guard number == model.current else { return [] }
      model.arrangeCosts()
      return model.followParts()
    }
  }
}

/// Gathers the figures of a stream's tensors, over all cores.
private final class FiguresCollector: Sendable {
  private struct State {
    var ledger: BitLedger
    var lines: [TensorLine] = []
    var doneBytes = 0
    var next = 0
    /// One thread at a time makes a report.
    var isReporting = false
    var told: ContinuousClock.Instant
    /// The least time between two reports: making them must not cost more than a part of the work.
    var pause: Duration = .milliseconds(100)
  }

  private let session: Session
  private let number: Int
  private let context: Job.Context
  private let document: Int
  private let directory: TensorDirectory
  private let units: [Int]
  private let totalBytes: Int
  private let state: Locked<State>

  init(_ session: Session, _ number: Int, _ context: Job.Context, _ document: Int) {
    self.session = session
    self.number = number
    self.context = context
    self.document = document
    let directory = session.directory(number)
    self.directory = directory
    let rows = TensorRow.rows(directory.tensors[...], nil)
    let lines = rows.enumerated().map { TensorLine($1, place: $0) }
    context.postTensors(lines, fraction: 0, of: document)
    let ledger = BitLedger(session, stream: number)
    context.postCosts(ledger, of: document)
    // The largest first: they matter most, and no core is left with one at the end.
    let entries = session.streams[number].index.entries
    units = directory.byUnit.keys.sorted { (entries[$1].size, $0) < (entries[$0].size, $1) }
    totalBytes = units.reduce(0) { $0 + entries[$1].size }
    state = Locked(State(ledger: ledger, told: context.now()))
  }

  func run() {
    let threads = max(1, min(Processors.count, units.count))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while !context.isCancelled(), let unit = take() {
        var options = FiguresOptions()
        options.accounting = true
        options.sketches = false
        let figures = UnitFigures(
          session, stream: number, unit: unit, options: options, threads: 1,
          shouldStop: context.isCancelled)
        if context.isCancelled() { return }
        add(figures)
      }
    }
    if !context.isCancelled() { report(isLast: true) }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.next < units.count else { return nil }
      defer { state.next += 1 }
      return units[state.next]
    }
  }

  private func add(_ figures: UnitFigures) {
    let places = directory.byUnit[figures.unit] ?? 0..<0
    let rows = TensorRow.rows(directory.tensors[places], figures)
    let lines = zip(places, rows).map { TensorLine($1, place: $0) }
    let size = session.streams[number].index.entries[figures.unit].size
    let isDue = state.withLock { state in
      state.ledger.add(figures)
      state.lines += lines
      state.doneBytes += size
      guard !state.isReporting, context.now() - state.told >= state.pause else {
        return false
      }
      state.isReporting = true
      return true
    }
    if isDue { report(isLast: false) }
  }

  private func report(isLast: Bool) {
    let begin = context.now()
    let (ledger, lines, done) = state.withLock { state in
      defer { state.lines = [] }
      return (state.ledger, state.lines, state.doneBytes)
    }
    let fraction =
      isLast ? 1 : min(0.999, Double(done) / Double(max(1, totalBytes)))
    context.postTensors(lines, fraction: fraction, of: document)
    context.postCosts(ledger, of: document)
    state.withLock { state in
      state.isReporting = false
      state.told = context.now()
      state.pause = max(.milliseconds(100), (state.told - begin) * 5)
    }
  }
}
