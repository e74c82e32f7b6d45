import NNRAnalysis

/// Bits as a part of all that they stand among.
struct CostAmount: Sendable {
  /// The bits.
  let bits: Double
  /// All bits.
  let total: Double
  /// The most bits that stand in a row.
  let greatest: Double

  /// Bits, their share and a bar.
  static func fields(share summary: String) -> [Field<CostAmount>] {
    [
      Field("bits", "bits of the file", width: 10, priority: 0) { cell($0.bits) },
      Field("share", title: "%", kind: .percent, summary, priority: 1) { amount in
        amount.total > 0 ? amount.bits / amount.total : nil
      },
      Field("bar", title: "", kind: .bar, "the bits as a bar", priority: 3) { amount in
        amount.greatest > 0 ? amount.bits / amount.greatest : 0
      },
    ]
  }

  /// A number of bits: whole where it is.
  static func cell(_ bits: Double) -> CellValue {
    Int(exactly: bits).map { .integer($0) } ?? .number(bits)
  }
}

extension ClassCosts {
  /// One column for each group of classes, its share of the row's own bits; then one for each class, its bits.
  static let fields: [Field<ClassCosts>] =
    CostGroup.allCases.map { group in
      Field(
        group.rawValue + "_share", title: group.rawValue, kind: .percent,
        "share of its bits: " + group.summary, priority: 6
      ) { costs in
        let bits = costs[group: group]
        let total = costs.total
        return bits != 0 && total > 0 ? bits / total : nil
      }
    }
    + CostClass.allCases.map { costClass in
      Field(costClass.name, "bits of the class \(costClass.name)", priority: 9) {
        CostAmount.cell($0[costClass])
      }
    }

  /// The keys of the shares of groups.
  static let shares = CostGroup.allCases.map { $0.rawValue + "_share" }
}
