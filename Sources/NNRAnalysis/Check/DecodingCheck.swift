import Dispatch
import Locking
import NNRModel
import NNRSyntax

/// Decodes all data units of a stream and looks at what comes out.
struct DecodingCheck {
  /// What decoding a unit found.
  private struct Outcome: Sendable {
    var tensors: [TensorObservation]
    var failure: DecodeFailure?
    var otherDialect: Dialect?
    var writer = WriterTraces()
  }

  private let session: Session
  private let number: Int
  private let threads: Int
  private let figures: (options: FiguresOptions, take: @Sendable (UnitFigures) -> Void)?
  private let shouldStop: @Sendable () -> Bool

  init(
    _ session: Session, stream: Int, threads: Int,
    figures: (options: FiguresOptions, take: @Sendable (UnitFigures) -> Void)? = nil,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    self.shouldStop = shouldStop
    self.session = session
    number = stream
    self.threads = threads
    self.figures = figures
  }

  /// Notes what the payloads break.
  func run(_ list: inout BreachList, done: @escaping @Sendable (Int) -> Void) {
    let stream = session.streams[number]
    noteDialect(stream, &list)
    let units = stream.index.entries.indices.filter {
      stream.index.entries[$0].type == .compressedData
    }
    var wrapped = WrappedParameterRule()
    // A batch at a time, so that what is found does not pile up.
    var first = 0
    while first < units.count, !shouldStop() {
      let batch = Array(units[first..<min(first + 256, units.count)])
      for (unit, outcome) in zip(batch, decode(batch)) {
        guard let outcome else { continue }
        let checked = CheckedUnit(stream, unit)
        wrapped.look(at: outcome.tensors, checked)
        PayloadRules.note(
          checked, outcome.tensors, outcome.failure,
          dialect: session.dialect(number), otherDialect: outcome.otherDialect, &list)
        outcome.writer.note(CheckedUnit(stream, unit), outcome.tensors, session, &list)
      }
      first += batch.count
      done(first)
    }
    wrapped.finish(&list)
  }

  /// nil for units whose headers could not be read: that is said already.
  private func decode(_ units: [Int]) -> [Outcome?] {
    let outcomes = Locked([Outcome?](repeating: nil, count: units.count))
    let workers = max(1, min(threads, units.count))
    let turns = UnitTurns(count: units.count, threads: workers)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      var sinks: [Int: CheckSink] = [:]
      UnitGroup().decode(
        next: { begun in
          while !shouldStop(), let turn = turns.take(begun: begun) {
            guard let (sink, start) = start(units[turn]) else {
              turns.end()
              continue
            }
            sinks[turn] = sink
            return (turn, start)
          }
          return nil
        },
        done: { turn, failure in
          turns.end()
          guard let sink = sinks.removeValue(forKey: turn) else { return }
          let outcome = outcome(units[turn], sink, failure)
          outcomes.withLock { $0[turn] = outcome }
        })
    }
    return outcomes.withLock { $0 }
  }

  private func start(_ unit: Int) -> (sink: CheckSink, start: UnitStart)? {
    guard let header = session.streams[number].compressedDataUnit(unit) else { return nil }
    let sink = CheckSink(header, figures.map { FiguresSink($0.options) })
    return (
      sink,
      session.start(
        stream: number, unit: unit, accounting: figures?.options.accounting ?? false,
        rowBits: figures?.options.rowBits ?? false, shouldStop: shouldStop, into: sink)
    )
  }

  private func outcome(_ unit: Int, _ sink: CheckSink, _ failure: DecodeFailure?) -> Outcome {
    if let figures, let found = sink.figures {
      figures.take(
        UnitFigures(stream: number, unit: unit, tensors: found.tensors, failure: failure))
    }
    var outcome = Outcome(tensors: sink.tensors, failure: failure)
    if failure != nil { outcome.otherDialect = session.otherDialect(stream: number, unit: unit) }
    outcome.writer = WriterTraces(
      session, stream: number, unit: unit, sink.tensors, failure, shouldStop: shouldStop)
    return outcome
  }

  private func noteDialect(_ stream: NNRStream, _ list: inout BreachList) {
    guard let evidence = session.dialectEvidence(number), let witness = evidence.witness else {
      return
    }
    let unit = stream.index.entries.firstIndex { $0.type == .start } ?? 0
    list.note(
      .s12, unit: unit, CheckedUnit(stream, unit).range(of: .generalProfileIdc),
      "dialect \(evidence.dialect.rawValue): unit \(witness) ends well in it only")
  }
}
