import NNRAnalysis
import NNRModel

/// A round of updates, summed up.
public struct UpdateRound: Sendable {
  /// The number of the file, from 0.
  let round: Int
  /// The file.
  let stream: NNRStream
  /// What it codes.
  let sum: UpdateTree.Sum

  /// The rounds of a tree.
  public static func rows(_ tree: UpdateTree, _ session: Session) -> [UpdateRound] {
    zip(session.streams, tree.sums).enumerated().map { round, pair in
      UpdateRound(round: round, stream: pair.0, sum: pair.1)
    }
  }
}

/// The rounds of updates summed up: one row for each file.
public enum UpdateRoundTable {
  /// The columns.
  public static let fields: [Field<UpdateRound>] =
    [
      Field("round", "the number of the file, from 1", priority: 0) { $0.round + 1 },
      Field("file", kind: .name, "the file", priority: 6) { $0.stream.name },
      Field("size", kind: .size, "the bytes of the file", priority: 5) { $0.stream.size },
      Field("parameters", "the parameters that it codes", priority: 2) { $0.sum.parameters },
      Field("differences", "those that have a parent", priority: 1) { $0.sum.differences },
      Field(
        "temporal_contexts", title: "T", "those whose contexts look at the parent's integers",
        priority: 3
      ) { $0.sum.temporal },
    ] + ParameterUpdate.Figures.fields.of(\.sum.figures) + [
      Field(
        "errors", title: "E", "parameters whose parent or payload is wrong", priority: 1
      ) { $0.sum.errors },
      Field("warnings", title: "W", "other parameters whose parent is not there", priority: 1) {
        $0.sum.warnings
      },
    ]

  /// Writes a round as a JSON object: the columns as keys, and `updates`, what it codes.
  public static func write(
    _ row: UpdateRound, _ updates: [UpdateRow], to json: inout JSONWriter
  ) {
    json.object { json in
      json.members(of: row, fields)
      json.key("updates")
      json.array { json in
        for update in updates where update.update.place.stream == row.round {
          UpdateTable.write(update, to: &json)
        }
      }
    }
  }
}
