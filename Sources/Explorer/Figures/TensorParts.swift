import NNRAnalysis
import NNRModel
import NNRReport

/// The parts of a tensor that pay its bits, without what is paid beside levels: that is listed by class.
public struct TensorParts: Sendable {
  /// The place of the tensor in the ledger.
  let tensor: Int
  /// What the parts are.
  let kind: CostPart.Kind
  /// The parts in their own order.
  let lines: [CostPart]
  /// Why there are none; nil if there are.
  let problem: String?
}

extension TensorParts {
  /// Tensors of more weights get the bits of their rows by the fast decoder, which does not tell where rows begin.
  private static let slowLimit = 1 << 22

  /// Finds the parts of a tensor; nil if it was cancelled.
  init?(
    _ kind: CostPart.Kind, of tensor: Int, in ledger: BitLedger, place: OpenStream,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.tensor = tensor
    self.kind = kind
    let coded = ledger.tensors[tensor].tensor
    if kind == .rows, (coded.count ?? 0) > Self.slowLimit {
      var options = FiguresOptions()
      options.accounting = true
      options.rowBits = true
      options.sketches = false
      let figures = UnitFigures(
        place.session, stream: place.number, unit: coded.unit, options: options,
        shouldStop: isCancelled)
      if isCancelled() { return nil }
      var ledger = ledger
      ledger.add(figures)
      lines = CostPartTable.rows(ledger.tensors[tensor]).filter { $0.besides == nil }
      problem = figures.failure.map { "\($0)" }
      return
    }
    do {
      let spread = try CostSpread(
        place.session, stream: place.number, coded, shouldStop: isCancelled)
      lines = (spread.map { CostPartTable.parts(kind, $0) } ?? []).filter { $0.besides == nil }
      problem = spread == nil ? "\(kind.rawValue) of this tensor cannot be told" : nil
    } catch {
      if isCancelled() { return nil }
      lines = []
      problem = "\(error)"
    }
  }
}

extension CostPart {
  /// What it is called.
  var title: String {
    if let context {
      return context.number.map { "\($0) \(context.name)" } ?? "\(context.name), no context"
    }
    guard let block, let place else { return "row \(place ?? 0)" }
    return "block \(place): rows \(Self.span(block.rows)), columns \(Self.span(block.columns))"
  }

  private static func span(_ range: Range<Int>) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound - 1)"
  }
}

extension Job.Kind {
  /// The bits of a tensor's parts.
  static let parts = Self("parts")
}

extension Job {
  /// Charges the bits of a tensor to its parts.
  static func parts(
    _ kind: CostPart.Kind, of tensor: Int, in sheet: CostSheet, place: OpenStream
  ) -> Job {
    Job(
      .parts,
      escape: Escape(where: { $0.shows(.costs) }) { model in
        model.closeUnknownParts()
        model.tell("stopped")
      },
      ended: { $0.followParts() }
    ) { context in
      guard
        let parts = TensorParts(
          kind, of: tensor, in: sheet.ledger, place: place, isCancelled: context.isCancelled)
      else { return }
      context.post { $0.take(parts) }
    }
  }
}
