import Locking
import NNRAnalysis
import NNRModel
import NNRRecode
import NNRReport

extension Job.Kind {
  /// What an encoder could do otherwise.
  static let advice = Self("advice")
}

extension Job {
  /// Decodes a stream for what its headers and figures tell, then searches its units for shorter ones.
  static func advice(_ source: OpenStream, document: Int) -> Job {
    Job(
      .advice,
      progress: Progress("searching") { $0.shows(.advice) ? $0.advice.fraction : nil },
      escape: Escape(where: { $0.shows(.advice) }) { model in
        model.tell(
          "stopped at \(Int(model.advice.fraction * 100)) %; opening the view again begins anew")
        model.advice.document = nil
      }
    ) { context in
      let (session, threads) = (source.session, Processors.count)
      let plain = StreamAdvice(session, stream: source.number, threads: threads) { _ in
        !context.isCancelled()
      }
      guard !context.isCancelled() else { return }
      context.postAdvice(plain, 0, document)
      let size = session.streams[source.number].size
      let state = Locked((found: plain, units: [UnitRecoding](), done: 0, told: context.now()))
      let recoding = StreamRecoding(
        session, stream: source.number, threads: threads, shouldStop: context.isCancelled
      ) { unit in
        let batch = state.withLock { state -> (StreamAdvice, Double)? in
          state.units.append(unit)
          state.done += unit.size
          guard context.now() - state.told > .milliseconds(80) else { return nil }
          state.told = context.now()
          state.found = state.found.adding(state.units)
          state.units = []
          return (state.found, Double(state.done) / Double(max(1, size)))
        }
        if let batch { context.postAdvice(batch.0, batch.1, document) }
      }
      guard recoding != nil else { return }
      context.postAdvice(state.withLock { $0.found.adding($0.units) }, 1, document)
    }
  }
}

extension Job.Context {
  fileprivate func postAdvice(_ found: StreamAdvice, _ share: Double, _ document: Int) {
    post { model in
      guard model.advice.document == document else { return }
      model.advice.take(found, fraction: share)
    }
  }
}
