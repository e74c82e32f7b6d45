import NNRAnalysis
import NNRReport
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
    /// The rows, blocks or contexts of a tensor, to be opened.
    case parts(PartsKey)
    /// One of them.
    case part(PartsKey, Int)
    /// How many of them are not listed.
    case more(PartsKey, Int)

    /// The node that it stands in.
    var node: Int {
      switch self {
      case .node(let node), .cost(let node, _): node
      case .parts(let key), .part(let key, _), .more(let key, _): key.node
      }
    }
  }

  /// The parts of a kind of a tensor, by its node.
  struct PartsKey: Sendable, Hashable {
    /// The node of the tensor.
    var node: Int
    /// What the parts are.
    var kind: CostPart.Kind
  }

  /// What rows are sorted by.
  enum Order: Sendable, Hashable, CaseIterable, RawRepresentable {
    case bits, bitsPerWeight, name, stream
    case share(CostGroup)

    static let allCases: [Order] =
      [.bits, .bitsPerWeight] + CostGroup.allCases.map { .share($0) } + [.name, .stream]

    /// The order with a name.
    init?(rawValue: String) {
      guard let order = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
      self = order
    }

    /// Its name on the screen and in files.
    var rawValue: String {
      switch self {
      case .bits: "bits"
      case .bitsPerWeight: "bits per weight"
      case .share(let group): "share of \(group.heading)"
      case .name: "name"
      case .stream: "stream order"
      }
    }

    /// The place of the group of classes that it is about; nil for others.
    var group: Int? { if case .share(let group) = self { group.place } else { nil } }
  }

  /// The most parts of a tensor that are listed.
  static let partLimit = 10_000

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
  private var kept = KeptRow<Row>()
  /// The text that names must hold; empty for all.
  var filter = ""
  /// The nodes that fit the filter, and those around them; nil without a filter.
  private(set) var fitting: Set<Int>?
  /// The opened nodes with their paths: another state of the file may have others in their places.
  private var open: [Int: String] = [0: ""]
  /// What is opened of the parts.
  private(set) var openParts: Set<PartsKey> = []

  /// The row under the cursor.
  var selected: Row? { rows.indices.contains(list.selection) ? rows[list.selection] : nil }

  /// Whether a row shows what is in it; nil if there is nothing.
  func isOpen(_ row: Row, _ sheet: CostSheet) -> Bool? {
    switch row {
    case .node(let node):
      sheet.tree.nodes[node].children.isEmpty && sheet.tree.nodes[node].costs.isEmpty
        ? nil : isOpen(node, sheet)
    case .parts(let key): openParts.contains(key)
    case .cost, .part, .more: nil
    }
  }

  private func isOpen(_ node: Int, _ sheet: CostSheet) -> Bool {
    open[node] == sheet.tree.nodes[node].path
  }

  /// Opens or closes a row; false if there was nothing to do.
  mutating func set(_ row: Row, open isOpen: Bool, _ sheet: CostSheet) -> Bool {
    guard let now = self.isOpen(row, sheet), now != isOpen else { return false }
    switch row {
    case .node(let node): open[node] = isOpen ? sheet.tree.nodes[node].path : nil
    case .parts(let key): if isOpen { openParts.insert(key) } else { openParts.remove(key) }
    case .cost, .part, .more: return false
    }
    return true
  }

  /// Lists the rows again; the selection stays on its row.
  mutating func arrange(_ sheet: CostSheet, _ parts: [PartsKey: TensorParts], page: Int) {
    let before = selected
    rows = []
    findFitting(sheet)
    append(0, sheet, parts)
    kept.select(before, in: rows, of: &list, page: page)
  }

  /// The opened parts that are listed.
  func openedParts() -> [PartsKey] {
    rows.compactMap { if case .parts(let key) = $0, openParts.contains(key) { key } else { nil } }
  }

  private mutating func append(
    _ root: Int, _ sheet: CostSheet, _ parts: [PartsKey: TensorParts]
  ) {
    var waiting = [root]
    while let node = waiting.popLast() {
      if let fitting, !fitting.contains(node) { continue }
      rows.append(.node(node))
      // What fits a filter is shown, wherever it stands.
      let isForced = fitting != nil && !sheet.tree.nodes[node].children.isEmpty
      guard isOpen(node, sheet) || isForced else { continue }
      let children = sheet.tree.nodes[node].children
      if children.isEmpty {
        appendCosts(node, sheet, parts)
      } else {
        waiting += sorted(children, sheet).reversed()
      }
    }
  }

  private mutating func appendCosts(
    _ node: Int, _ sheet: CostSheet, _ parts: [PartsKey: TensorParts]
  ) {
    let costs = sheet.tree.nodes[node].costs.charged.sorted { $0.bits > $1.bits }
    rows += costs.map { .cost(node: node, $0.costClass) }
    guard case .tensor(let tensor) = sheet.tree.nodes[node].kind else { return }
    let coded = sheet.ledger.tensors[tensor].tensor
    guard coded.quantizer != .raw else { return }
    for kind in CostPart.Kind.allCases where kind == .contexts || coded.rows > 1 {
      let key = PartsKey(node: node, kind: kind)
      appendParts(key, parts[key])
    }
  }

  private mutating func appendParts(_ key: PartsKey, _ found: TensorParts?) {
    rows.append(.parts(key))
    guard openParts.contains(key), let found else { return }
    let lines = found.lines
    let count = min(lines.count, Self.partLimit)
    var order = Array(lines.indices)
    if self.order == .bits {
      order.sort { (lines[$1].bits, $0) < (lines[$0].bits, $1) }
    } else if self.order == .bitsPerWeight {
      let keys = lines.map { $0.bitsPerWeight ?? $0.bits }
      order.sort { (keys[$1], $0) < (keys[$0], $1) }
    }
    if isReversed { order.reverse() }
    rows += order.prefix(count).map { .part(key, $0) }
    if lines.count > count { rows.append(.more(key, lines.count - count)) }
  }

  private mutating func findFitting(_ sheet: CostSheet) {
    guard !filter.isEmpty else {
      fitting = nil
      return
    }
    let nodes = sheet.tree.nodes
    let wanted = filter.lowercased()
    var found: Set<Int> = [0]
    for place in nodes.indices.dropFirst() {
      // A path holds the paths around it, so what is below a fitting name fits too.
      guard nodes[place].path.lowercased().contains(wanted) else { continue }
      var around: Int? = place
      while let node = around, found.insert(node).inserted { around = nodes[node].parent }
    }
    fitting = found
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
