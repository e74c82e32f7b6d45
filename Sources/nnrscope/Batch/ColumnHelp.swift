import NNRAnalysis
import NNRReport

/// The columns of a table, which `--columns help` asks for in place of the table.
struct ColumnHelp: Error {
  /// The columns.
  let columns: [Column]

  /// A line for each.
  var text: String {
    let what: [Field<Column>] = [
      Field("column", "its key") { $0.key }, Field("what", "what it says") { $0.summary },
    ]
    return TextTable(Table(what, columns), showsHeading: false).text
  }
}
