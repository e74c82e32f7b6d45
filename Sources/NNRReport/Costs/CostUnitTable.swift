import NNRAnalysis
import NNRModel
import NNRSyntax

/// `cost --by unit` and `cost --by class`.
public enum CostUnitTable {
  /// The columns of units.
  public static let columns =
    [
      Column("index", kind: .number, summary: "the number of the unit", priority: 0),
      Column("type", kind: .text, summary: "nnr_unit_type", priority: 1, examples: ["NNR_NDU"]),
      Column("offset", kind: .number, summary: "the first byte", priority: 5),
      Column("size", kind: .size, summary: "the bytes of the unit", priority: 4),
    ] + CostColumns.bits + [
      Column(
        "header_bits", title: "header", kind: .number,
        summary: "bits outside of the payload's levels and raw data", priority: 3)
    ] + CostColumns.groups + CostColumns.classes + [
      Column("state", kind: .text, summary: "whether the payload could be decoded", priority: 6),
      Column("names", kind: .text, summary: "the names of its tensors", priority: 2),
    ]

  /// The columns that are shown unless others are asked for.
  public static let usual =
    ["index", "type", "offset", "size", "bits", "share", "bar", "header_bits"]
    + CostGroup.allCases.map { $0.rawValue + "_share" } + ["names"]

  /// The table of a ledger's units.
  public static func table(_ ledger: BitLedger) -> Table {
    let total = Double(ledger.size) * 8
    let greatest = ledger.units.map { Double($0.size) * 8 }.max() ?? 0
    var table = Table(columns: columns)
    for unit in ledger.units {
      let costs = ledger.costs(ofUnit: unit.number)
      var cells = CostColumns.cells(costs)
      cells.merge(
        CostColumns.cells(bits: Double(unit.size) * 8, of: total, greatest: greatest)
      ) { $1 }
      cells["index"] = .integer(unit.number)
      cells["type"] = .text(unit.type?.name ?? "no unit")
      cells["offset"] = .integer(unit.offset)
      cells["size"] = .integer(unit.size)
      cells["header_bits"] = CostColumns.cell(costs[group: .header])
      let names = ledger.tensors[unit.tensors].map(\.name)
      cells["names"] = names.isEmpty ? .missing : .text(names.joined(separator: " "))
      switch unit.state {
      case .plain: break
      case .pending: cells["state"] = .text("pending")
      case .decoded: cells["state"] = .text("decoded")
      case .failed(let failure): cells["state"] = .text("\(failure)")
      }
      table.append(cells)
    }
    return table
  }

  /// The columns of classes.
  public static let classColumns =
    [
      Column(
        "class", kind: .text, summary: "what the bits are spent on", priority: 0,
        examples: ["sig_flag", "identifiers"])
    ] + CostColumns.bits + [
      Column("bins", kind: .number, summary: "bins of the arithmetic codewords", priority: 2),
      Column(
        "bits_per_bin", title: "bit/bin", kind: .number, summary: "bits for each bin",
        priority: 3),
      Column(
        "bpw", title: "bit/w", kind: .number, summary: "bits for each weight of the stream",
        priority: 4),
      Column("group", kind: .text, summary: "the wider group", priority: 9),
    ]

  /// The table of the classes that a ledger charges, in the order of the contract.
  public static func classes(_ ledger: BitLedger) -> Table {
    let totals = ledger.totals
    let charged = totals.charged
    let greatest = charged.map(\.bits).max() ?? 0
    let weights = ledger.weights
    var table = Table(columns: classColumns)
    for (costClass, bits, bins) in charged {
      var cells = CostColumns.cells(bits: bits, of: Double(ledger.size) * 8, greatest: greatest)
      cells["class"] = .text(costClass.name)
      cells["group"] = .text(costClass.group.rawValue)
      if bins > 0 {
        cells["bins"] = .integer(bins)
        cells["bits_per_bin"] = .number(bits / Double(bins))
      }
      cells["bpw"] = weights > 0 ? .number(bits / Double(weights)) : .missing
      table.append(cells)
    }
    return table
  }
}
