import Locking
import NNRAnalysis
import NNRModel
import NNRReport
import WeightFiles

extension Job.Kind {
  /// The open files as runs.
  static let compare = Self("runs")
}

extension Job {
  /// Decodes the open files as runs, over all processors, and compares them with the original at `reference` if there is one.
  static func compare(_ streams: [OpenStream], against reference: String?) -> Job {
    Job(
      .compare, progress: Progress("comparing") { $0.compare.fraction },
      escape: Escape(where: { $0.shows(.compare) }) { model in
        model.tell("stopped; opening the view again begins anew")
        model.compare.forget()
      }
    ) { context in
      var original: WeightFile?
      if let reference {
        do throws(TensorFileError) {
          original = try WeightFile.open(reference)
        } catch {
          let problem = "\(ShownText.line(reference)): \(error)"
          context.post { model in
            model.compare.problem = problem
            model.tell(problem, failed: true)
          }
        }
      }
      let sources = streams.map { place in
        RunSource(place.stream.name) { (place.session, place.number) }
      }
      let news = RunNews(context)
      RunQueue.each(
        sources, against: original, threads: Processors.count, shouldStop: context.isCancelled
      ) { number, result in
        if case .success(let run) = result { news.add(run, number) }
        return !context.isCancelled()
      }
      news.post()
    }
  }
}

/// Runs that are decoded and not told yet: they are told some at a time.
private final class RunNews: Sendable {
  private let context: Job.Context
  private let state: Locked<(runs: [Int: RunFigures], told: ContinuousClock.Instant)>

  init(_ context: Job.Context) {
    self.context = context
    state = Locked(([:], context.now()))
  }

  /// Takes a run, and tells all that wait if it is time.
  func add(_ run: RunFigures, _ number: Int) {
    let isTime = state.withLock { state in
      state.runs[number] = run
      return context.now() - state.told > .milliseconds(100)
    }
    if isTime { post() }
  }

  /// Tells all that wait.
  func post() {
    let runs = state.withLock { state in
      defer { state = ([:], context.now()) }
      return state.runs
    }
    guard !runs.isEmpty, !context.isCancelled() else { return }
    context.post { model in
      let isFirst = model.compare.lines.isEmpty
      model.compare.add(runs)
      model.compare.list.settle(count: model.compare.lines.count, page: model.page(.compare))
      if isFirst, model.shows(.compare) { model.followSelection(orSelect: false) }
    }
  }
}
