import NNRAnalysis
import NNRModel
import NNRReport

extension Job.Kind {
  /// The bins that the stepper shows.
  static let bins = Self("bins")
}

extension Job {
  /// Steps through a payload to what a request names.
  static func bins(
    _ request: BinRequest, _ known: BinTrace?, key: TensorView.Key, of source: OpenStream
  ) -> Job {
    Job(
      .bins, progress: Progress("stepping") { $0.bins.trace == nil ? nil : 0 },
      escape: Escape { $0.tell("stopped") }
    ) { context in
      let opened = known ?? BinTrace(source.session, stream: source.number, unit: key.unit)
      guard let opened else {
        let why = Self.whyNot(key, source)
        return context.post { if $0.bins.key == key { $0.bins.problem = why } }
      }
      var walk = BinSearch(trace: opened, shouldStop: context.isCancelled)
      let found = walk.answer(request)
      guard !context.isCancelled() else { return }
      let centre = found.selection ?? found.centre
      let window = walk.window(around: centre)
      guard !context.isCancelled() else { return }
      let (trace, selection, problem) = (walk.trace, found.selection, found.problem)
      context.postAndAsk { model in
        guard model.bins.key == key else { return [] }
        model.bins.take(trace, window, selection)
        if let problem { model.tell(problem) }
        return model.followBins() + model.followContexts()
      }
    }
  }

  private static func whyNot(_ key: TensorView.Key, _ source: OpenStream) -> String {
    guard let decoding = source.session.decoding(stream: source.number, unit: key.unit) else {
      return "the header of the unit could not be read"
    }
    if decoding.unit.payloadType == .rawFloat { return "raw floats have no bins" }
    if decoding.unit.isPartial { return "the unit is a part of several" }
    return decoding.missingParent ?? "the payload cannot be decoded: its dimensions are not known"
  }
}

/// Finds bins, asking now and then whether to stop.
private struct BinSearch {
  /// The bins between two looks at whether to stop.
  private static let stride = 4096

  var trace: BinTrace
  let shouldStop: () -> Bool

  init(trace: BinTrace, shouldStop: @escaping () -> Bool) {
    self.trace = trace
    self.shouldStop = shouldStop
  }

  mutating func answer(_ request: BinRequest) -> (
    selection: Int?, centre: Int, problem: String?
  ) {
    switch request {
    case .open: return (0, 0, nil)
    case .window(let centre): return (nil, centre, nil)
    case .index(let index):
      let last = reach { $0.index >= index } ?? 0
      return (min(index, last), last, index > last ? "the last bin is \(last)" : nil)
    case .end:
      let last = reach { _ in false } ?? 0
      return (last, last, nil)
    case .bin(let index, let here):
      guard let last = reach({ $0.index >= index }) else { return (nil, here, nil) }
      if index <= last { return (index, index, nil) }
      let bins = TraceText.bins(trace.count ?? last + 1, of: trace)
      return (nil, here, "no bin \(index): \(bins)")
    case .bit(let bit, let here) where bit >= trace.payloadCount * 8:
      return (nil, here, "no payload bit \(bit): \(TraceText.bits(of: trace))")
    case .bit(let bit, _):
      _ = reach { $0.event.position > bit }
      guard !shouldStop(), let found = trace.bin(atPosition: bit) else { return (0, 0, nil) }
      return (found.index, found.index, nil)
    case .next(let target, let after):
      let stop = shouldStop
      guard let found = trace.next(target, after: after, shouldStop: { stop() }) else {
        return (nil, after, "no further one")
      }
      return (found.index, found.index, nil)
    case .previous(let target, let before):
      let stop = shouldStop
      guard let found = trace.previous(target, before: before, shouldStop: { stop() }) else {
        return (nil, before, "no earlier one")
      }
      return (found.index, found.index, nil)
    case .nothing(_, let isForward):
      return (nil, 0, isForward ? "no further one" : "no earlier one")
    }
  }

  /// Decodes until a bin of the stride fits or the payload ends; the last bin that was reached.
  private mutating func reach(_ fits: (TracedBin) -> Bool) -> Int? {
    var place = 0
    while !shouldStop(), let bin = trace.bin(place) {
      if fits(bin) { return bin.index }
      place += Self.stride
    }
    guard !shouldStop() else { return nil }
    let stop = shouldStop
    return trace.countAll(shouldStop: { stop() }).map { max(0, $0 - 1) }
  }

  mutating func window(around centre: Int) -> [TracedBin] {
    var found: [TracedBin] = []
    var place = max(0, centre - BinsState.reach)
    while place <= centre + BinsState.reach, let bin = trace.bin(place) {
      found.append(bin)
      place += 1
    }
    return found
  }
}
