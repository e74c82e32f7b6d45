import NNRAnalysis

/// `cost` as a tree of name prefixes: one row for each node, its bits with those below it.
public enum CostPrefixTable {
  /// The columns.
  public static let columns =
    CostColumns.bits + [
      Column("weights", kind: .number, summary: "the number of weights", priority: 4),
      Column(
        "bpw", title: "bit/w", kind: .number, summary: "bits for each weight, headers included",
        priority: 2),
    ] + CostColumns.groups + [
      Column("tensors", kind: .number, summary: "the number of tensors", priority: 7),
      Column(
        "kind", kind: .text, summary: "prefix, tensor or unit", priority: 9,
        examples: ["prefix", "tensor", "unit"]),
      Column("depth", kind: .number, summary: "how deep it stands", priority: 9),
    ] + CostColumns.classes + [
      Column(
        "name", kind: .text, summary: "the name; its last part, indented, in the tree", priority: 0)
    ]

  /// The columns that are shown unless others are asked for.
  public static let usual =
    ["bits", "share", "bar", "weights", "bpw"] + CostGroup.allCases.map { $0.rawValue + "_share" }
    + ["name"]

  /// The table; children in the order of `sort` (the most bits first without one), or in one flat list where rows
  /// are filtered.
  ///
  /// Names are `indented` last parts, or whole.
  public static func table(_ tree: CostTree, selection: TableSelection, indented: Bool = true)
    -> Table
  {
    let total = tree.nodes[0].bits
    let isTree = indented && selection.filter == nil
    let sort = selection.sort ?? SortOrder(key: "bits", descending: true)
    let keys = tree.nodes.map { node in
      sort.key == "bits"
        ? CostColumns.cell(node.bits) : cells(node, total, isTree)[sort.key] ?? .missing
    }
    func precedes(_ left: Int, _ right: Int) -> Bool {
      let place = CellValue.compare(keys[left], keys[right])
      let hasMissing = keys[left] == .missing || keys[right] == .missing
      return sort.descending && !hasMissing ? place > 0 : place < 0
    }
    let shown = selection.columns ?? usual
    // Rows with all of their columns are large: they are made only where a filter may ask for them.
    var table = Table(
      columns: selection.filter == nil
        ? shown.compactMap { key in columns.first { $0.key == key } } : columns)
    for place in tree.places(order: { $0.sorted(by: precedes) }) {
      table.append(cells(tree.nodes[place], total, isTree))
    }
    var rest = selection
    rest.sort = selection.filter == nil ? nil : selection.sort
    rest.columns = shown
    return rest.apply(to: table)
  }

  private static func cells(_ node: CostTree.Node, _ total: Double, _ isTree: Bool)
    -> [String: CellValue]
  {
    var cells = CostColumns.cells(node.costs)
    cells.merge(CostColumns.cells(bits: node.bits, of: total, greatest: total)) { $1 }
    cells["weights"] = node.tensors > 0 ? .integer(node.weights) : .missing
    cells["bpw"] = node.bitsPerWeight.map { .number($0) } ?? .missing
    cells["tensors"] = node.tensors > 0 ? .integer(node.tensors) : .missing
    cells["depth"] = .integer(node.depth)
    let kind =
      switch node.kind {
      case .group: "prefix"
      case .units: "units"
      case .tensor: "tensor"
      case .unit: "unit"
      }
    cells["kind"] = .text(kind)
    let whole = node.parent == nil ? node.name : node.path
    cells["name"] = .text(isTree ? String(repeating: "  ", count: node.depth) + node.name : whole)
    return cells
  }
}
