import NNRAnalysis
import NNRModel
import NNRReport

/// A row of the tensors table.
public struct TensorLine: Sendable {
  /// The place among the tensors of the stream.
  public let place: Int
  /// The number of the unit.
  public let unit: Int
  /// The place among the tensors of the unit.
  public let member: Int
  /// The cells, in the order of the columns of the table that is printed.
  public private(set) var cells: [CellValue]

  /// The row of a tensor.
  init(_ row: TensorRow, place: Int) {
    self.place = place
    unit = row.tensor.unit
    member = row.tensor.place
    let cells = NNRReport.TensorTable.cells(row)
    self.cells = TensorColumns.all.map { cells[$0.key] ?? .missing }
  }

  /// Takes the errors against a reference, by the keys of their columns.
  mutating func take(_ errors: [String: CellValue]) {
    for column in AgainstText.columns {
      if let place = TensorColumns.places[column.key] {
        cells[place] = errors[column.key] ?? .missing
      }
    }
  }
}
