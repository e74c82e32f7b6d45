import Dispatch
import Locking
import NNRAnalysis
import NNRModel
import NNRRecode
import NNRReport
import PlainText

extension Job.Kind {
  /// What the tensors of a stream could save.
  static let whatif = Self("whatif")
  /// The alternatives of a tensor.
  static let alternatives = Self("alternatives")
  /// A stream that is written in fewer bytes.
  static let recode = Self("recode")
}

extension Job {
  /// Searches all data units of a stream, the largest first, over all cores.
  static func whatif(_ source: OpenStream, document: Int) -> Job {
    Job(
      .whatif,
      progress: Progress("searching") { model in
        let isWanted =
          model.shows(.whatif)
          || model.shows(.tensors) && model.document.tensors.columns.contains(TensorSavings.key)
        return isWanted ? model.whatif.fraction : nil
      },
      escape: Escape(where: { $0.shows(.whatif) && $0.whatif.alternatives == nil }) { model in
        model.tell(
          "stopped at \(Int(model.whatif.fraction * 100)) %; opening the view again begins anew")
        model.whatif.document = nil
      }
    ) { context in
      let session = source.session
      let directory = session.directory(source.number)
      let size = session.streams[source.number].size
      let state = Locked((rows: [WhatifRow](), saved: 0, done: 0, told: context.now()))
      let recoding = StreamRecoding(
        session, stream: source.number, threads: Processors.count, shouldStop: context.isCancelled
      ) { unit in
        let rows = WhatifRow.rows(unit, directory, total: 8 * size)
        let batch = state.withLock { state -> (rows: [WhatifRow], saved: Int, share: Double)? in
          state.rows += rows
          state.saved += unit.size - unit.bestSize
          state.done += unit.size
          guard context.now() - state.told > .milliseconds(80) else { return nil }
          state.told = context.now()
          defer { (state.rows, state.saved) = ([], 0) }
          return (state.rows, state.saved, Double(state.done) / Double(max(1, size)))
        }
        guard let batch else { return }
        context.postWhatif(batch.rows, batch.saved, batch.share, document)
      }
      guard recoding != nil else { return }
      let rest = state.withLock { ($0.rows, $0.saved) }
      context.postWhatif(rest.0, rest.1, 1, document)
    }
  }

  /// Works out the alternatives of a tensor.
  static func alternatives(_ source: OpenStream, _ tensor: CodedTensor) -> Job {
    Job(
      .alternatives, progress: Progress("alternatives"),
      escape: Escape { $0.tell("stopped") }
    ) { context in
      do throws(RecodeRefusal) {
        let found = try TensorAlternatives.all(
          source.session, stream: source.number, unit: tensor.unit,
          shouldStop: context.isCancelled)
        guard let own = found.first(where: { $0.tensor.place == tensor.place }) else { return }
        context.post { model in
          model.whatif.alternatives = own
          model.whatif.alternativeList = .init()
          model.whatif.alternativeList.selection =
            own.list.firstIndex { $0.isCurrent } ?? 0
        }
      } catch {
        let reason = "\(error)"
        context.post { $0.tell(ShownText.line(reason), failed: true) }
      }
    }
  }

  /// Writes a stream in fewer bytes, decodes it and compares, and only then gives it its name.
  static func recode(_ source: OpenStream, to path: String) -> Job {
    Job(.recode, progress: Progress("writing"), escape: Escape { $0.tell("nothing was written") }) {
      context in
      let line = RecodedStream.write(
        source.session, stream: source.number, to: path, threads: Processors.count,
        shouldStop: context.isCancelled)
      guard !context.isCancelled() else { return }
      context.post { $0.tell(ShownText.line(line.text), failed: line.failed) }
    }
  }
}

extension Job.Context {
  /// Posts tensors that were searched.
  fileprivate func postWhatif(
    _ rows: [WhatifRow], _ saved: Int, _ share: Double, _ document: Int
  ) {
    post { model in
      guard model.whatif.document == document else { return }
      model.whatif.add(rows, savedBytes: saved, fraction: share)
      model.documents[document].figures.take(rows)
      if document == model.current { model.arrangeTensors() }
    }
  }
}
