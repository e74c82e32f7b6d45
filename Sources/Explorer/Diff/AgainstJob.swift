import NNRModel
import NNRReport
import WeightFiles

extension Job.Kind {
  /// The weights against the original.
  static func against(document: Int) -> Self { Self("compare", document: document) }
}

extension Job {
  /// Compares the weights of a stream, with the updates up to it added up, with a file of weights.
  static func against(_ path: String, _ place: OpenStream, document: Int) -> Job {
    Job(
      .against(document: document), progress: Progress("comparing"), escape: .comparison
    ) { context in
      do {
        let report = try compared(path, place, context)
        guard !context.isCancelled() else { return }
        var lines = DiffRows(place.stream, place.stream)
        lines.add(report, place.session.directory(place.number))
        let rows = lines.rows
        context.post { $0.take(report, rows, of: document, against: path) }
      } catch {
        guard !context.isCancelled() else { return }
        let problem = "\(error)"
        context.post { $0.refuseComparison(of: document, against: path, problem) }
      }
    }
  }

  private static func compared(_ path: String, _ place: OpenStream, _ context: Context) throws
    -> AgainstReport
  {
    let references = try WeightFile.open(path)
    let session = place.scope.isSum ? place.chain : place.session
    return try session.report(
      against: references, file: path, scope: place.scope, stream: place.number,
      shouldStop: context.isCancelled)
  }
}

extension OpenStream {
  /// What `:against` compares: the chain up to the stream, added up.
  var scope: AgainstScope {
    number > 0 ? .sum(files: number + 1) : .alone(file: 1, of: session.streams.count)
  }
}
