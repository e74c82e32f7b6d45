import NNRAnalysis

/// `diff` as a table: one row for each unit of either side.
public enum DiffTable {
  /// The columns.
  public static let columns = [
    Column("stream", kind: .number, summary: "the number of the pair of streams", priority: 6),
    Column("a", kind: .number, summary: "the number of the unit on the first side", priority: 0),
    Column("b", kind: .number, summary: "the number of the unit on the second side", priority: 0),
    Column(
      "change", kind: .text, summary: "same, changed, moved, added or removed", priority: 0,
      examples: ["same", "changed", "moved", "added", "removed"]),
    Column("type", kind: .text, summary: "nnr_unit_type", priority: 2, examples: ["NNR_NDU"]),
    Column(
      "names", kind: .text, summary: "the names of its tensors, on the first side if it is there",
      priority: 1),
    Column("elements", kind: .number, summary: "how many elements differ", priority: 3),
    Column("first_bit", kind: .number, summary: "the first differing bit of the unit", priority: 4),
    Column("payload", kind: .flag, summary: "whether the payloads were compared", priority: 5),
  ]

  /// The table of a comparison.
  public static func table(_ diff: SessionDiff) -> Table {
    var table = Table(columns: columns)
    func number(_ value: Int?) -> CellValue { value.map { .integer($0) } ?? .missing }
    for (place, stream) in diff.streams.enumerated() {
      for unit in stream.units {
        let names = unit.title.names
        table.append([
          "stream": .integer(place), "a": number(unit.a), "b": number(unit.b),
          "change": .text(change(unit)), "type": .text(unit.title.type),
          "names": names.isEmpty ? .missing : .text(names.joined(separator: " ")),
          "elements": .integer(unit.elements.count), "first_bit": number(unit.firstBit),
          "payload": .flag(unit.payload != nil),
        ])
      }
    }
    return table
  }

  private static func change(_ unit: UnitDiff) -> String {
    if unit.a == nil { return "added" }
    if unit.b == nil { return "removed" }
    return unit.isSame ? "same" : unit.isMoved && unit.firstBit == nil ? "moved" : "changed"
  }
}
