import NNRAnalysis
import NNRModel
import NNRSyntax

/// A unit with its costs, in a stream.
public struct CostUnitRow: Sendable {
  /// The unit.
  let unit: UnitCost
  /// What it pays with its tensors.
  let costs: ClassCosts
  /// The names of its tensors; nil without tensors.
  let names: String?
  /// The bits of the stream.
  let total: Double
  /// The most bits that a unit takes.
  let greatest: Double

  /// The units of a ledger, each made when it is asked for.
  public static func rows(_ ledger: BitLedger) -> some Collection<CostUnitRow> {
    let total = Double(ledger.size) * 8
    let greatest = Double(ledger.units.map(\.size).max() ?? 0) * 8
    return ledger.units.lazy.map { unit in
      CostUnitRow(
        unit: unit, costs: ledger.costs(ofUnit: unit.number),
        names: unit.tensors.isEmpty
          ? nil : ledger.tensors[unit.tensors].map(\.name).joined(separator: " "),
        total: total, greatest: greatest)
    }
  }
}

/// `cost --by unit`.
public enum CostUnitTable {
  /// The columns.
  public static let fields = unit + amounts + ClassCosts.fields.of(\.costs) + about

  private static let unit: [Field<CostUnitRow>] = [
    Field("index", "the number of the unit", width: 6, priority: 0) { $0.unit.number },
    UnitTable.type(priority: 1) { $0.unit.type?.name ?? SyntaxNode.unparsedName },
    Field("offset", "the first byte", priority: 5) { $0.unit.offset },
    Field("size", kind: .size, "the bytes of the unit", priority: 4) { $0.unit.size },
  ]

  private static let amounts: [Field<CostUnitRow>] =
    CostAmount.fields(share: "the share of the file").of { row in
      CostAmount(bits: Double(row.unit.size) * 8, total: row.total, greatest: row.greatest)
    } + [
      Field(
        "header_bits", title: "header", "bits outside of the payload's levels and raw data",
        priority: 3
      ) { CostAmount.cell($0.costs[group: .header]) }
    ]

  private static let about: [Field<CostUnitRow>] = [
    Field("state", kind: .message, "whether the payload could be decoded", priority: 6) { row in
      switch row.unit.state {
      case .plain: nil as String?
      case .pending: "pending"
      case .decoded: "decoded"
      case .failed(let failure): "\(failure)"
      }
    },
    Field("names", kind: .name, "the names of its tensors", priority: 2) { $0.names },
  ]

  /// The columns that are shown unless others are asked for.
  public static let usual =
    ["index", "type", "offset", "size", "bits", "share", "bar", "header_bits"] + ClassCosts.shares
    + ["names"]
}
