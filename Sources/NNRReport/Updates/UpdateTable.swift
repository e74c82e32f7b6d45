import NNRAnalysis
import NNRModel

/// A parameter that a round codes.
public struct UpdateRow: Sendable {
  /// What is coded.
  let update: ParameterUpdate
  /// The file of the round.
  let file: String
  /// The most digits of a hash that are shown.
  let hashDigits: Int

  /// The rows of a tree, the rounds of a parameter one below the other; at most `hashDigits` digits of a hash are shown.
  public static func rows(
    _ tree: UpdateTree, _ session: Session, hashDigits: Int = .max
  ) -> [UpdateRow] {
    tree.updates.map { update in
      UpdateRow(
        update: update, file: session.streams[update.place.stream].name, hashDigits: hashDigits)
    }
  }
}

/// `updates` as a table: one row for each parameter that a round codes.
public enum UpdateTable {
  /// The columns.
  public static let fields: [Field<UpdateRow>] =
    [
      Field("name", kind: .name, "the name of the parameter", priority: 0) { $0.update.name },
      Field("round", "the number of the file, from 1", priority: 0) {
        $0.update.place.stream + 1
      },
      Field("file", kind: .name, "the file of the round", priority: 9) { $0.file },
      Field("unit", "the number of its unit", priority: 6) { $0.update.place.unit },
      Field("unit_bytes", kind: .size, "the bytes of its unit", priority: 9) {
        $0.update.unitBytes
      },
      Field("device_id", title: "device", "device_id of its node", priority: 7) {
        $0.update.node?.device
      },
      Field("parameter_id", title: "id", "parameter_id of its node", priority: 7) {
        $0.update.node?.parameter
      },
      Field("put_node_depth", title: "depth", "put_node_depth of its node", priority: 4) {
        $0.update.node?.depth
      },
      Field(
        "codes", "a whole value, or a difference to a parent", priority: 2,
        values: ["whole", "difference"]
      ) { $0.update.parent == nil ? "whole" : "difference" },
      Field("parent", kind: .name, "the parent as the unit names it", priority: 5) { row in
        row.update.parent.map { UpdateText.parent($0, digits: row.hashDigits) }
      },
      Field(
        "parent_round", title: "of round", "the round that codes the parent, from 1", priority: 3
      ) { row in row.update.parentPlace.map { $0.stream + 1 } },
      Field("parent_unit", title: "its unit", "the unit that codes the parent", priority: 6) {
        $0.update.parentPlace?.unit
      },
    ] + ParameterUpdate.Figures.fields.of { $0.update.figures } + [
      Field(
        "temporal_context", title: "T", "whether contexts look at the parent's integers",
        priority: 3
      ) { $0.update.usesTemporalContexts },
      Field(
        "hist_dep_sig_prob_enabled_flag", title: "H",
        "whether contexts look at the history: 1, 0", priority: 4
      ) { row in row.update.figures?.history.map { $0 ? 1 : 0 } },
      Field("problem", kind: .message, "what is wrong with the parent", priority: 1) {
        $0.update.problem?.text
      },
      Field("error", kind: .message, "why it could not be decoded", priority: 1) { row in
        row.update.failure.map { "\($0)" }
      },
    ]

  private static let document = fields.filter {
    !["name", "round", "file"].contains($0.column.key)
  }

  /// Writes a row as a JSON object in the object of its round.
  static func write(_ row: UpdateRow, to json: inout JSONWriter) {
    json.object { json in
      let bytes = row.update.nameBytes
      json.member("name", bytes: bytes.isEmpty ? Array(row.update.name.utf8) : bytes)
      json.members(of: row, document)
    }
  }
}

extension ParameterUpdate.Figures {
  /// The columns of what decoding finds, of a parameter or of all that a round codes.
  static let fields: [Field<ParameterUpdate.Figures>] = [
    Field("bits", "payload bits", priority: 1) { $0.bits },
    TensorTable.bitsPerWeight("payload bits for each weight", priority: 4) { figures in
      figures.count > 0 ? Double(figures.bits) / Double(figures.count) : nil
    },
    Field("weights", "the number of weights", priority: 6) { $0.count },
    Field(
      "sparsity", title: "zeros", kind: .percent, "the share of integers that are 0", priority: 2
    ) { figures in
      figures.count > 0 ? Double(figures.zeros) / Double(figures.count) : nil
    },
    Field("rows", "the rows of the first dimensions", priority: 8) { $0.rows },
    Field("skipped_rows", title: "skipped", "rows that were skipped", priority: 3) {
      $0.skippedRows
    },
  ]
}
