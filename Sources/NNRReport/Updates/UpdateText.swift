import NNRAnalysis
import NNRModel
import PlainText

/// `updates` as text for people.
public enum UpdateText {
  /// The columns of parameters that are shown unless others are asked for; the device only where there are
  /// several.
  private static let usual = [
    "name", "device_id", "parameter_id", "round", "unit", "put_node_depth", "codes", "parent",
    "parent_round", "parent_unit", "bits", "bits_per_weight", "sparsity", "skipped_rows",
    "temporal_context",
    "hist_dep_sig_prob_enabled_flag",
  ]

  /// The rounds, the parameters with what each round codes of them, and what is wrong, a line each.
  public static func text(_ tree: UpdateTree, _ session: Session, width: Int?) -> String {
    let devices = Set(tree.updates.compactMap { $0.node?.device })
    let columns = usual.filter { $0 != "device_id" || devices.count > 1 }
    let updates = columns.compactMap { key in
      UpdateTable.fields.first { $0.column.key == key }
    }
    let rounds = Table(UpdateRoundTable.fields, UpdateRound.rows(tree, session))
    return heading(tree) + "\n\n" + TextTable(rounds, width: width).text + "\n"
      + TextTable(Table(updates, UpdateRow.rows(tree, session, hashDigits: 12)), width: width).text
      + problems(tree)
  }

  /// What there is, in a line: `3 rounds, 6 parameters, 11 differences`.
  public static func heading(_ tree: UpdateTree) -> String {
    [
      NumberFormat.count(tree.rounds, "round"), NumberFormat.count(tree.rows.count, "parameter"),
      NumberFormat.count(tree.sums.reduce(0) { $0 + $1.differences }, "difference"),
    ].joined(separator: ", ")
  }

  /// A line for whatever is wrong with a parent or a payload; nothing if all is well.
  private static func problems(_ tree: UpdateTree) -> String {
    let lines = tree.updates.flatMap { update in
      update.complaints.map { severity, what in
        let name = SafeText.line(update.name, limit: SafeText.usualLimit)
        return "\(severity.letter) round \(update.place.stream + 1), unit \(update.place.unit), "
          + "\(name): \(SafeText.line(what, limit: 2 * SafeText.usualLimit))\n"
      }
    }
    return lines.isEmpty ? "" : "\n" + lines.joined()
  }

  /// How a unit names its parent: `device 0`, `SHA-256 1f0c…`; `digits` limits the digits of a hash.
  public static func parent(_ parent: UpdateParent, digits: Int = .max) -> String {
    func hex(_ bytes: [UInt8]) -> String {
      let text = HexText.bytes(bytes)
      return text.count > digits ? text.prefix(digits) + "…" : text
    }
    return switch parent {
    case .device(let device): "device \(device)"
    case .sha256(let hash): "SHA-256 " + hex(hash)
    case .sha512(let hash): "SHA-512 " + hex(hash)
    case .unknown: "unknown"
    }
  }
}
