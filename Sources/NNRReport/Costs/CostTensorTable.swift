import NNRAnalysis
import NNRModel

/// A tensor with its costs, in a stream.
public struct CostTensorRow: Sendable, SavingRow {
  /// Its place in the ledger.
  public let place: Int
  /// The tensor.
  let tensor: TensorCost
  /// The bits of the stream.
  let total: Double
  /// The most bits that a tensor takes.
  let greatest: Double
  /// The bits that coding it anew would save; nil where nothing was searched.
  public var couldSave: Int?

  /// The tensor.
  public var coded: CodedTensor { tensor.tensor }

  /// The name of the tensor; not safe to print.
  public var name: String { tensor.name }

  /// The tensors of a ledger.
  public static func rows(_ ledger: BitLedger) -> [CostTensorRow] {
    let greatest = ledger.tensors.map(\.costs.total).max() ?? 0
    return ledger.tensors.enumerated().map { place, tensor in
      CostTensorRow(
        place: place, tensor: tensor, total: Double(ledger.size) * 8, greatest: greatest)
    }
  }
}

/// `cost --by tensor`: what each tensor costs against its limits.
public enum CostTensorTable {
  /// The columns.
  public static let fields: [Field<CostTensorRow>] =
    [
      Field("name", kind: .name, "the name of the tensor", priority: 0) { $0.tensor.name },
      Field("unit", "the number of its unit", priority: 7) { $0.tensor.tensor.unit },
      Field("shape", "its dimensions", priority: 6) { $0.tensor.tensor.dimensions },
      Field("weights", "the number of weights", width: 10, priority: 4) { $0.tensor.weights },
    ]
    + CostAmount.fields(share: "the share of the file").of { row in
      row.tensor.bits.map { CostAmount(bits: $0, total: row.total, greatest: row.greatest) }
    } + [
      TensorTable.bitsPerWeight("payload bits for each weight", priority: 1) {
        $0.tensor.bitsPerWeight
      },
      Field(
        "entropy", title: "H0", "zero-order entropy of the levels, bits for each weight",
        priority: 2
      ) { $0.tensor.entropy },
      Field(
        "context_entropy", title: "H|nb", "entropy given the sign of the level before", priority: 4
      ) { $0.tensor.contextEntropy },
      Field(
        "excess", title: "vs H0", kind: .percent,
        "bits beyond (or below) the zero-order entropy", priority: 3
      ) { $0.tensor.excess },
      Field(
        "overhead", "payload bits beside levels: QP, flags, shift parameters, resets, end",
        priority: 3
      ) { $0.tensor.bits == nil ? nil : CostAmount.cell($0.tensor.overhead) },
      Field("ratio", title: "×f32", "float32 size over payload bits", priority: 4) {
        $0.tensor.ratio(toWidth: 32)
      },
      Field("ratio8", title: "×int8", "int8 size over payload bits", priority: 5) {
        $0.tensor.ratio(toWidth: 8)
      },
      Field("decoded", "whether its payload could be decoded", priority: 8) { $0.tensor.isKnown },
    ]
    + ClassCosts.fields.of { $0.tensor.bits == nil ? nil : $0.tensor.costs }

  /// The columns that are shown unless others are asked for.
  public static let usual = [
    "name", "weights", "bits", "share", "bar", "bits_per_weight", "entropy", "context_entropy",
    "excess", "shift_parameters", "block_row_reset", "termination", "overhead_share", "ratio",
    "ratio8",
  ]
}
