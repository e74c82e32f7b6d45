import NNRAnalysis
import NNRModel

/// The rounds of updates summed up: one row for each file.
public enum UpdateRoundTable {
  /// The columns.
  public static let columns = [
    Column("round", kind: .number, summary: "the number of the file, from 1", priority: 0),
    Column("file", kind: .text, summary: "the file", priority: 6),
    Column("size", kind: .size, summary: "the bytes of the file", priority: 5),
    Column("parameters", kind: .number, summary: "the parameters that it codes", priority: 2),
    Column("differences", kind: .number, summary: "those that have a parent", priority: 1),
    Column(
      "temporal_contexts", title: "T", kind: .number,
      summary: "those whose contexts look at the parent's integers", priority: 3),
    Column("bits", kind: .number, summary: "payload bits", priority: 0),
    Column(
      "bpw", title: "bit/w", kind: .number, summary: "payload bits for each weight", priority: 2),
    Column("weights", kind: .number, summary: "the number of weights", priority: 6),
    Column(
      "sparsity", title: "zeros", kind: .percent, summary: "the share of integers that are 0",
      priority: 2),
    Column("rows", kind: .number, summary: "the rows of the first dimensions", priority: 6),
    Column("skipped_rows", title: "skipped", kind: .number, summary: "rows skipped", priority: 2),
    Column(
      "errors", title: "E", kind: .number,
      summary: "parameters whose parent or payload is wrong", priority: 1),
    Column(
      "warnings", title: "W", kind: .number, summary: "other parameters whose parent is not there",
      priority: 1),
  ]

  /// The cells of a round in the order of the columns.
  private static func cells(_ tree: UpdateTree, _ session: Session, _ round: Int) -> [CellValue] {
    let sum = tree.sums[round]
    let stream = session.streams[round]
    return [
      .integer(round + 1), .text(stream.name), .integer(stream.size), .integer(sum.parameters),
      .integer(sum.differences), .integer(sum.temporal), .integer(sum.figures.bits),
      UpdateText.bitsPerWeight(sum.figures), .integer(sum.figures.count),
      UpdateText.sparsity(sum.figures), .integer(sum.figures.rows),
      .integer(sum.figures.skippedRows), .integer(sum.errors), .integer(sum.warnings),
    ]
  }

  /// The rounds of a tree.
  public static func table(_ tree: UpdateTree, _ session: Session) -> Table {
    var table = Table(columns: columns)
    for round in session.streams.indices { table.append(cells(tree, session, round)) }
    return table
  }

  /// Writes a round as a JSON object: the columns as keys, and `updates`, what it codes.
  public static func write(
    _ tree: UpdateTree, _ session: Session, round: Int, _ updates: UpdateTable,
    to json: inout JSONWriter
  ) {
    json.object { json in
      for (column, cell) in zip(columns, cells(tree, session, round)) {
        json.key(UpdateText.key(column))
        json.value(cell)
      }
      json.key("updates")
      updates.write(round: round, to: &json)
    }
  }
}
