import NNRAnalysis

/// A class of syntax with its costs, in a stream.
public struct CostClassRow: Sendable {
  /// The class.
  let costClass: CostClass
  /// Its bits.
  let amount: CostAmount
  /// Its bins; 0 outside of arithmetic codewords.
  let bins: Int
  /// The weights of the stream.
  let weights: Int

  /// The classes that a ledger charges, in the order of the contract.
  public static func rows(_ ledger: BitLedger) -> [CostClassRow] {
    let charged = ledger.totals.charged
    let greatest = charged.map(\.bits).max() ?? 0
    return charged.map { costClass, bits, bins in
      CostClassRow(
        costClass: costClass,
        amount: CostAmount(bits: bits, total: Double(ledger.size) * 8, greatest: greatest),
        bins: bins, weights: ledger.weights)
    }
  }
}

/// `cost --by class`.
public enum CostClassTable {
  /// The columns.
  public static let fields: [Field<CostClassRow>] =
    [
      Field(
        "class", "what the bits are spent on", priority: 0, values: CostClass.allCases.map(\.name)
      ) { $0.costClass.name }
    ]
    + CostAmount.fields(share: "the share of the file").of(\.amount) + [
      Field("bins", "bins of the arithmetic codewords", priority: 2) { row in
        row.bins > 0 ? row.bins : nil
      },
      Field("bits_per_bin", title: "bit/bin", "bits for each bin", priority: 3) { row in
        row.bins > 0 ? row.amount.bits / Double(row.bins) : nil
      },
      TensorTable.bitsPerWeight("bits for each weight of the stream", priority: 4) { row in
        row.weights > 0 ? row.amount.bits / Double(row.weights) : nil
      },
      Field("group", "the wider group", priority: 9, values: CostGroup.allCases.map(\.rawValue)) {
        $0.costClass.group.rawValue
      },
    ]

  /// The columns that are shown unless others are asked for.
  public static let usual = fields.columns().map(\.key).filter { $0 != "group" }
}
