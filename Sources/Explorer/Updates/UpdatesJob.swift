import NNRAnalysis
import NNRModel

extension Job {
  /// Reads what all rounds code.
  static func updates(_ session: Session, generation: Int) -> Job {
    Job(kind: .updates, generation: generation) { context in
      var batch: [ParameterUpdate] = []
      let clock = ContinuousClock()
      var told = clock.now
      session.readUpdates(shouldStop: context.isCancelled) { updates, share in
        batch += updates
        guard clock.now - told > .milliseconds(60), !context.isCancelled() else { return }
        told = clock.now
        context.post(.updated(batch, fraction: share))
        batch = []
      }
      guard !context.isCancelled() else { return }
      context.post(.updated(batch, fraction: 1))
      context.post(.finished)
    }
  }
}
