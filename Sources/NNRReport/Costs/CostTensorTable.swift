import NNRAnalysis

/// `cost --by tensor`: what each tensor costs against its limits.
public enum CostTensorTable {
  /// The columns.
  public static let columns =
    [
      Column("name", kind: .text, summary: "the name of the tensor", priority: 0),
      Column("unit", kind: .number, summary: "the number of its unit", priority: 7),
      Column("shape", kind: .text, summary: "its dimensions", priority: 6),
      Column("weights", kind: .number, summary: "the number of weights", priority: 4),
    ] + CostColumns.bits + [
      Column(
        "bpw", title: "bit/w", kind: .number, summary: "payload bits for each weight",
        priority: 1),
      Column(
        "entropy", title: "H0", kind: .number,
        summary: "zero-order entropy of the levels, bits for each weight", priority: 2),
      Column(
        "context_entropy", title: "H|nb", kind: .number,
        summary: "entropy given the sign of the level before", priority: 4),
      Column(
        "excess", title: "vs H0", kind: .percent,
        summary: "bits beyond (or below) the zero-order entropy", priority: 3),
      Column(
        "overhead", kind: .number,
        summary: "payload bits beside levels: QP, flags, shift parameters, resets, end", priority: 3
      ),
      Column(
        "overhead_share", title: "ovh", kind: .percent, summary: "the share of overhead",
        priority: 3),
      Column(
        "ratio", title: "×f32", kind: .number, summary: "float32 size over payload bits",
        priority: 4),
      Column(
        "ratio8", title: "×int8", kind: .number, summary: "int8 size over payload bits",
        priority: 5),
      Column("decoded", kind: .flag, summary: "whether its payload could be decoded", priority: 8),
    ] + CostColumns.groups + CostColumns.classes

  /// The columns that are shown unless others are asked for.
  public static let usual = [
    "name", "weights", "bits", "share", "bar", "bpw", "entropy", "context_entropy", "excess",
    "shift_parameters", "block_row_reset", "termination", "overhead_share", "ratio", "ratio8",
  ]

  /// The table of a ledger's tensors.
  public static func table(_ ledger: BitLedger) -> Table {
    let total = Double(ledger.size) * 8
    let greatest = ledger.tensors.map(\.costs.total).max() ?? 0
    var table = Table(columns: columns)
    for tensor in ledger.tensors { table.append(cells(tensor, total, greatest)) }
    return table
  }

  private static func cells(_ tensor: TensorCost, _ total: Double, _ greatest: Double)
    -> [String: CellValue]
  {
    func number(_ value: Double?) -> CellValue { value.map { .number($0) } ?? .missing }
    var cells: [String: CellValue] = [
      "name": .text(tensor.name), "unit": .integer(tensor.tensor.unit),
      "shape": tensor.tensor.dimensions.map { .text(Shape.text($0)) } ?? .missing,
      "weights": tensor.weights.map { .integer($0) } ?? .missing,
      "decoded": .flag(tensor.isKnown),
    ]
    guard let bits = tensor.bits else { return cells }
    cells.merge(CostColumns.cells(tensor.costs)) { $1 }
    cells.merge(CostColumns.cells(bits: bits, of: total, greatest: greatest)) { $1 }
    cells["bpw"] = number(tensor.bitsPerWeight)
    cells["entropy"] = number(tensor.entropy)
    cells["context_entropy"] = number(tensor.contextEntropy)
    cells["excess"] = number(tensor.excess)
    cells["overhead"] = .number(tensor.overhead)
    cells["overhead_share"] = bits > 0 ? .number(tensor.overhead / bits) : .missing
    cells["ratio"] = number(tensor.ratio(toWidth: 32))
    cells["ratio8"] = number(tensor.ratio(toWidth: 8))
    return cells
  }
}
