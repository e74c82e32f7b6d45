import NNRAnalysis

/// A unit of either side of a comparison.
public struct DiffRow: Sendable {
  /// The number of the pair of streams.
  let stream: Int
  /// The names of the files; nil where a side has none.
  let files: (a: String?, b: String?)
  /// The unit.
  let unit: UnitDiff

  /// The rows of a comparison.
  public static func rows(_ diff: SessionDiff) -> [DiffRow] {
    diff.streams.enumerated().flatMap { place, stream in
      stream.units.map { DiffRow(stream: place, files: (stream.a, stream.b), unit: $0) }
    }
  }
}

/// `diff` as a table: one row for each unit of either side.
public enum DiffTable {
  /// The columns.
  public static let fields: [Field<DiffRow>] = [
    Field("stream", "the number of the pair of streams", priority: 6) { $0.stream },
    Field("file", kind: .name, "the file of the first side", priority: 9) { $0.files.a },
    Field("file_b", kind: .name, "the file of the second side", priority: 9) { $0.files.b },
    Field("a", "the number of the unit on the first side", priority: 0) { $0.unit.a },
    Field("b", "the number of the unit on the second side", priority: 0) { $0.unit.b },
    Field(
      "change", "what became of it", priority: 0,
      values: ["same", "changed", "moved", "added", "removed"]
    ) { row in
      let unit = row.unit
      if unit.a == nil { return "added" }
      if unit.b == nil { return "removed" }
      return unit.isSame ? "same" : unit.isMoved && unit.firstBit == nil ? "moved" : "changed"
    },
    UnitTable.type(priority: 2) { $0.unit.title.type },
    Field(
      "names", kind: .name, "the names of its tensors, on the first side if it is there",
      priority: 1
    ) { row in
      let names = row.unit.title.names
      return names.isEmpty ? nil : names.joined(separator: " ")
    },
    Field("elements", "how many elements differ", priority: 3) { $0.unit.elements.count },
    Field("first_bit", "the first differing bit of the unit", priority: 4) { $0.unit.firstBit },
    Field("payload", "whether the payloads were compared", priority: 5) {
      $0.unit.payload != nil
    },
  ]

  /// The columns of text that are shown unless others are asked for.
  public static let usual = fields.columns().map(\.key).filter { !$0.hasPrefix("file") }
}
