import NNRAnalysis
import NNRModel

/// The parts of a tensor that pay its bits: rows, blocks of the scan, or contexts.
public struct TensorParts: Sendable {
  /// What a part is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Rows of the first dimension.
    case rows
    /// Blocks of the scan.
    case blocks
    /// Contexts, and classes of bins without one.
    case contexts
  }

  /// A part.
  struct Line: Sendable {
    /// What it is called.
    var name: String
    /// The bits it pays.
    var bits: Double
    /// The weights that share them.
    var weights: Int
    /// Whether it is a row that is skipped.
    var isSkipped = false
    /// The payload bit at which it begins; nil if that is not known.
    var start: Int?
  }

  /// The place of the tensor in the ledger.
  let tensor: Int
  /// What the parts are.
  let kind: Kind
  /// The parts in their own order.
  let lines: [Line]
  /// Why there are none; nil if there are.
  let problem: String?
}

extension TensorParts {
  /// Tensors of more weights get the bits of their rows by the fast decoder, which does not tell where rows begin.
  private static let slowLimit = 1 << 22

  /// Finds the parts of a tensor; nil if it was cancelled.
  init?(
    _ kind: Kind, of tensor: Int, _ coded: CodedTensor, place: OpenStream,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.tensor = tensor
    self.kind = kind
    if kind == .rows, (coded.count ?? 0) > Self.slowLimit {
      var options = FiguresOptions()
      options.accounting = true
      options.rowBits = true
      options.sketches = false
      let figures = UnitFigures(
        place.session, stream: place.number, unit: coded.unit, options: options,
        shouldStop: isCancelled)
      if isCancelled() { return nil }
      let found =
        figures.tensors.indices.contains(coded.place) ? figures.tensors[coded.place] : nil
      lines = Self.rows(found)
      problem = figures.failure.map { "\($0)" }
      return
    }
    do {
      let spread = try CostSpread(
        place.session, stream: place.number, coded, shouldStop: isCancelled)
      lines = spread.map { Self.lines(kind, $0) } ?? []
      problem = spread == nil ? "\(kind.rawValue) of this tensor cannot be told" : nil
    } catch {
      if isCancelled() { return nil }
      lines = []
      problem = "\(error)"
    }
  }

  private static func rows(_ figures: TensorFigures?) -> [Line] {
    guard let figures, let bits = figures.end?.rowBits, !bits.isEmpty else { return [] }
    let mask = figures.start.rowMask
    return bits.enumerated().map { row, bits in
      Line(
        name: "row \(row)", bits: bits, weights: TensorFigures.width(figures.start.tensor),
        isSkipped: mask.indices.contains(row) && mask[row] != 0)
    }
  }

  private static func lines(_ kind: Kind, _ spread: CostSpread) -> [Line] {
    switch kind {
    case .rows:
      let width = (spread.tensor.count ?? 0) / max(1, spread.rows.count)
      let skips = spread.beside.contains { $0.costClass == .payload(.rowSkip) }
      return spread.rows.enumerated().map { row, part in
        Line(
          name: "row \(row)", bits: part.bits, weights: width, isSkipped: skips && part.bins == 0,
          start: part.start)
      }
    case .blocks:
      return spread.blocks.enumerated().map { place, block in
        Line(
          name: "block \(place): rows \(span(block.rows)), columns \(span(block.columns))",
          bits: block.part.bits, weights: block.rows.count * block.columns.count,
          start: block.part.start)
      }
    case .contexts:
      return spread.contexts.map { context in
        Line(
          name: context.number.map { "\($0) \(context.name)" } ?? "\(context.name), no context",
          bits: context.part.bits, weights: spread.tensor.count ?? 0, start: context.part.start)
      }
    }
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
    _ kind: TensorParts.Kind, of tensor: Int, in sheet: CostSheet, place: OpenStream
  ) -> Job {
    Job(.parts, escape: Escape(where: { $0.shows(.costs) }) { $0.tell("stopped") }) { context in
      let coded = sheet.ledger.tensors[tensor].tensor
      guard
        let parts = TensorParts(
          kind, of: tensor, coded, place: place, isCancelled: context.isCancelled)
      else { return }
      context.post { $0.take(parts) }
    }
  }
}
