import NNRAnalysis
import NNRModel
import NNRRecode

/// A row about a tensor that can say what coding it anew would save.
public protocol SavingRow: Sendable {
  /// The tensor.
  var coded: CodedTensor { get }
  /// The bits that coding it anew would save; nil where nothing was searched.
  var couldSave: Int? { get set }
}

/// What coding the tensors of a stream anew would save.
public struct TensorSavings: Sendable {
  /// The key of the column, and of the member in JSON.
  public static let key = "could_save"

  private var bits: [Int: [Int]] = [:]

  /// The savings that a search found.
  public init(_ recoding: StreamRecoding) {
    for unit in recoding.units { bits[unit.unit] = unit.tensors.map(\.saving) }
  }

  /// Rows with what they could save.
  public func added<Row: SavingRow>(to rows: [Row]) -> [Row] {
    rows.map { row in
      var row = row
      if let found = bits[row.coded.unit], found.indices.contains(row.coded.place) {
        row.couldSave = found[row.coded.place]
      }
      return row
    }
  }

  /// The column.
  public static func field<Row: SavingRow>() -> Field<Row> {
    Field(
      key, title: "could save",
      "bits that coding it anew with the same integers would save, with what its unit takes beside payload",
      priority: 2
    ) { $0.couldSave }
  }
}
