import DeepCABAC
import NNRAnalysis
import NNRModel

/// `trace` as a table: one row for each bin.
public enum TraceTable {
  /// The columns.
  public static let columns = [
    Column("index", kind: .number, summary: "the number of the bin in its payload"),
    Column("element", kind: .text, summary: "the syntax element"),
    Column("kind", kind: .text, summary: "context, bypass, terminate or reset"),
    Column("context", kind: .number, summary: "the number of the context"),
    Column("s0_before", kind: .number, summary: "fast state before the bin"),
    Column("sum_before", kind: .number, summary: "16 · S0 + S1 before the bin"),
    Column("p_mps", kind: .number, summary: "probability of the most probable symbol by the state"),
    Column("s0_after", kind: .number, summary: "fast state after the bin"),
    Column("sum_after", kind: .number, summary: "16 · S0 + S1 after the bin"),
    Column("range", title: "R", kind: .number, summary: "range before the bin"),
    Column("offset", title: "V", kind: .number, summary: "offset register before the bin"),
    Column("lps", title: "L", kind: .number, summary: "range of the least probable symbol"),
    Column("mps", title: "MPS", kind: .number, summary: "most probable symbol"),
    Column("bin", kind: .number, summary: "the bin"),
    Column("bits", kind: .number, summary: "what it cost"),
    Column("row", kind: .number, summary: "row of the level"),
    Column("column", kind: .number, summary: "column of the level"),
    Column("scan", kind: .number, summary: "place of the level in the scan"),
    Column("level", kind: .number, summary: "the level as far as it is known"),
    Column("state", kind: .number, summary: "trellis state before the level"),
    Column("integer", kind: .number, summary: "the integer that the level becomes"),
    Column("bit", kind: .number, summary: "payload bit position before the bin"),
  ]

  /// The cells of a bin in the order of the columns.
  public static func cells(_ bin: TracedBin) -> [CellValue] {
    let event = bin.event
    func number(_ value: Int?) -> CellValue { value.map { .integer($0) } ?? .missing }
    return [
      .integer(bin.index), .text(bin.elementName), .text(name(event.kind)), number(event.context),
      number(event.before?.fast), number(event.before?.sum),
      bin.mpsProbability.map { .number($0) } ?? .missing, number(event.after?.fast),
      number(event.after?.sum), .integer(event.range), .integer(event.offset), number(event.lps),
      number(event.mps), event.kind == .rangeReset ? .missing : .integer(event.bin),
      .number(event.cost), number(event.row), number(event.column), number(bin.walked.scanIndex),
      number(bin.walked.level), number(bin.walked.state), number(bin.walked.integer.map(Int.init)),
      .integer(event.position),
    ]
  }

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
      for (column, cell) in zip(columns, cells(bin)) {
        json.key(column.key)
        json.value(cell)
      }
    }
  }
}

/// `trace` as lines of text of fixed columns, so that it can be written while it is worked out.
public enum TraceText {
  private static let layout: [(title: String, width: Int, isRight: Bool)] = [
    ("#", 7, true), ("element", 24, false), ("ctx", 5, true), ("S0,sum", 10, true),
    ("P(MPS)", 6, true), ("after", 10, true), ("R", 4, true), ("V", 6, true), ("L", 4, true),
    ("MPS", 3, true), ("bin", 3, true), ("bits", 7, true), ("place", 10, true), ("scan", 7, true),
    ("level", 6, true), ("st", 2, true), ("bit", 7, true),
  ]

  /// The line over the bins.
  public static var heading: String { line(layout.map(\.title)) }

  /// The line of a bin.
  public static func line(_ bin: TracedBin) -> String {
    let event = bin.event
    func number(_ value: Int?) -> String { value.map { "\($0)" } ?? CellText.missing }
    func state(_ state: EstimatorState?) -> String {
      state.map { "\($0.fast),\($0.sum)" } ?? CellText.missing
    }
    let context =
      switch event.kind {
      case .context: number(event.context)
      case .bypass: "ep"
      case .terminate: "trm"
      case .rangeReset: "set"
      }
    let place = event.row.map { "\($0),\(number(event.column))" } ?? CellText.missing
    return line([
      "\(bin.index)", bin.elementName, context, state(event.before),
      bin.mpsProbability.map { NumberFormat.fixed($0, decimals: 4) } ?? CellText.missing,
      state(event.after), "\(event.range)", "\(event.offset)", number(event.lps),
      number(event.mps), event.kind == .rangeReset ? CellText.missing : "\(event.bin)",
      NumberFormat.fixed(event.cost, decimals: 4), place, number(bin.walked.scanIndex),
      number(bin.walked.level), number(bin.walked.state), "\(event.position)",
    ])
  }

  private static func line(_ cells: [String]) -> String {
    zip(layout, cells).map { TextWidth.pad($1, to: $0.width, right: $0.isRight) }
      .joined(separator: " ") + "\n"
  }

  /// What stopped the decoder, or what is wrong at the end of the payload; nil if nothing.
  public static func ending(_ trace: BinTrace) -> String? {
    if let failure = trace.failure {
      return "the decoder stops: \(DecodeFailure(failure))"
    }
    guard let end = trace.end, !end.isSound else { return nil }
    var wrong: [String] = []
    if !end.terminateBin { wrong.append("the terminate bin is 0, not 1") }
    if !end.stopPattern { wrong.append("the last byte read does not end in a stop bit and zeros") }
    if end.bytesConsumed != end.payloadLength {
      wrong.append("\(end.bytesConsumed) bytes were taken of \(end.payloadLength)")
    }
    return "the payload does not end well: " + wrong.joined(separator: "; ")
  }
}
