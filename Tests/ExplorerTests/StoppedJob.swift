import Locking
import Testing

@testable import Explorer

/// A job that is stopped at any of its questions posts nothing more than that it ended.
func expectSilence(
  of job: Job, stoppedAt limits: [Int], _ location: SourceLocation = #_sourceLocation
) {
  for limit in limits {
    let asked = Counter()
    let late = Counter()
    job.run(isCancelled: { asked.next() >= limit }) { report in
      if report.change != nil, asked.count > limit { _ = late.next() }
    }
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

/// Collects what a job reports.
final class Reports: Sendable {
  private let list = Locked<[JobReport]>([])

  /// What was reported by now.
  var contents: [JobReport] { list.withLock { $0 } }

  /// Adds a report.
  func append(_ report: JobReport) { list.withLock { $0.append(report) } }
}
