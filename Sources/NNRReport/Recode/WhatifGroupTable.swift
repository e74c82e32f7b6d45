import NNRAnalysis
import NNRModel

/// What tensors that are taken together could save.
public struct WhatifGroup: Sendable {
  /// What the group is called; not safe to print.
  let name: String
  /// The tensors.
  let rows: [WhatifRow]

  /// The groups of the tensors of a stream.
  public static func groups(_ rows: [WhatifRow], _ groups: NameGroups) -> [WhatifGroup] {
    groups.places(of: rows.map { GroupMember($0.tensor) }).map { group, places in
      WhatifGroup(name: group, rows: places.map { rows[$0] })
    }
  }

  /// The bits in the stream.
  var bits: Int { rows.reduce(0) { $0 + ($1.bits ?? 0) } }
  /// The bits that they could have.
  var bestBits: Int { rows.reduce(0) { $0 + ($1.bestBits ?? 0) } }
}

/// `whatif --group`: a row for each group.
public enum WhatifGroupTable {
  /// The columns.
  public static let fields: [Field<WhatifGroup>] = [
    Field("name", kind: .name, "the name of the group", priority: 0) { $0.name },
    Field("tensors", "the number of tensors", priority: 3) { $0.rows.count },
    Field("bits", "their bits, with what their units take beside payload", priority: 1) { $0.bits },
    Field("best_bits", title: "best", "the bits of the shortest that was found", priority: 1) {
      $0.bestBits
    },
    Field("saving", title: "saves", "bits that are saved", priority: 0) { $0.bits - $0.bestBits },
    Field(
      "saving_share", title: "saves %", kind: .percent, "the share of their bits that is saved",
      priority: 0
    ) { $0.bits > 0 ? Double($0.bits - $0.bestBits) / Double($0.bits) : nil },
    Field(
      "file_share", title: "of file", kind: .percent, "what is saved as a share of the file",
      priority: 5
    ) { group -> Double? in
      guard let total = group.rows.first?.total, total > 0 else { return nil }
      return Double(group.bits - group.bestBits) / Double(total)
    },
    Field("untried", "the tensors of which nothing was tried", priority: 4) { group -> Int? in
      group.rows.count { $0.refusal != nil }
    },
  ]
}
