import NNRAnalysis
import NNRModel
import NNRRecode
import PlainText

extension StreamAdvice {
  /// All that is advised for a stream, with what coding its units anew would save: the search takes about as long as an encoder.
  ///
  /// `done` is told of each unit that was searched.
  public static func searched(
    _ session: Session, stream: Int, threads: Int,
    shouldStop: @escaping @Sendable () -> Bool = { false },
    done: @escaping @Sendable () -> Void = {}
  ) -> StreamAdvice {
    let found = StreamAdvice(session, stream: stream, threads: threads) { _ in !shouldStop() }
    let recoding = StreamRecoding(
      session, stream: stream, threads: threads, shouldStop: shouldStop, done: { _ in done() })
    return found.adding(recoding?.units ?? [])
  }

  /// With an entry for each unit that could be shorter with the same integers.
  public func adding(_ units: [UnitRecoding]) -> StreamAdvice {
    with(units.compactMap(Advice.init))
  }
}

extension Advice {
  /// What coding a unit anew would save; nil where that is nothing.
  init?(_ unit: UnitRecoding) {
    guard unit.bestSize < unit.size else { return nil }
    self.init(
      kind: .recode, bits: 8 * Double(unit.size - unit.bestSize), certainty: .exact,
      unit: unit.unit, tensor: unit.tensors.count == 1 ? unit.tensors[0].tensor.name : nil,
      what:
        "\(NumberFormat.grouped(unit.bestSize)) of \(NumberFormat.grouped(unit.size)) bytes hold the same "
        + "integers: recode writes them",
      change: RecodeText.changes(unit.tensors))
  }
}
