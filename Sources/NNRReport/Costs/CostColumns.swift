import NNRAnalysis

/// Columns and cells that the cost tables share.
enum CostColumns {
  /// Bits, their share of the file and a bar.
  static let bits = [
    Column("bits", kind: .number, summary: "bits of the file", priority: 0),
    Column("share", title: "%", kind: .percent, summary: "the share of the file", priority: 1),
    Column("bar", title: "", kind: .text, summary: "the share as a bar", priority: 3),
  ]

  /// One column for each group of classes: the share of the row's own bits.
  static let groups = CostGroup.allCases.map { group in
    Column(
      group.rawValue + "_share", title: group.rawValue, kind: .percent,
      summary: "share of its bits: " + group.summary, priority: 6)
  }

  /// One column for each class of the contract: bits.
  static let classes = CostClass.allCases.map {
    Column($0.name, kind: .number, summary: "bits of the class \($0.name)", priority: 9)
  }

  /// The cells of `bits`.
  static func cells(bits: Double, of total: Double, greatest: Double) -> [String: CellValue] {
    [
      "bits": cell(bits),
      "share": total > 0 ? .number(bits / total) : .missing,
      "bar": .text(Bar.text(greatest > 0 ? bits / greatest : 0, width: 10)),
    ]
  }

  /// The cells of `groups` and `classes`.
  static func cells(_ costs: ClassCosts) -> [String: CellValue] {
    var cells: [String: CellValue] = [:]
    let total = costs.total
    for group in CostGroup.allCases {
      let bits = costs[group: group]
      cells[group.rawValue + "_share"] = bits != 0 && total > 0 ? .number(bits / total) : .missing
    }
    for costClass in CostClass.allCases { cells[costClass.name] = cell(costs[costClass]) }
    return cells
  }

  /// A number of bits: whole where it is.
  static func cell(_ bits: Double) -> CellValue {
    bits == bits.rounded()
      ? Int(exactly: bits).map { .integer($0) } ?? .number(bits) : .number(bits)
  }
}

/// A bar of block characters.
enum Bar {
  /// A bar that fills `share` (0 to 1) of `width` columns to an eighth of a column; never empty for more than nothing.
  static func text(_ share: Double, width: Int) -> String {
    guard share.isFinite, share > 0 else { return "" }
    let eighths = max(1, Int((min(share, 1) * Double(width) * 8).rounded()))
    let part = eighths % 8
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[part]
  }
}
