import Explorer
import Locking
import Testing

/// A job that is stopped at any of its questions posts nothing more.
func expectSilence(
  of job: Job, stoppedAt limits: [Int], _ location: SourceLocation = #_sourceLocation
) {
  for limit in limits {
    let asked = Counter()
    let late = Counter()
    job.work(
      Job.Context(
        isCancelled: { asked.next() >= limit },
        post: { _ in if asked.count > limit { _ = late.next() } }))
    #expect(late.count == 0, "\(limit)", sourceLocation: location)
  }
}

/// Counts from whichever thread.
private final class Counter: Sendable {
  private let value = Locked(0)

  var count: Int { value.withLock { $0 } }

  func next() -> Int {
    value.withLock { value in
      defer { value += 1 }
      return value
    }
  }
}
