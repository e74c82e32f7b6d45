import NNRAnalysis
import NNRReport
import TerminalScreen

/// The columns of the tensors table: those that are printed too.
enum TensorColumns {
  /// All columns; those of errors are empty until the weights are compared with the original, and what could be saved until it
  /// is searched.
  static let all = fields.columns()

  /// The columns with what they take from a tensor.
  static let fields =
    NNRReport.TensorTable.fields + [TensorSavings.field()] + NNRReport.TensorTable.errors

  /// The errors against the original.
  static let errors =
    ["name", "shape", "weights", "bits_per_weight", "step"]
    + NNRReport.TensorTable.errors.columns().map(\.key)

  /// The column that says where integers are from.
  static let origin = NNRReport.TensorTable.origin

  /// The columns shown until others are asked for.
  static let usual = [
    "name", "shape", "type", "quantizer", "qp", "step", "dq", "scan", "weights", "bits",
    "bits_per_weight", "entropy", "sparsity", "min_level", "max_level", "ratio",
  ]

  /// Sets of columns that a key goes through.
  static let sets: [(name: String, keys: [String])] = [
    ("usual", usual),
    (
      "statistics",
      [
        "name", "weights", "mean", "std", "sparsity", "distinct", "min_level",
        "max_level", "skipped_rows", "entropy", "context_entropy",
      ]
    ),
    (
      "size",
      [
        "name", "unit", "weights", "bits", "bits_per_weight", "entropy", "context_entropy", "ratio",
        "ratio8", "error",
      ]
    ),
    (
      "savings",
      ["name", "weights", "bits", "bits_per_weight", "entropy", TensorSavings.key]
    ),
    ("errors", errors),
    ("all", NNRReport.TensorTable.fields.columns().map(\.key)),
  ]

  /// The place of each column by its key.
  static let places = Dictionary(
    all.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })

  /// The keys of the columns of a list such as `name,bits`.
  static func keys(listed list: String) throws(TableError) -> [String] {
    try all.places(listed: list).map { all[$0].key }
  }

  /// The column of the terminal's table.
  static func column(_ key: String) -> TableColumn {
    guard let place = places[key] else { return TableColumn(key, width: 8) }
    return TableColumn(all[place], width: widths[key])
  }

  private static let widths = [
    "unit": 5, "role": 7, "weights": 10, "type": 9, "quantizer": 9, "qp": 4, "step": 9, "dq": 3,
    "scan": 4, "bits": 10, "bits_per_weight": 6, "entropy": 7, "context_entropy": 6, "sparsity": 7,
    "min_level": 8, "max_level": 8, "mean": 10, "std": 9, "ratio": 6, "ratio8": 6,
    origin: 18,
  ]
}
