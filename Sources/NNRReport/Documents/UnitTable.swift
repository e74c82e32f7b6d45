import NNRAnalysis
import NNRModel
import NNRSyntax

/// `units` as a table: one row for each unit.
public enum UnitTable {
  /// The columns.
  public static let columns = [
    Column("index", kind: .number, summary: "the number of the unit", priority: 0),
    Column("offset", kind: .number, summary: "the first byte"),
    Column("size", kind: .size, summary: "the bytes of the unit", priority: 1),
    Column("type", kind: .text, summary: "nnr_unit_type", priority: 0, examples: ["NNR_NDU"]),
    Column("header_bytes", title: "header", kind: .size, summary: "size field and header"),
    Column("payload_bytes", title: "payload", kind: .size, summary: "the bytes behind the header"),
    Column(
      "payload_type", title: "payload type", kind: .text, summary: "of a data unit",
      priority: 4, examples: ["NNR_PT_FLOAT", "NNR_PT_BLOCK"]),
    Column("shape", kind: .text, summary: "the dimensions of the weight", priority: 3),
    Column("names", kind: .text, summary: "the names of the tensors", priority: 2),
    Column("diagnostics", title: "E/W", kind: .text, summary: "ids of broken rules", priority: 3),
  ]

  /// The table of a stream.
  public static func table(_ stream: NNRStream, _ check: StreamCheck) -> Table {
    var table = Table(columns: columns)
    for (unit, entry) in stream.index.entries.enumerated() {
      let header = stream.tree(unit).map { $0.payloadStart / 8 }
      let data = stream.compressedDataUnit(unit)
      table.append([
        "index": .integer(unit),
        "offset": .integer(entry.offset),
        "size": .integer(entry.size),
        "type": .text(entry.typeName),
        "header_bytes": header.map { .integer($0) } ?? .missing,
        "payload_bytes": header.map { .integer(entry.size - $0) } ?? .missing,
        "payload_type": data.map { .text($0.payloadType.name) } ?? .missing,
        "shape": data?.dimensions.map { .text(Shape.text($0)) } ?? .missing,
        "names": data.map { .text($0.nameTexts.joined(separator: " ")) } ?? .missing,
        "diagnostics": diagnostics(check, unit),
      ])
    }
    return table
  }

  private static func diagnostics(_ check: StreamCheck, _ unit: Int) -> CellValue {
    let found = check.breaches(of: unit).filter { $0.severity != .info }
    var ids: [String] = []
    // A rule that is broken many times is said once.
    var seen: Set<String> = []
    for breach in found where seen.insert(breach.rule.id).inserted { ids.append(breach.rule.id) }
    return ids.isEmpty ? .missing : .text(ids.joined(separator: " "))
  }
}

/// Dimensions as text.
public enum Shape {
  /// Text such as `32×16×3×3`.
  public static func text(_ dimensions: [Int]) -> String {
    dimensions.map { "\($0)" }.joined(separator: "×")
  }

  /// The indices of a place in C order; 0 in dimensions of 0.
  public static func indices(of element: Int, in dimensions: [Int]) -> [Int] {
    var rest = element
    var found: [Int] = []
    for side in dimensions.reversed() {
      found.append(side > 0 ? rest % side : 0)
      rest = side > 0 ? rest / side : 0
    }
    return found.reversed()
  }
}
