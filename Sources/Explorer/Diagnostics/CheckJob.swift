import Foundation
import NNRAnalysis
import NNRModel

extension Job {
  /// Looks at all rules over a stream; `decodes` says whether payloads are decoded for it.
  static func check(
    _ place: StreamPlace, document: Int, decodes: Bool, generation: Int
  ) -> Job {
    Job(kind: .check(document: document), generation: generation) { context in
      var options = StreamCheck.Options()
      options.decodes = decodes
      options.threads = ProcessInfo.processInfo.activeProcessorCount
      options.shouldStop = context.isCancelled
      let total = place.stream.index.entries.count
      let check = StreamCheck(place.session, stream: place.number, options: options) { done in
        context.post(.checking(fraction: Double(done) / Double(max(1, total))))
      }
      if context.isCancelled() { return }
      context.post(.checked(check.breaches, decoded: decodes))
      context.post(.finished)
    }
  }
}
