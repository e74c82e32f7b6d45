import NNRAnalysis
import NNRModel

extension Job.Kind {
  /// The weights of the selected tensor.
  public static let decode = Self("decode")
}

extension Job {
  /// Decodes the tensor of a unit.
  static func decode(_ key: TensorView.Key, of source: OpenStream) -> Job {
    Job(
      .decode, .selection, progress: Progress("decoding") { $0.document.tensorView?.fraction },
      escape: Escape(where: \.showsDecoding) { model in
        let share = Int((model.document.tensorView?.fraction ?? 0) * 100)
        model.document.tensorView?.problem = "stopped at \(share) %"
        model.tell("decoding stopped; it begins anew when the tensor is selected again")
      }
    ) { context in
      let begin = context.now()
      var told = begin
      func view(_ tensors: [TensorFigures]) -> TensorView {
        let seconds = (context.now() - begin) / .seconds(1)
        return TensorView(key, tensors, of: source.weights(ofUnit: key.unit), seconds: seconds)
      }
      let figures = UnitFigures(
        source.session, stream: source.number, unit: key.unit, options: source.weightOptions,
        shouldStop: context.isCancelled
      ) { tensors in
        guard context.now() - told >= .milliseconds(60) else { return }
        told = context.now()
        let news = view(tensors)
        context.postAndAsk { $0.take(news) }
      }
      guard !context.isCancelled() else { return }
      var whole = view(figures.tensors)
      whole.fraction = 1
      whole.problem = figures.failure.map { "\($0)" }
      let last = whole
      context.postAndAsk { $0.take(last) }
    }
  }
}

extension OpenStream {
  /// What is found out about a tensor that is looked at.
  fileprivate var weightOptions: FiguresOptions {
    var options = FiguresOptions()
    options.keptBytes = min(session.options.maxMemory / 4, 256 << 20)
    options.accounting = true
    options.rowBits = true
    return options
  }

  /// The weights that a unit codes, as far as their number is known.
  fileprivate func weights(ofUnit unit: Int) -> Int {
    stream.compressedDataUnit(unit)?.codedTensors
      .reduce(0) { $0.saturatingAdd($1.count ?? 0) } ?? 0
  }
}

extension ExplorerModel {
  /// Whether weights on the screen are being decoded; a tensor that decodes in no time is not worth a key.
  fileprivate var showsDecoding: Bool {
    guard [.explorer, .heat, .values].contains(view), let shown = document.tensorView else {
      return false
    }
    return shown.fraction < 1 && !shown.tensors.isEmpty
  }

  /// Starts decoding of the selected tensor, if it is another one than before.
  mutating func decodeTensor() -> [Effect] {
    let key = TensorView.Key(document: current, unit: location.unit)
    guard document.tensorView?.key != key else { return [] }
    document.tensorView = nil
    document.heatImage = nil
    document.weightBits = nil
    guard document.entry?.type == .compressedData else { return stop(.decode) }
    document.tensorView = TensorView(key)
    return start(.decode(key, of: document.source))
  }

  /// Takes over what is known of the weights by now.
  mutating func take(_ view: TensorView) -> [Effect] {
    guard view.key == document.tensorView?.key else { return [] }
    document.tensorView = view
    settleCell()
    // News while cells are being worked out waits for them; the last always counts.
    guard view.fraction >= 1 || running[.heat] == nil else { return [] }
    return refreshHeat(evenIfSame: true)
  }
}
