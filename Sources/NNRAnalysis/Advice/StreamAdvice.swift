import Locking
import NNRModel

extension StreamAdvice {
  /// Looks at a stream: decodes it over `threads` threads; `done` is told after each unit.
  public init(
    _ session: Session, stream: Int, threads: Int,
    done: @escaping @Sendable (UnitFigures) -> Bool = { _ in true }
  ) {
    var options = FiguresOptions()
    options.accounting = true
    options.sketches = false
    // Figures are turned into advice at once: none of them is kept.
    let headers = BitLedger(session, stream: stream)
    let state = Locked((ledger: headers, advice: [Advice](), failures: [Int: DecodeFailure]()))
    let pending = headers.pendingUnits
    let source = session.streams[stream]
    UnitFigures.each(
      session, stream: stream, units: pending, options: options, threads: threads
    ) { figures in
      let header = source.compressedDataUnit(figures.unit)
      state.withLock { state in
        state.ledger.add(figures)
        if let failure = figures.failure { state.failures[figures.unit] = failure }
        guard let header else { return }
        state.advice +=
          AdviceRules(
            ledger: state.ledger, unit: state.ledger.units[figures.unit], header: header,
            figures: figures
          ).advice
      }
      return done(figures)
    }
    let decoded = Set(pending)
    self = state.withLock { state in
      // Raw floats need no decoding.
      for unit in state.ledger.units where !decoded.contains(unit.number) && !unit.tensors.isEmpty {
        guard let header = source.compressedDataUnit(unit.number) else { continue }
        state.advice +=
          AdviceRules(
            ledger: state.ledger, unit: unit, header: header, figures: nil
          ).advice
      }
      return StreamAdvice(
        file: state.ledger.file, size: state.ledger.size, state.advice,
        failures: state.failures.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
  }
}
