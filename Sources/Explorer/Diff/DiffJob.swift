import NNRAnalysis
import NNRModel
import PlainText

extension Job.Kind {
  /// The comparison of two streams; Esc stops all comparisons together.
  static let diff = Self("compare")
}

extension Job.Escape {
  /// Of comparisons: they begin again only when they are asked for.
  static let comparison = Self(where: { $0.shows(.diff) }) { model in
    model.diff.isStopped = true
    model.tell("stopped; \(model.shownKey(of: "diff")) begins again")
  }
}

extension Job {
  /// Compares two streams, with the chains they are the ends of: units first, then weights, then what the bits are
  /// spent on.
  ///
  /// The first `shared` files of the two chains are the same.
  static func diff(
    _ a: OpenStream, _ b: OpenStream, _ pair: DiffState.Pair, shared: Int
  ) -> Job {
    Job(.diff, progress: Progress("comparing"), escape: .comparison) { context in
      var rows: [DiffRow] = []
      func post(isComplete: Bool) {
        guard !context.isCancelled() else { return }
        let found = rows
        context.post { if $0.diff.pair == pair { $0.take(found, isComplete: isComplete) } }
      }
      let sides = Sides.all(a, b, shared: shared)
      var isSame: [Bool] = []
      for side in sides {
        var lines = side.lines(before: (a, b))
        if sides.count > 1 { lines.append(side.heading) }
        isSame.append(lines.addUnits(side, context))
        rows += lines.rows
        guard !context.isCancelled() else { return }
      }
      post(isComplete: !isSame.contains(false))
      guard isSame.contains(false) else { return }
      var lines = DiffRows(a.stream, b.stream)
      lines.addWeights(a, b, context)
      rows += lines.rows
      post(isComplete: false)
      var costs: [CostDiff] = []
      for (side, isSame) in zip(sides, isSame) {
        guard let found = side.costs(context) else { return }
        costs.append(found)
        guard !isSame else { continue }
        var lines = side.lines(before: (a, b))
        lines.add(found, of: sides.count > 1 ? side.name : nil)
        rows += lines.rows
      }
      if costs.count > 1 {
        var lines = DiffRows(a.stream, b.stream)
        lines.add(CostSum(costs))
        rows += lines.rows
      }
      post(isComplete: true)
    }
  }
}

/// Two streams at the same place of two chains, or a stream that only one chain has.
private struct Sides {
  let a: OpenStream?
  let b: OpenStream?

  /// Two streams, and file by file what is before them in two chains, but for the first files that both share; files
  /// that only the longer chain has stand at the end.
  static func all(_ a: OpenStream, _ b: OpenStream, shared: Int) -> [Sides] {
    guard a.session !== b.session else { return [Sides(a: a, b: b)] }
    func file(_ number: Int, of last: OpenStream) -> OpenStream? {
      number <= last.number ? OpenStream(last.session, number) : nil
    }
    let count = max(a.number, b.number) + 1
    return (min(shared, a.number, b.number)..<count).map { number in
      Sides(a: file(number, of: a), b: file(number, of: b))
    }
  }

  /// Lines about these two, with the ends of the chains.
  func lines(before last: (a: OpenStream, b: OpenStream)) -> DiffRows {
    DiffRows(
      a?.stream, b?.stream,
      filesBefore: (
        last.a.number - (a?.number ?? last.a.number), last.b.number - (b?.number ?? last.b.number)
      ))
  }

  /// The name of the first side's file, or of the only one.
  var name: String { (a ?? b)?.stream.name ?? "" }

  /// What separates the files of chains.
  var heading: DiffRow {
    func text(_ place: OpenStream?) -> String {
      place.map { ShownText.line($0.stream.name) } ?? "(no file)"
    }
    return DiffRow(
      kind: .heading, mark: " ", text: "File \(((a ?? b)?.number ?? 0) + 1)", a: text(a),
      b: text(b), placeA: a.map { _ in Location() }, placeB: b.map { _ in Location() })
  }

  /// What both spend their bits on; nil when it was stopped.
  func costs(_ context: Job.Context) -> CostDiff? {
    let ledgers = [a, b].map { side in
      side.map { side in
        BitLedger.decoded(
          side.session, stream: side.number, threads: 1, done: { _ in !context.isCancelled() },
          shouldStop: context.isCancelled)
      }
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
      sides.a.map { ($0.session, $0.number) }, sides.b.map { ($0.session, $0.number) }, options)
    guard !context.isCancelled() else { return false }
    add(found)
    return found.isSame && found.units.allSatisfy { $0.firstBit == nil }
  }

  /// Adds the weights: two rounds of one chain are compared as they are coded; ends of two chains with all their
  /// updates added up.
  fileprivate mutating func addWeights(
    _ a: OpenStream, _ b: OpenStream, _ context: Job.Context
  ) {
    let isOneChain = a.session === b.session
    func side(_ place: OpenStream) -> WeightDiff.Side {
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
