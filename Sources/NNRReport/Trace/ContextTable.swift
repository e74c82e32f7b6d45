import NNRAnalysis

/// The contexts of a tensor as a table: one row for each that coded a bin.
public enum ContextTable {
  /// The columns.
  public static let fields: [Field<ContextCurve>] = [
    Field("context", "the number of the context", width: 4, priority: 0) {
      $0.context
    },
    Field("name", kind: .name, "what it codes", priority: 0) { $0.name },
    Field("bins", "the bins that it coded", width: 7, priority: 1) { $0.bins },
    Field("lps", "how many were the less probable symbol", width: 5, priority: 2) {
      $0.improbable
    },
    Field("ones", "how many were 1", priority: 3) { $0.ones },
    Field("bits", "what they cost", width: 8, priority: 1) { $0.bits },
    Field("first", "the number of its first bin", priority: 4) { $0.first },
    Field("p_start", "the probability of a 1 before it", width: 7, priority: 2) { $0.start },
    Field("p_end", "the probability of a 1 after its last", width: 5, priority: 1) { $0.end },
    Field("curve", kind: .curve, "the probability of a 1 over the tensor", priority: 1) {
      CellValue.curve($0.points(32))
    },
  ]
}
