import NNRAnalysis
import NNRModel

extension Job {
  /// Compares two streams: units first, then weights, then what the bits are spent on.
  static func diff(
    _ a: StreamPlace, _ b: StreamPlace, _ pair: DiffState.Pair, generation: Int
  ) -> Job {
    Job(kind: .diff, generation: generation) { context in
      var options = DiffOptions()
      options.shouldStop = context.isCancelled
      let found = StreamDiff((a.session, a.number), (b.session, b.number), options)
      guard !context.isCancelled() else { return }
      var lines = DiffRows(a.stream, b.stream)
      lines.add(found)
      let isSame = found.units.allSatisfy { $0.isSame && $0.firstBit == nil }
      context.post(.compared(DiffReport(pair: pair, rows: lines.rows, isComplete: isSame)))
      guard !isSame else { return context.post(.finished) }
      addWeights(a, b, to: &lines, context)
      guard !context.isCancelled() else { return }
      context.post(.compared(DiffReport(pair: pair, rows: lines.rows, isComplete: false)))
      let ledgers = [a, b].map { side in
        BitLedger.decoded(
          side.session, stream: side.number, threads: 1, done: { _ in !context.isCancelled() },
          shouldStop: context.isCancelled)
      }
      guard !context.isCancelled() else { return }
      lines.add(CostDiff(ledgers[0], ledgers[1]))
      context.post(.compared(DiffReport(pair: pair, rows: lines.rows, isComplete: true)))
      context.post(.finished)
    }
  }

  /// Two rounds of one chain are compared as they are coded; ends of two chains with all their updates added up.
  private static func addWeights(
    _ a: StreamPlace, _ b: StreamPlace, to lines: inout DiffRows, _ context: Context
  ) {
    let isOneChain = a.session === b.session
    func side(_ place: StreamPlace) -> WeightDiff.Side {
      isOneChain || place.number == 0
        ? WeightDiff.Side(place.session, stream: place.number)
        : WeightDiff.Side(place.chain, stream: nil)
    }
    let found = WeightDiff(side(a), side(b), shouldStop: context.isCancelled)
    guard !context.isCancelled() else { return }
    let directories = (a.session.directory(a.number), b.session.directory(b.number))
    let isSum = !isOneChain && a.number + b.number > 0
    lines.add(found, isSum: isSum) { name in
      (directories.0.last(named: name)?.unit, directories.1.last(named: name)?.unit)
    }
  }
}
