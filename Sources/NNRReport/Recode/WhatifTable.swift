import NNRAnalysis
import NNRModel
import NNRRecode
import PlainText

/// A tensor with what it could save.
public struct WhatifRow: Sendable {
  /// The tensor.
  public let tensor: CodedTensor
  /// What was found; nil where nothing was tried.
  public let found: TensorRecoding?
  /// Why nothing was tried.
  public let refusal: RecodeRefusal?
  /// The bits of the unit where nothing was tried; for the first tensor of the unit alone.
  let unitBits: Int?
  /// The bits of the file.
  let total: Int

  /// The rows of a stream, a row for each tensor in coded order.
  public static func rows(_ recoding: StreamRecoding, _ directory: TensorDirectory) -> [WhatifRow] {
    recoding.units.flatMap { rows($0, directory, total: 8 * recoding.size) }
  }

  /// The rows of a unit.
  public static func rows(
    _ unit: UnitRecoding, _ directory: TensorDirectory, total: Int
  ) -> [WhatifRow] {
    guard unit.tensors.isEmpty else {
      return unit.tensors.map {
        WhatifRow(tensor: $0.tensor, found: $0, refusal: nil, unitBits: nil, total: total)
      }
    }
    return (directory.byUnit[unit.unit] ?? 0..<0).enumerated().map { number, place in
      WhatifRow(
        tensor: directory.tensors[place], found: nil, refusal: unit.refusal,
        unitBits: number == 0 ? 8 * unit.size : nil, total: total)
    }
  }

  /// The bits of the stream.
  var bits: Int? { found?.bits ?? unitBits }
  /// The bits that it could have.
  var bestBits: Int? { found?.bestBits ?? unitBits }
}

/// `whatif` as a table: one row for each tensor.
public enum WhatifTable {
  /// The columns.
  public static let fields: [Field<WhatifRow>] = [
    Field("name", kind: .name, "the name of the tensor", priority: 0) { $0.tensor.name },
    Field("unit", "the number of its unit", priority: 6) { $0.tensor.unit },
    Field("bits", "its bits, with what its unit takes beside payload", priority: 1) { $0.bits },
    Field("best_bits", title: "best", "the bits of the shortest that was found", priority: 1) {
      $0.bestBits
    },
    Field("saving", title: "saves", "bits that are saved", priority: 0) { $0.found?.saving },
    Field(
      "saving_share", title: "saves %", kind: .percent, "the share of its bits that is saved",
      priority: 0
    ) { row in
      row.found.flatMap { $0.bits > 0 ? Double($0.saving) / Double($0.bits) : nil }
    },
    Field(
      "file_share", title: "of file", kind: .percent, "what is saved as a share of the file",
      priority: 5
    ) { row in
      row.found.flatMap { row.total > 0 ? Double($0.saving) / Double(row.total) : nil }
    },
    Field("changes", kind: .text, "what would change", width: 40, priority: 2) { row in
      row.found.flatMap { RecodeText.changes($0) }
    },
    Field("error", kind: .message, "why nothing was tried", priority: 3) { row in
      row.refusal.map { "\($0)" }
    },
  ]
}

/// An alternative of a tensor as a row.
public struct AlternativeRow: Sendable {
  /// The tensor.
  let tensor: CodedTensor
  /// What would be otherwise.
  let alternative: TensorAlternative
  /// The bits of the alternative in force.
  let now: Int?

  /// The rows of a tensor.
  public static func rows(_ alternatives: TensorAlternatives) -> [AlternativeRow] {
    let now = alternatives.list.first { $0.value == .states(.keep) }?.bits
    return alternatives.list.map {
      AlternativeRow(tensor: alternatives.tensor, alternative: $0, now: now)
    }
  }
}

/// `whatif --tensor` as a table: one row for each alternative, with bits by class.
public enum AlternativeTable {
  /// The columns.
  public static let fields: [Field<AlternativeRow>] =
    [
      Field("name", kind: .name, "the name of the tensor", priority: 7) { $0.tensor.name },
      Field(
        "knob", "what is chosen otherwise", width: 24, priority: 0,
        values: TensorAlternative.Knob.allCases.map(\.rawValue)
      ) { $0.alternative.knob.rawValue },
      Field("value", kind: .text, "the value", width: 8, priority: 0) {
        RecodeText.value($0.alternative.value)
      },
      Field("current", title: "now", "whether the stream has it so", priority: 1) {
        $0.alternative.isCurrent
      },
      Field("bits", "bits with it, start states chosen anew", priority: 0) {
        $0.alternative.bits
      },
      Field("saving", title: "saves", "bits that are saved", priority: 1) { row in
        row.alternative.bits.flatMap { bits in row.now.map { $0 - bits } }
      },
      Field("lossless", "whether every receiver finds the same integers", priority: 2) {
        $0.alternative.isLossless
      },
    ]
    + RecodeText.classes.map { place, name in
      Field<AlternativeRow>(Column(name, kind: .number, summary: "bits of this class", priority: 4))
      { row in
        let classes = row.alternative.classes
        return classes.indices.contains(place)
          ? .number((classes[place] * 10).rounded() / 10) : .missing
      }
    } + [
      Field("reason", kind: .message, "why it is not lossless", priority: 3) {
        $0.alternative.reason
      }
    ]
}
