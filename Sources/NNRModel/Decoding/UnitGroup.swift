import DeepCABAC

/// Decodes units in one thread, several at a time in lock step where that is worthwhile.
///
/// Of others there is one at a time. Units end in any order; each sink sees what it would see alone.
public final class UnitGroup {
  private let lockStep: LockStep
  private var begun: [Int: PayloadWalk] = [:]
  private var buffer: [Int32]

  /// A group with memory for runs of `capacity` levels made ready, four times.
  public init(capacity: Int = 0) {
    lockStep = LockStep(capacity: capacity)
    buffer = [Int32](repeating: 0, count: capacity)
  }

  /// Decodes units until `next` has none: it is told how many are begun and gives a unit with a number; `done` is told
  /// the number when the unit has ended, before the next one is asked for.
  public func decode(
    next: (_ begun: Int) -> (tag: Int, start: UnitStart)?, done: (Int, DecodeFailure?) -> Void
  ) {
    while true {
      while begun.count < LockStep.width, let (tag, start) = next(begun.count) {
        switch start {
        case .ended(let failure): done(tag, failure)
        case .begun(let walk): goOn(tag, walk, done)
        }
      }
      guard lockStep.count > 0 else { return }
      var ended: Int?
      lockStep.advance { run, levels in
        ended = run.tag
        begun[run.tag]?.take(run.result, levels)
      }
      if let ended, let walk = begun[ended] { goOn(ended, walk, done) }
    }
  }

  /// Goes on with a unit until lanes have a run of it or it has ended.
  private func goOn(_ tag: Int, _ walk: PayloadWalk, _ done: (Int, DecodeFailure?) -> Void) {
    let locks = begun[tag] != nil || walk.isWorthwhile
    while walk.wantsLevels() {
      if locks, walk.offerRun(to: lockStep, tag: tag) {
        begun[tag] = walk
        return
      }
      walk.decodeRun(&buffer)
    }
    begun[tag] = nil
    done(tag, walk.failure)
  }
}
