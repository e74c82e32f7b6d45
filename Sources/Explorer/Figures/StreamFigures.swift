import NNRReport

/// What the background found about all tensors of a stream by now.
struct StreamFigures: Sendable {
  /// The tensors in the order of the stream.
  private(set) var lines: [TensorLine] = []
  /// The errors of a tensor against the original; nil if there was no comparison.
  var reference: (@Sendable (TensorLine) -> AgainstReport.Row?)? {
    didSet { take(lines) }
  }
  /// The bits and their owners; nil until the headers are read.
  var costs: CostSheet?
  /// The parts of tensors that were asked for.
  var parts: [CostsState.PartsKey: TensorParts] = [:]
  /// The share of the payloads that is decoded.
  var fraction = 0.0
  /// Whether the work was begun.
  var isBegun = false

  /// Takes rows over; later ones replace earlier ones of the same tensor.
  mutating func take(_ batch: [TensorLine]) {
    for var line in batch {
      if let reference { line.take(reference(line)) }
      if lines.indices.contains(line.place) {
        lines[line.place] = line
      } else if line.place == lines.count {
        lines.append(line)
      }
    }
  }

  /// The greatest magnitude of a level in any tensor decoded by now.
  var greatestLevel: Double { Double(lines.map(\.greatestLevel).max() ?? 0) }
}
