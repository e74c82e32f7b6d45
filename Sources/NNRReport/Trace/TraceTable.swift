import DeepCABAC
import NNRAnalysis

/// `trace` as a table: one row for each bin.
public enum TraceTable {
  /// The columns.
  public static let fields: [Field<TracedBin>] = [
    Field("index", title: "#", "the number of the bin in its payload", width: 7, priority: 0) {
      $0.index
    },
    Field("element", "the syntax element", width: 24, priority: 0) { $0.elementName },
    Field(
      "kind", "how the bin is coded", width: 7,
      values: BinKind.allCases.map(\.name)
    ) { $0.event.kind.name },
    Field("context", title: "ctx", "the number of the context", width: 4) { $0.event.context },
    Field("s0_before", title: "S0", "fast state before the bin", width: 5) {
      $0.event.before?.fast
    },
    Field("sum_before", title: "sum", "16 · S0 + S1 before the bin", width: 6) {
      $0.event.before?.sum
    },
    Field(
      "p_mps", title: "P(MPS)", "probability of the most probable symbol by the state", width: 6
    ) { $0.mpsProbability },
    Field("s0_after", title: "S0'", "fast state after the bin", width: 5) {
      $0.event.after?.fast
    },
    Field("sum_after", title: "sum'", "16 · S0 + S1 after the bin", width: 6) {
      $0.event.after?.sum
    },
    Field("range", title: "R", "range before the bin", width: 3) { $0.event.range },
    Field("offset", title: "V", "offset register before the bin", width: 6) { $0.event.offset },
    Field("lps", title: "L", "range of the least probable symbol", width: 3) { $0.event.lps },
    Field("mps", title: "MPS", "most probable symbol", width: 3) { $0.event.mps },
    Field("bin", "the bin", width: 3, priority: 0) { bin in
      bin.event.kind == .rangeReset ? nil : bin.event.bin
    },
    Field("bits", "what it cost", width: 7) { $0.event.cost },
    Field("row", "row of the level", width: 5) { $0.event.row },
    Field("column", title: "col", "column of the level", width: 5) { $0.event.column },
    Field("scan", "place of the level in the scan", width: 7) { $0.walked.scanIndex },
    Field("level", "the level as far as it is known", width: 6) { $0.walked.level },
    Field("state", title: "st", "trellis state before the level", width: 2) { $0.walked.state },
    Field("integer", "the integer that the level becomes", width: 7) {
      $0.walked.integer.map { Int($0) }
    },
    Field("bit", "payload bit position before the bin", width: 7) { $0.event.position },
  ]

  /// The columns of text that are shown unless others are asked for.
  public static let usual = fields.columns().map(\.key).filter { $0 != "kind" && $0 != "integer" }
}

extension BinKind {
  /// The name in tables.
  var name: String {
    switch self {
    case .context: "context"
    case .bypass: "bypass"
    case .terminate: "terminate"
    case .rangeReset: "reset"
    }
  }
}
