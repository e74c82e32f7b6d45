import NNRAnalysis

/// The contexts of a tensor as a table: one row for each that coded a bin.
public enum ContextTable {
  /// The columns.
  public static let columns = [
    Column("context", kind: .number, summary: "the number of the context", priority: 0),
    Column("name", kind: .text, summary: "what it codes", priority: 0),
    Column("bins", kind: .number, summary: "the bins that it coded", priority: 1),
    Column("lps", kind: .number, summary: "how many were the less probable symbol", priority: 2),
    Column("ones", kind: .number, summary: "how many were 1", priority: 3),
    Column("bits", kind: .number, summary: "what they cost", priority: 1),
    Column("first", kind: .number, summary: "the number of its first bin", priority: 4),
    Column("p_start", kind: .number, summary: "the probability of a 1 before it", priority: 2),
    Column("p_end", kind: .number, summary: "the probability of a 1 after its last", priority: 1),
    Column("curve", kind: .text, summary: "the probability of a 1 over the tensor", priority: 1),
  ]

  /// The points of a curve in text.
  private static let points = 32

  /// The rows in the order of the numbers.
  public static func table(_ curves: ContextCurves) -> Table {
    var table = Table(columns: columns)
    for curve in curves.contexts {
      table.append([
        .integer(curve.context), .text(curve.name), .integer(curve.bins),
        .integer(curve.improbable), .integer(curve.ones), .number(curve.bits),
        .integer(curve.first), .number(curve.start), .number(curve.end),
        .text(String(curve.points(points).map(glyph))),
      ])
    }
    return table
  }

  /// The rows as JSON; curves as numbers.
  public static func write(_ curves: ContextCurves, to json: inout JSONWriter) {
    let table = table(curves)
    json.array { json in
      for (curve, cells) in zip(curves.contexts, table.rows) {
        json.object { json in
          for (column, cell) in zip(columns, cells) where column.key != "curve" {
            json.key(column.key)
            json.value(cell)
          }
          json.key("curve")
          json.array { json in for point in curve.points(points) { json.value(point) } }
        }
      }
    }
  }

  private static func glyph(_ probability: Double) -> Character {
    let glyphs: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return glyphs[min(7, max(0, Int(probability * 8)))]
  }
}
