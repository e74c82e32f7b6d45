import NNRAnalysis

/// A node of the tree of costs as `cost` lists it.
public struct CostPrefixRow: Sendable {
  /// The node.
  let node: CostTree.Node
  /// The bits of the stream.
  let total: Double
  /// Whether only the last part of its name is shown, indented.
  let isIndented: Bool

  /// The rows of a tree, depth first, children in the order of `sort`, the most bits first without one.
  ///
  /// Names are indented last parts, or whole.
  public static func rows(_ tree: CostTree, sort: SortOrder?, indented: Bool) -> [CostPrefixRow] {
    let sort = sort ?? SortOrder(key: "bits", descending: true)
    let total = tree.nodes[0].bits
    let field = CostPrefixTable.fields.first { $0.column.key == sort.key }
    let row = { CostPrefixRow(node: $0, total: total, isIndented: indented) }
    let keys = tree.nodes.map { field?.value(row($0)) ?? .missing }
    return tree.places { children in
      sort.places(of: children.map { keys[$0] }).map { children[$0] }
    }.map { row(tree.nodes[$0]) }
  }
}

/// `cost` as a tree of name prefixes: one row for each node, its bits with those below it.
public enum CostPrefixTable {
  /// The columns.
  public static let fields: [Field<CostPrefixRow>] =
    CostAmount.fields(share: "the share of the file").of { row in
      CostAmount(bits: row.node.bits, total: row.total, greatest: row.total)
    } + [
      Field("weights", "the number of weights", width: 10, priority: 4) { row in
        row.node.tensors > 0 ? row.node.weights : nil
      },
      TensorTable.bitsPerWeight("bits for each weight, headers included") {
        $0.node.bitsPerWeight
      },
    ] + ClassCosts.fields.prefix(CostGroup.allCases.count).map { $0.of { $0.node.costs } } + [
      Field("tensors", "the number of tensors", priority: 7) { row in
        row.node.tensors > 0 ? row.node.tensors : nil
      },
      Field(
        "kind", "what it stands for", priority: 9, values: ["prefix", "tensor", "unit", "units"]
      ) { row in
        switch row.node.kind {
        case .group: "prefix"
        case .units: "units"
        case .tensor: "tensor"
        case .unit: "unit"
        }
      },
      Field("depth", "how deep it stands", priority: 9) { $0.node.depth },
    ] + ClassCosts.fields.dropFirst(CostGroup.allCases.count).map { $0.of { $0.node.costs } } + [
      Field("name", kind: .name, "the name; its last part, indented, in the tree", priority: 0) {
        row in
        let node = row.node
        if row.isIndented { return String(repeating: "  ", count: node.depth) + node.name }
        return node.parent == nil ? node.name : node.path
      }
    ]

  /// The columns that are shown unless others are asked for.
  public static let usual =
    ["bits", "share", "bar", "weights", "bits_per_weight"] + ClassCosts.shares + ["name"]
}
