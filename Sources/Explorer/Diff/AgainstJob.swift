import NNRBits
import NNRModel
import NNRReport

/// The weights of a stream against the tensors they were made from, or why there is nothing to show.
public struct AgainstOutcome: Sendable {
  let document: Int
  let path: String
  let report: AgainstReport?
  /// The report as lines.
  let rows: [DiffRow]
  let problem: String
}

extension Job {
  /// Compares the weights of a stream, with the updates up to it added up, with a safetensors, npz or npy file.
  static func against(_ path: String, _ place: StreamPlace, document: Int, generation: Int) -> Job {
    Job(kind: .against(document: document), generation: generation) { context in
      var report: AgainstReport?
      var problem = ""
      do {
        report = try compared(path, place, context)
      } catch {
        problem = "\(error)"
      }
      guard !context.isCancelled() else { return }
      var lines = DiffRows(place.stream, place.stream)
      if let report { lines.add(report, place.session.directory(place.number)) }
      context.post(
        .against(
          AgainstOutcome(
            document: document, path: path, report: report, rows: lines.rows, problem: problem)))
      context.post(.finished)
    }
  }

  private static func compared(_ path: String, _ place: StreamPlace, _ context: Context) throws
    -> AgainstReport
  {
    let source = try openSource(path)
    guard source.count <= place.session.options.maxMemory else {
      throw TooLarge()
    }
    let references = try ReferenceTensors(try source.read(0..<source.count), path: path)
    let session = place.scope.isSum ? place.chain : place.session
    return try session.report(
      against: references, file: path, scope: place.scope, stream: place.number,
      shouldStop: context.isCancelled)
  }
}

extension StreamPlace {
  /// What `:against` compares: the chain up to the stream, added up.
  var scope: AgainstScope {
    number > 0 ? .sum(files: number + 1) : .alone(file: 1, of: session.streams.count)
  }
}

/// A file that would not fit in memory.
private struct TooLarge: Error, CustomStringConvertible {
  var description: String { "the file does not fit the memory budget; raise --max-memory" }
}
