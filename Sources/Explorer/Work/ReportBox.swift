import Locking

/// Collects what a job posts.
final class ReportBox: Sendable {
  private let list = Locked<[JobReport.Content]>([])

  /// What was posted by now.
  var contents: [JobReport.Content] { list.withLock { $0 } }

  /// Adds a report.
  func append(_ content: JobReport.Content) { list.withLock { $0.append(content) } }
}
