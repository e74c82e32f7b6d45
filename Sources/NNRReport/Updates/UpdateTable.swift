import NNRAnalysis
import NNRModel

/// `updates` as a table: one row for each parameter that a round codes, the rounds of a parameter one below the other.
public struct UpdateTable: Sendable {
  /// What cells are told from beside the update itself.
  private struct Surroundings: Sendable {
    let session: Session
    let hashDigits: Int
  }

  private struct Field: Sendable {
    let column: Column
    let cell: @Sendable (ParameterUpdate, Surroundings) -> CellValue

    init(
      _ key: String, title: String? = nil, kind: Column.Kind = .number, _ summary: String,
      priority: Int, cell: @escaping @Sendable (ParameterUpdate, Surroundings) -> CellValue
    ) {
      column = Column(key, title: title, kind: kind, summary: summary, priority: priority)
      self.cell = cell
    }

    /// A number that the unit tells, or decoding.
    init(
      _ key: String, title: String? = nil, kind: Column.Kind = .number, _ summary: String,
      priority: Int, number: @escaping @Sendable (ParameterUpdate) -> Int?
    ) {
      self.init(key, title: title, kind: kind, summary, priority: priority) { update, _ in
        number(update).map { .integer($0) } ?? .missing
      }
    }
  }

  private static let fields = [
    Field("name", kind: .text, "the name of the parameter", priority: 0) { update, _ in
      .text(update.name)
    },
    Field("round", "the number of the file, from 1", priority: 0) { $0.place.stream + 1 },
    Field("file", kind: .text, "the file of the round", priority: 9) { update, around in
      .text(around.session.streams[update.place.stream].name)
    },
    Field("unit", "the number of its unit", priority: 6) { $0.place.unit },
    Field("unit_bytes", kind: .size, "the bytes of its unit", priority: 9) { $0.unitBytes },
    Field("device_id", title: "device", "device_id of its node", priority: 7) { $0.node?.device },
    Field("parameter_id", title: "id", "parameter_id of its node", priority: 7) {
      $0.node?.parameter
    },
    Field("put_node_depth", title: "depth", "put_node_depth of its node", priority: 4) {
      $0.node?.depth
    },
    Field("codes", kind: .text, "a whole value, or a difference to a parent", priority: 2) {
      update, _ in .text(update.parent == nil ? "whole" : "difference")
    },
    Field("parent", kind: .text, "the parent as the unit names it", priority: 5) {
      update, around in
      update.parent.map { .text(UpdateText.parent($0, digits: around.hashDigits)) } ?? .missing
    },
    Field(
      "parent_round", title: "of round", "the round that codes the parent, from 1", priority: 3
    ) { $0.parentPlace.map { $0.stream + 1 } },
    Field("parent_unit", title: "its unit", "the unit that codes the parent", priority: 6) {
      $0.parentPlace?.unit
    },
    Field("bits", "payload bits", priority: 1) { $0.figures?.bits },
    Field("bpw", title: "bit/w", "payload bits for each weight", priority: 4) { update, _ in
      UpdateText.bitsPerWeight(update.figures)
    },
    Field("weights", "the number of weights", priority: 6) { $0.figures?.count },
    Field(
      "sparsity", title: "zeros", kind: .percent, "the share of integers that are 0", priority: 2
    ) { update, _ in UpdateText.sparsity(update.figures) },
    Field("rows", "the rows of the first dimension", priority: 8) { $0.figures?.rows },
    Field("skipped_rows", title: "skipped", "rows that were skipped", priority: 3) {
      $0.figures?.skippedRows
    },
    Field(
      "temporal_context", title: "T", kind: .flag,
      "whether contexts look at the parent's integers", priority: 3
    ) { update, _ in .flag(update.usesTemporalContexts) },
    Field(
      "hist_dep_sig_prob_enabled_flag", title: "H", "whether contexts look at the history: 1, 0",
      priority: 4
    ) { $0.figures?.history.map { $0 ? 1 : 0 } },
    Field("problem", kind: .text, "what is wrong with the parent", priority: 1) { update, _ in
      update.problem.map { .text($0.text) } ?? .missing
    },
    Field("error", kind: .text, "why it could not be decoded", priority: 1) { update, _ in
      update.failure.map { .text("\($0)") } ?? .missing
    },
  ]

  /// The columns.
  public static let columns = fields.map(\.column)

  private let around: Surroundings
  private let updates: [ParameterUpdate]

  /// The rows of a tree that `selection` asks for, in its order; at most `hashDigits` digits of a hash are shown.
  public init(
    _ tree: UpdateTree, _ session: Session, _ selection: TableSelection, hashDigits: Int = .max
  ) {
    let around = Surroundings(session: session, hashDigits: hashDigits)
    self.around = around
    let all = tree.updates
    guard selection.filter != nil || selection.sort != nil else {
      updates = all
      return
    }
    var table = Table(columns: Self.columns + [Column("place", kind: .number)])
    for (place, update) in all.enumerated() {
      table.append(Self.fields.map { $0.cell(update, around) } + [.integer(place)])
    }
    var order = selection
    order.columns = nil
    let found = order.apply(to: table)
    updates = found.rows.indices.compactMap { row in
      guard case .integer(let place) = found.cell(row: row, "place") else { return nil }
      return all[place]
    }
  }

  /// The rows with the chosen columns; all columns for nil.
  public func table(columns: [String]?) -> Table {
    var table = Table(columns: Self.columns)
    for update in updates { table.append(Self.fields.map { $0.cell(update, around) }) }
    return columns.map { table.selecting($0) } ?? table
  }

  /// Writes what a round codes as an array of objects, with the keys of the columns.
  public func write(round: Int, to json: inout JSONWriter) {
    json.array { json in
      for update in updates where update.place.stream == round {
        json.object { json in
          json.member(
            "name", bytes: update.nameBytes.isEmpty ? Array(update.name.utf8) : update.nameBytes)
          for field in Self.fields where !["name", "round", "file"].contains(field.column.key) {
            json.key(UpdateText.key(field.column))
            json.value(field.cell(update, around))
          }
        }
      }
    }
  }
}
