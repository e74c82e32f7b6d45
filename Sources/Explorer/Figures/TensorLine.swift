import NNRAnalysis
import NNRModel
import NNRReport

/// A row of the tensors table.
public struct TensorLine: Sendable {
  /// The place among the tensors of the stream.
  public let place: Int
  /// The name; not safe to print.
  let name: String
  /// The number of the unit.
  public let unit: Int
  /// The place among the tensors of the unit.
  public let member: Int
  /// The cells, in the order of the columns of the table that is printed.
  public private(set) var cells: [CellValue]
  /// The greatest magnitude of its levels; 0 where none was decoded.
  let greatestLevel: UInt32

  /// The row of a tensor.
  init(_ row: TensorRow, place: Int) {
    self.place = place
    name = row.tensor.name
    unit = row.tensor.unit
    member = row.tensor.place
    cells = TensorColumns.fields.cells(row)
    greatestLevel = max(
      row.levels?.min?.magnitude ?? 0, row.levels?.max?.magnitude ?? 0)
  }

  /// Takes the errors against a reference; nil where it was not compared.
  mutating func take(_ errors: AgainstReport.Row?) {
    let fields = NNRReport.TensorTable.errors(errors)
    cells.replaceSubrange(cells.count - fields.count..<cells.count, with: fields)
  }

  /// Takes the bits that coding it anew would save.
  mutating func take(saving: Int) {
    guard let column = TensorColumns.places[TensorSavings.key] else { return }
    cells[column] = .integer(saving)
  }
}
