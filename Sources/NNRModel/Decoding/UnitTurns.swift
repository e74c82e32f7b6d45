import Locking

/// Which unit a thread decodes next: each takes several, but not so many that another is left without.
public final class UnitTurns: Sendable {
  private let count: Int
  private let threads: Int
  private let state = Locked((next: 0, ended: 0))

  /// The turns of `count` units that `threads` threads share.
  public init(count: Int, threads: Int) {
    self.count = count
    self.threads = max(1, threads)
  }

  /// The next turn for a thread that has begun so many units and not ended them; nil if it should go on with these.
  public func take(begun: Int) -> Int? {
    state.withLock { state in
      let share = (count - state.ended + threads - 1) / threads
      guard state.next < count, begun == 0 || begun < share else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  /// Notes that a unit has ended.
  public func end() {
    state.withLock { $0.ended += 1 }
  }
}
