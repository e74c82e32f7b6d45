import NNRBits
import NNRCarriage
import NNRReport
import PlainText
import TerminalScreen

extension Job.Kind {
  /// The messages and items of a file.
  static let carriers = Self("carriers")
}

extension Job {
  /// Reads what a file carries.
  static func carriers(_ file: any ByteSource, path: String) -> Job {
    Job(
      .carriers, progress: Progress("reading the file") { $0.carriers.fraction },
      escape: Escape(where: { $0.shows(.carriers) }) { model in
        model.tell("stopped; opening the view again begins anew")
      }
    ) { context in
      func post(_ carriage: Carriage, _ done: Int) {
        let document = CarrierDocument(file: path, size: file.count, carriage)
        let share = Double(done) / Double(max(1, file.count))
        context.post { model in
          let isFirst = model.carriers.rows.isEmpty
          model.carriers.take(document, fraction: share)
          if isFirst { model.followSelection() }
        }
      }
      do throws(SourceError) {
        let found = try Carriage.read(file) { done, carriage in
          if context.isCancelled() { return false }
          post(carriage, done)
          return true
        }
        guard let found, !context.isCancelled() else { return }
        post(found, file.count)
      } catch {
        let reason = "\(error)"
        context.post { $0.tell(ShownText.line(reason), failed: true) }
      }
    }
  }
}
