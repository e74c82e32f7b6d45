import NNRAnalysis
import TerminalScreen

/// What the costs view shows: order, opened rows, selection.
struct CostsState: Sendable {
  /// The two orders of the view.
  enum Mode: Sendable {
    /// By the parts of names.
    case tree
    /// Along the file.
    case units
  }

  /// A row of the tree.
  enum Row: Sendable, Hashable {
    /// A node of the tree.
    case node(Int)
    /// A class that a node pays.
    case cost(node: Int, CostClass)
    /// The rows of a tensor, to be opened.
    case rows(node: Int)
    /// A row of a tensor.
    case row(node: Int, Int)
    /// How many rows of a tensor are not listed.
    case more(node: Int, Int)
  }

  /// What rows are sorted by.
  enum Order: String, Sendable, CaseIterable {
    case bits = "bits"
    case bitsPerWeight = "bits per weight"
    case significance = "share of sig"
    case sign = "share of sign"
    case greater = "share of >x"
    case remainder = "share of rem"
    case overhead = "share of side"
    case raw = "share of raw"
    case header = "share of head"
    case name = "name"
    case stream = "stream order"

    /// The place of the group of classes that it is about; nil for others.
    var group: Int? {
      switch self {
      case .significance: CostGroup.significance.place
      case .sign: CostGroup.sign.place
      case .greater: CostGroup.greater.place
      case .remainder: CostGroup.remainder.place
      case .overhead: CostGroup.overhead.place
      case .raw: CostGroup.raw.place
      case .header: CostGroup.header.place
      case .bits, .bitsPerWeight, .name, .stream: nil
      }
    }
  }

  /// The most rows of a tensor that are listed.
  static let rowLimit = 10_000

  /// Which order.
  var mode = Mode.tree
  /// Selection in the tree.
  var list = ListState()
  /// Selection among the units.
  var unitList = ListState()
  /// What children are sorted by.
  var order = Order.bits
  /// Whether the order is turned round: numbers go down and names up unless it is.
  var isReversed = false
  /// Whether the chart along the file is logarithmic.
  var isLogarithmic = false
  /// Whether the chart along the file adds up.
  var isCumulative = false
  /// The rows of the tree.
  private(set) var rows: [Row] = []
  /// The bits of rows of the tensors that were asked for, by node.
  var rowBits: [Int: RowBits] = [:]
  /// The opened nodes.
  private(set) var open: Set<Int> = [0]
  /// The nodes whose rows are opened.
  private(set) var openRows: Set<Int> = []

  /// The row under the cursor.
  var selected: Row? { rows.indices.contains(list.selection) ? rows[list.selection] : nil }

  /// Whether a row shows what is in it; nil if there is nothing.
  func isOpen(_ row: Row, _ sheet: CostSheet) -> Bool? {
    switch row {
    case .node(let node):
      sheet.tree.nodes[node].children.isEmpty && sheet.tree.nodes[node].costs.isEmpty
        ? nil : open.contains(node)
    case .rows(let node): openRows.contains(node)
    case .cost, .row, .more: nil
    }
  }

  /// Opens or closes a row; false if there was nothing to do.
  mutating func set(_ row: Row, open isOpen: Bool, _ sheet: CostSheet) -> Bool {
    guard let now = self.isOpen(row, sheet), now != isOpen else { return false }
    switch row {
    case .node(let node): if isOpen { open.insert(node) } else { open.remove(node) }
    case .rows(let node): if isOpen { openRows.insert(node) } else { openRows.remove(node) }
    case .cost, .row, .more: return false
    }
    return true
  }

  /// Lists the rows again; the selection stays on its row.
  mutating func arrange(_ sheet: CostSheet, page: Int) {
    let before = list.selection == 0 ? nil : selected
    rows = []
    append(0, sheet)
    if let before, let row = rows.firstIndex(of: before) { list.selection = row }
    list.settle(count: rows.count, page: page)
  }

  private mutating func append(_ root: Int, _ sheet: CostSheet) {
    var waiting = [root]
    while let node = waiting.popLast() {
      rows.append(.node(node))
      guard open.contains(node) else { continue }
      let children = sheet.tree.nodes[node].children
      if children.isEmpty {
        appendCosts(node, sheet)
      } else {
        waiting += sorted(children, sheet).reversed()
      }
    }
  }

  private mutating func appendCosts(_ node: Int, _ sheet: CostSheet) {
    let costs = sheet.tree.nodes[node].costs.charged.sorted { $0.bits > $1.bits }
    rows += costs.map { .cost(node: node, $0.costClass) }
    guard case .tensor(let tensor) = sheet.tree.nodes[node].kind,
      sheet.ledger.tensors[tensor].tensor.rows > 1
    else { return }
    rows.append(.rows(node: node))
    guard openRows.contains(node), let found = rowBits[node] else { return }
    let count = min(found.bits.count, Self.rowLimit)
    var order = Array(found.bits.indices)
    if self.order == .bits || self.order == .bitsPerWeight {
      order.sort { (found.bits[$1], $0) < (found.bits[$0], $1) }
    }
    if isReversed { order.reverse() }
    rows += order.prefix(count).map { .row(node: node, $0) }
    if found.bits.count > count { rows.append(.more(node: node, found.bits.count - count)) }
  }

  private func sorted(_ children: [Int], _ sheet: CostSheet) -> [Int] {
    let found: [Int]
    switch order {
    case .name: found = children
    case .stream: found = children.sorted()
    default:
      let keys = children.map { key($0, sheet) }
      found = children.indices.sorted { (keys[$1], $0) < (keys[$0], $1) }.map { children[$0] }
    }
    return isReversed ? found.reversed() : found
  }

  private func key(_ node: Int, _ sheet: CostSheet) -> Double {
    let bits = sheet.tree.nodes[node].bits
    if let group = order.group {
      let groups = sheet.groups(of: node)
      return bits > 0 ? groups[groups.startIndex + group] / bits : 0
    }
    return order == .bitsPerWeight ? sheet.tree.nodes[node].bitsPerWeight ?? -1 : bits
  }
}
