import NNRAnalysis
import NNRModel

extension Job {
  /// Compares two streams of a session: units first, then what the bits are spent on.
  static func diff(_ session: Session, _ pair: DiffState.Pair, generation: Int) -> Job {
    Job(kind: .diff, generation: generation) { context in
      var options = DiffOptions()
      options.shouldStop = context.isCancelled
      let found = StreamDiff((session, pair.a), (session, pair.b), options)
      guard !context.isCancelled() else { return }
      var lines = DiffRows(session.streams[pair.a], session.streams[pair.b])
      lines.add(found)
      let isSame = found.units.allSatisfy { $0.isSame && $0.firstBit == nil }
      context.post(.compared(DiffReport(pair: pair, rows: lines.rows, isComplete: isSame)))
      guard !isSame else { return context.post(.finished) }
      let ledgers = [pair.a, pair.b].map { stream in
        BitLedger.decoded(session, stream: stream, threads: 1) { _ in !context.isCancelled() }
      }
      guard !context.isCancelled() else { return }
      lines.add(CostDiff(ledgers[0], ledgers[1]))
      context.post(.compared(DiffReport(pair: pair, rows: lines.rows, isComplete: true)))
      context.post(.finished)
    }
  }
}
