import NNRModel

extension Job.Kind {
  /// The weights of the selected tensor.
  public static let decode = Self("decode")
}

extension Job {
  /// Decodes the tensor of a unit.
  static func decode(
    _ key: TensorView.Key, of stream: NNRStream, with decoder: any PayloadDecoding
  ) -> Job {
    Job(
      .decode, .selection, progress: Progress("decoding") { $0.document.tensorView?.fraction },
      escape: Escape(where: \.showsDecoding) { model in
        let share = Int((model.document.tensorView?.fraction ?? 0) * 100)
        model.document.tensorView?.problem = "stopped at \(share) %"
        model.tell("decoding stopped; it begins anew when the tensor is selected again")
      }
    ) { context in
      decoder.decode(key, of: stream, isCancelled: context.isCancelled) { view in
        context.postAndAsk { $0.take(view) }
      }
    }
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
    guard let decoder else { return [] }
    let key = TensorView.Key(document: current, unit: location.unit)
    guard document.tensorView?.key != key else { return [] }
    document.tensorView = nil
    document.cell.image = nil
    document.cell.target = nil
    guard document.entry?.type == .compressedData else { return stop(.decode) }
    document.tensorView = TensorView(key)
    return start(.decode(key, of: document.stream, with: decoder))
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
