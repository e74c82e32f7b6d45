import NNRAnalysis
import NNRModel

extension Job {
  /// Compares two streams, with the chains they are the ends of: units first, then weights, then what the bits are
  /// spent on.
  ///
  /// The first `shared` files of the two chains are the same.
  static func diff(
    _ a: StreamPlace, _ b: StreamPlace, _ pair: DiffState.Pair, shared: Int, generation: Int
  ) -> Job {
    Job(kind: .diff, generation: generation) { context in
      var rows: [DiffRow] = []
      func post(isComplete: Bool) {
        guard !context.isCancelled() else { return }
        context.post(.compared(DiffReport(pair: pair, rows: rows, isComplete: isComplete)))
      }
      let sides = filesBefore(a, b, shared) + [Sides(a: a, b: b)]
      var different: [Sides] = []
      for side in sides {
        var lines = side.lines(before: a)
        if sides.count > 1 { lines.append(side.heading) }
        if !lines.addUnits(side, context) { different.append(side) }
        rows += lines.rows
        guard !context.isCancelled() else { return }
      }
      post(isComplete: different.isEmpty)
      guard !different.isEmpty else { return context.post(.finished) }
      var lines = DiffRows(a.stream, b.stream)
      lines.addWeights(a, b, context)
      rows += lines.rows
      post(isComplete: false)
      for side in different {
        guard let costs = side.costs(context) else { return }
        var lines = side.lines(before: a)
        lines.add(costs, of: sides.count > 1 ? side.a.stream.name : nil)
        rows += lines.rows
      }
      post(isComplete: true)
      context.post(.finished)
    }
  }

  /// The files of two chains before the streams that are compared, as far as both chains do not share them.
  private static func filesBefore(_ a: StreamPlace, _ b: StreamPlace, _ shared: Int) -> [Sides] {
    guard a.session !== b.session, a.number == b.number, shared < a.number else { return [] }
    return (shared..<a.number).map { number in
      Sides(
        a: StreamPlace(session: a.session, number: number),
        b: StreamPlace(session: b.session, number: number))
    }
  }
}

/// Two streams at the same place of two chains.
private struct Sides {
  let a: StreamPlace
  let b: StreamPlace

  /// Lines about these two, which stand so far before `last`.
  func lines(before last: StreamPlace) -> DiffRows {
    DiffRows(a.stream, b.stream, filesBefore: last.number - a.number)
  }

  /// What separates the files of chains.
  var heading: DiffRow {
    DiffRow(
      kind: .heading, mark: " ", text: "File \(a.number + 1)", a: ShownText.line(a.stream.name),
      b: ShownText.line(b.stream.name), placeA: Location(), placeB: Location())
  }

  /// What both spend their bits on; nil when it was stopped.
  func costs(_ context: Job.Context) -> CostDiff? {
    let ledgers = [a, b].map { side in
      BitLedger.decoded(
        side.session, stream: side.number, threads: 1, done: { _ in !context.isCancelled() },
        shouldStop: context.isCancelled)
    }
    return context.isCancelled() ? nil : CostDiff(ledgers[0], ledgers[1])
  }
}

extension DiffRows {
  /// Adds the units; whether they are all the same.
  fileprivate mutating func addUnits(_ sides: Sides, _ context: Job.Context) -> Bool {
    var options = DiffOptions()
    options.shouldStop = context.isCancelled
    let found = StreamDiff(
      (sides.a.session, sides.a.number), (sides.b.session, sides.b.number), options)
    guard !context.isCancelled() else { return false }
    add(found)
    return found.units.allSatisfy { $0.isSame && $0.firstBit == nil }
  }

  /// Adds the weights: two rounds of one chain are compared as they are coded; ends of two chains with all their
  /// updates added up.
  fileprivate mutating func addWeights(
    _ a: StreamPlace, _ b: StreamPlace, _ context: Job.Context
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
    add(found, isSum: isSum) { name in
      (directories.0.last(named: name)?.unit, directories.1.last(named: name)?.unit)
    }
  }
}
