import NNRAnalysis
import NNRModel
import NNRSyntax

/// A unit of a stream as `units` lists it.
public struct UnitRow: Sendable {
  /// What it is.
  public let facts: UnitFacts
  /// The ids of the rules that it breaks, each once; infos do not count.
  public let rules: [String]

  /// The row of a unit that the stream has.
  public init(_ stream: NNRStream, _ check: StreamCheck, unit: Int) {
    self.init(UnitFacts(stream, unit: unit), check)
  }

  /// The row of a unit that was looked at.
  public init(_ facts: UnitFacts, _ check: StreamCheck) {
    self.facts = facts
    rules = check.rules(brokenBy: check.breaches(of: facts.number))
  }
}

extension StreamCheck {
  /// The ids of the rules of breaches, each once; infos do not count.
  func rules(brokenBy breaches: some Sequence<Breach>) -> [String] {
    var ids: [String] = []
    for breach in breaches where breach.severity != .info && ids.last != breach.rule.id {
      ids.append(breach.rule.id)
    }
    var seen: Set<String> = []
    return ids.count < 2 ? ids : ids.filter { seen.insert($0).inserted }
  }
}

/// `units` as a table: one row for each unit.
public enum UnitTable {
  /// The columns.
  public static let fields: [Field<UnitRow>] = [
    Field("index", "the number of the unit", width: 6, priority: 0) { $0.facts.number },
    Field("offset", "the first byte") { $0.facts.entry.offset },
    Field("size", kind: .size, "the bytes of the unit", priority: 1) { $0.facts.entry.size },
    type { $0.facts.entry.typeName },
    Field("header_bytes", title: "header", kind: .size, "size field and header") {
      $0.facts.headerBytes
    },
    Field("payload_bytes", title: "payload", kind: .size, "the bytes behind the header") { row in
      row.facts.headerBytes.map { row.facts.entry.size - $0 }
    },
    Field(
      "payload_type", title: "payload type", "of a data unit", priority: 4,
      values: PayloadType.allCases.map(\.name), prefix: "NNR_PT_"
    ) { $0.facts.payloadType?.name },
    Field("shape", "the dimensions of the weight", priority: 3) { $0.facts.dimensions },
    Field("names", kind: .name, "the names of the tensors", priority: 2) { $0.facts.names },
    Field("diagnostics", title: "E/W", "ids of broken rules", priority: 3) { row in
      row.rules.isEmpty ? nil : row.rules.joined(separator: " ")
    },
  ]

  /// The column of types of units, for whatever has one.
  static func type<Row>(
    priority: Int = 0, _ value: @escaping @Sendable (Row) -> String?
  ) -> Field<Row> {
    let names = (0...63).compactMap { UnitType(rawValue: $0) }
    return Field(
      "type", "nnr_unit_type", priority: priority,
      values: names.map(\.name) + [SyntaxNode.unparsedName], prefix: "NNR_",
      examples: names.filter(\.isKnown).map(\.name), value: value)
  }
}
