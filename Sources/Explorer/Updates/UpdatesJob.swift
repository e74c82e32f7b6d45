import NNRAnalysis
import NNRModel

extension Job.Kind {
  /// The rounds of updates.
  static let updates = Self("updates")
}

extension Job {
  /// Reads what all rounds code.
  static func updates(_ session: Session) -> Job {
    Job(.updates, progress: Progress("updates") { $0.updates.fraction }) { context in
      var batch: [ParameterUpdate] = []
      func post(_ fraction: Double) {
        let found = batch
        context.post { $0.updates.add(found, fraction: fraction) }
        batch = []
      }
      var told = context.now()
      session.readUpdates(shouldStop: context.isCancelled) { updates, share in
        batch += updates
        guard context.now() - told > .milliseconds(60), !context.isCancelled() else { return }
        told = context.now()
        post(share)
      }
      guard !context.isCancelled() else { return }
      post(1)
    }
  }
}
