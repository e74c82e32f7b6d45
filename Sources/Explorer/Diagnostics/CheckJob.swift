import NNRAnalysis
import NNRModel

extension Job.Kind {
  /// All rules over a stream.
  static func check(document: Int) -> Self { Self("check", document: document) }
}

extension Job {
  /// Looks at all rules over a stream; `decodes` says whether payloads are decoded for it.
  static func check(_ place: OpenStream, document: Int, decodes: Bool) -> Job {
    Job(
      .check(document: document), .stream,
      progress: Progress("checking") { $0.current == document ? $0.document.checked ?? 0 : nil },
      escape: Escape(where: { $0.shows(.problems) && $0.current == document }) { model in
        model.tell("stopped; \(model.shownKey(of: "check")) begins again")
      },
      // The rules that need no decoding come first where payloads take their time.
      ended: { decodes ? [] : $0.check(document, decodes: true) }
    ) { context in
      var options = StreamCheck.Options()
      options.decodes = decodes
      options.threads = Processors.count
      options.shouldStop = context.isCancelled
      let total = place.stream.index.entries.count
      let check = StreamCheck(place.session, stream: place.number, options: options) { done in
        context.post { $0.documents[document].checked = Double(done) / Double(max(1, total)) }
      }
      if context.isCancelled() { return }
      let writer = WriterFit(place.session, stream: place.number, after: check)
      context.post { model in
        model.documents[document].writer = writer
        model.take(check.breaches, decoded: decodes, of: document)
      }
    }
  }
}
