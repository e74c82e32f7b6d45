import Dispatch
import Locking
import NNRModel

/// The figures of a unit's tensors, and why they are not complete if they are not.
public struct UnitFigures: Sendable {
  /// The number of the stream in its session.
  public let stream: Int
  /// The number of the unit.
  public let unit: Int
  /// The tensors in decoding order, as far as they were reached.
  public let tensors: [TensorFigures]
  /// What went wrong; nil if nothing did.
  public let failure: DecodeFailure?

  /// The figures that someone gathered.
  init(stream: Int, unit: Int, tensors: [TensorFigures], failure: DecodeFailure?) {
    self.stream = stream
    self.unit = unit
    self.tensors = tensors
    self.failure = failure
  }

  /// Decodes a unit and gathers its figures.
  ///
  /// `shouldStop` is asked and `progress` told after each run of some thousand weights.
  public init(
    _ session: Session, stream: Int, unit: Int, options: FiguresOptions = FiguresOptions(),
    threads: Int = 1, shouldStop: @escaping @Sendable () -> Bool = { false },
    progress: @escaping ([TensorFigures]) -> Void = { _ in }
  ) {
    self.stream = stream
    self.unit = unit
    let sink = FiguresSink(options, shouldStop: shouldStop, progress: progress)
    failure = session.decode(
      stream: stream, unit: unit, accounting: options.accounting, rowBits: options.rowBits,
      threads: threads, shouldStop: shouldStop, into: sink)
    tensors = sink.tensors
  }

  /// Decodes a unit once, gathers its figures with bits by class and passes the parameters on that its tensors become.
  ///
  /// `withoutParameters` is told why there are none. `shouldStop` is asked after each run of some thousand weights.
  package init(
    _ session: Session, stream: Int, unit: Int, options: FiguresOptions,
    shouldStop: @escaping @Sendable () -> Bool, parameters: (ModelParameter) -> Void,
    withoutParameters: (DecodeFailure) -> Void
  ) {
    self.stream = stream
    self.unit = unit
    let sink = FiguresSink(options, shouldStop: shouldStop)
    let found = session.decode(
      stream: stream, unit: unit, shouldStop: shouldStop, into: sink, visit: parameters)
    tensors = sink.tensors
    failure = found.failure
    if let reason = found.withoutParameters { withoutParameters(reason) }
  }

  /// Decodes units over `threads` threads and gathers their figures, in the order of `units`.
  ///
  /// `done` is told after each unit, from any thread; its answer says whether to go on.
  public static func all(
    _ session: Session, stream: Int, units: [Int], options: FiguresOptions = FiguresOptions(),
    threads: Int, done: @escaping @Sendable (UnitFigures) -> Bool = { _ in true }
  ) -> [UnitFigures?] {
    let found = Locked([Int: UnitFigures]())
    each(session, stream: stream, units: units, options: options, threads: threads) { figures in
      found.withLock { $0[figures.unit] = figures }
      return done(figures)
    }
    return found.withLock { found in units.map { found[$0] } }
  }

  /// Decodes units over `threads` threads and passes their figures on without keeping them.
  ///
  /// `take` is given the figures of each unit, from any thread and in any order; its answer says whether to go on.
  /// `shouldStop` is asked within units too.
  public static func each(
    _ session: Session, stream: Int, units: [Int], options: FiguresOptions = FiguresOptions(),
    threads: Int, shouldStop: @escaping @Sendable () -> Bool = { false },
    take: @escaping @Sendable (UnitFigures) -> Bool
  ) {
    // The largest first, so that no thread is left with one at the end.
    let entries = session.streams[stream].index.entries
    let order = units.sorted { (entries[$1].size, $0) < (entries[$0].size, $1) }
    let workers = max(1, min(threads, units.count))
    let turns = UnitTurns(count: order.count, threads: workers)
    let stop = Flag()
    let shouldEnd: @Sendable () -> Bool = { stop.isSet || shouldStop() }
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      var sinks: [Int: FiguresSink] = [:]
      UnitGroup().decode(
        next: { begun in
          guard !stop.isSet, let turn = turns.take(begun: begun) else { return nil }
          let sink = FiguresSink(options, shouldStop: shouldEnd)
          sinks[turn] = sink
          return (
            turn,
            session.start(
              stream: stream, unit: order[turn], accounting: options.accounting,
              rowBits: options.rowBits, threads: threads, shouldStop: shouldEnd, into: sink)
          )
        },
        done: { turn, failure in
          turns.end()
          let tensors = sinks.removeValue(forKey: turn)?.tensors ?? []
          let figures = UnitFigures(
            stream: stream, unit: order[turn], tensors: tensors, failure: failure)
          if !take(figures) { stop.set() }
        })
    }
  }
}

/// A flag that threads share.
final class Flag: Sendable {
  private let state = Locked(false)

  /// Whether it was set.
  var isSet: Bool { state.withLock { $0 } }

  /// Sets it for good.
  func set() { state.withLock { $0 = true } }
}
