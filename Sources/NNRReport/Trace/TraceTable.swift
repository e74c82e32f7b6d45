import DeepCABAC
import NNRAnalysis

/// `trace` as a table: one row for each bin.
public enum TraceTable {
  /// A column with what it takes from a bin.
  private struct Field: Sendable {
    let column: Column
    let cell: @Sendable (TracedBin) -> CellValue

    init(
      _ key: String, title: String? = nil, kind: Column.Kind = .number, _ summary: String,
      cell: @escaping @Sendable (TracedBin) -> CellValue
    ) {
      column = Column(key, title: title, kind: kind, summary: summary)
      self.cell = cell
    }

    init(
      _ key: String, title: String? = nil, _ summary: String,
      _ number: @escaping @Sendable (TracedBin) -> Int?
    ) {
      self.init(key, title: title, summary) { number($0).map { .integer($0) } ?? .missing }
    }
  }

  private static let fields = [
    Field("index", "the number of the bin in its payload") { $0.index },
    Field("element", kind: .text, "the syntax element") { .text($0.elementName) },
    Field("kind", kind: .text, "context, bypass, terminate or reset") {
      .text(name($0.event.kind))
    },
    Field("context", "the number of the context") { $0.event.context },
    Field("s0_before", "fast state before the bin") { $0.event.before?.fast },
    Field("sum_before", "16 · S0 + S1 before the bin") { $0.event.before?.sum },
    Field("p_mps", "probability of the most probable symbol by the state") {
      $0.mpsProbability.map { .number($0) } ?? .missing
    },
    Field("s0_after", "fast state after the bin") { $0.event.after?.fast },
    Field("sum_after", "16 · S0 + S1 after the bin") { $0.event.after?.sum },
    Field("range", title: "R", "range before the bin") { $0.event.range },
    Field("offset", title: "V", "offset register before the bin") { $0.event.offset },
    Field("lps", title: "L", "range of the least probable symbol") { $0.event.lps },
    Field("mps", title: "MPS", "most probable symbol") { $0.event.mps },
    Field("bin", "the bin") { $0.event.kind == .rangeReset ? nil : $0.event.bin },
    Field("bits", "what it cost") { .number($0.event.cost) },
    Field("row", "row of the level") { $0.event.row },
    Field("column", "column of the level") { $0.event.column },
    Field("scan", "place of the level in the scan") { $0.walked.scanIndex },
    Field("level", "the level as far as it is known") { $0.walked.level },
    Field("state", "trellis state before the level") { $0.walked.state },
    Field("integer", "the integer that the level becomes") { $0.walked.integer.map(Int.init) },
    Field("bit", "payload bit position before the bin") { $0.event.position },
  ]

  /// The columns.
  public static let columns = fields.map(\.column)

  /// The cells of a bin in the order of the columns.
  public static func cells(_ bin: TracedBin) -> [CellValue] { fields.map { $0.cell(bin) } }

  /// The name of a kind of bin.
  public static func name(_ kind: BinKind) -> String {
    switch kind {
    case .context: "context"
    case .bypass: "bypass"
    case .terminate: "terminate"
    case .rangeReset: "reset"
    }
  }

  /// A bin as a JSON object with the keys of the columns.
  public static func write(_ bin: TracedBin, to json: inout JSONWriter) {
    json.object { json in
      for field in fields {
        json.key(field.column.key)
        json.value(field.cell(bin))
      }
    }
  }
}
