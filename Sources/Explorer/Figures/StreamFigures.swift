import NNRModel
import NNRReport

/// What the background found about all tensors of a stream by now.
struct StreamFigures: Sendable {
  /// The tensors in the order of the stream.
  private(set) var lines: [TensorLine] = []
  /// The errors of a tensor against the original; nil if there was no comparison.
  var reference: (@Sendable (TensorLine) -> AgainstReport.Row?)? {
    didSet { take(lines) }
  }
  /// What coding tensors anew would save, in bits, as far as it was searched: by unit, then by place.
  private var savings: [Int: [Int: Int]] = [:]
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
      if let saving = savings[line.unit]?[line.member] { line.take(saving: saving) }
      if lines.indices.contains(line.place) {
        lines[line.place] = line
      } else if line.place == lines.count {
        lines.append(line)
      }
    }
  }

  /// Takes over what was searched.
  mutating func take(_ rows: [WhatifRow]) {
    for row in rows {
      if let saving = row.found?.saving {
        savings[row.tensor.unit, default: [:]][row.tensor.place] = saving
      }
    }
    take(lines)
  }

  /// The greatest magnitude of a level in any tensor decoded by now.
  var greatestLevel: Double { Double(lines.map(\.greatestLevel).max() ?? 0) }
}
