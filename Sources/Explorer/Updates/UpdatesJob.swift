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
        context.post { model in
          model.updates.add(found, fraction: fraction)
          // Until one moves, the cursor goes to what is selected.
          if model.shows(.updates), model.updates.list.selection == 0 {
            model.followSelection(orSelect: false)
          }
        }
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
