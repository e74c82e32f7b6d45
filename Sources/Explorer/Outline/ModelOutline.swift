import Ordering

/// The rows of a stream in model order: the hierarchy of tensor names with sums, and what is no tensor.
struct ModelOutline: Sendable {
  /// A group of names, or a unit.
  struct Node: Sendable, Hashable {
    /// The part of the name that it adds.
    var label: String
    /// The whole name so far.
    var path: String
    /// The unit; nil for a group.
    var unit: Int?
    /// The bytes of all units in it.
    var bytes = 0
    /// The weights of all tensors in it.
    var weights = 0
    /// The nodes in it.
    var children: [Int] = []
    /// The group around it.
    var parent: Int?
  }

  /// A row that is shown.
  struct Row: Sendable, Hashable {
    /// The place in `nodes`.
    var node: Int
    /// How deep it stands.
    var depth: Int
    /// The label, with those of groups that hold nothing else in front.
    var label: String
  }

  /// How groups are ordered.
  enum Order: String, CaseIterable, Sendable {
    case stream = "stream order"
    case size = "size"
    case name = "name"
  }

  /// The name of the group of units that are no tensors.
  static let others = "(other units)"

  /// All nodes; the first is the model.
  private(set) var nodes: [Node] = []
  /// What is shown.
  private(set) var rows: [Row] = []
  /// The order.
  private(set) var order = Order.stream
  /// Whether the order is turned round.
  private(set) var reversed = false
  /// The selected group's path; nil when a unit is selected.
  var group: String?
  private var closed: Set<String> = []
  private var taken = 0
  private var placeOfUnit: [Int: Int] = [:]

  /// Takes over what became known of units, and lists it again.
  mutating func update(_ survey: Survey) {
    if survey.units.count < taken || nodes.isEmpty {
      nodes = [Node(label: "(model)", path: "")]
      placeOfUnit = [:]
      taken = 0
    }
    var groups: [String: Int] = [:]
    for place in nodes.indices where nodes[place].unit == nil { groups[nodes[place].path] = place }
    for summary in survey.units[taken...] { insert(summary, &groups) }
    taken = survey.units.count
    list()
  }

  /// Forgets the units, because their stream is another one now.
  mutating func forgetUnits() {
    nodes = []
    rows = []
    placeOfUnit = [:]
    taken = 0
  }

  private mutating func insert(_ summary: UnitSummary, _ groups: inout [String: Int]) {
    let name = summary.names.first
    var parts = name.map { $0.split(separator: ".").map(String.init) } ?? [Self.others]
    var label =
      name == nil ? "\(summary.typeName) u\(summary.unit)" : parts.popLast() ?? "(no name)"
    if summary.names.count > 1 { label += " +\(summary.names.count - 1)" }
    var at = 0
    var path = ""
    for part in parts.prefix(32) {
      path += path.isEmpty ? part : "." + part
      if let known = groups[path] {
        at = known
      } else {
        nodes.append(Node(label: part, path: path, parent: at))
        nodes[at].children.append(nodes.count - 1)
        at = nodes.count - 1
        groups[path] = at
      }
    }
    nodes.append(
      Node(
        label: label, path: name ?? "", unit: summary.unit, bytes: summary.bytes,
        weights: summary.weights, parent: at))
    placeOfUnit[summary.unit] = nodes.count - 1
    nodes[at].children.append(nodes.count - 1)
    var up: Int? = at
    while let group = up {
      nodes[group].bytes += summary.bytes
      nodes[group].weights = nodes[group].weights.saturatingAdd(summary.weights)
      up = nodes[group].parent
    }
  }

  /// Whether a group shows what is in it.
  func isOpen(_ node: Int) -> Bool { !closed.contains(nodes[node].path) }

  /// Opens or closes a group.
  mutating func set(_ node: Int, open: Bool) {
    guard nodes.indices.contains(node), nodes[node].unit == nil else { return }
    if open { closed.remove(nodes[node].path) } else { closed.insert(nodes[node].path) }
    list()
  }

  /// Takes the next order, or turns the one there is round.
  mutating func sort(next: Bool) {
    if next {
      let all = Order.allCases
      let place = all.firstIndex(of: order) ?? 0
      order = all[(place + 1) % all.count]
      reversed = false
    } else {
      reversed.toggle()
    }
    list()
  }

  /// Takes an order.
  mutating func set(_ order: Order, reversed: Bool) {
    self.order = order
    self.reversed = reversed
    list()
  }

  /// The row of the selected group, or of a unit, or of the innermost shown group around it.
  func row(of unit: Int) -> Int? {
    if let group {
      return rows.firstIndex { nodes[$0.node].unit == nil && nodes[$0.node].path == group }
    }
    var place = placeOfUnit[unit]
    while let node = place {
      if let row = rows.firstIndex(where: { $0.node == node }) { return row }
      place = nodes[node].parent
    }
    return nil
  }

  private mutating func list() {
    rows = []
    guard !nodes.isEmpty else { return }
    append(0, 0, "")
  }

  private mutating func append(_ node: Int, _ depth: Int, _ lead: String) {
    let label = lead + nodes[node].label
    let children = nodes[node].children
    // A chain of groups with one member each reads better as one row.
    if node > 0, children.count == 1, let only = children.first, depth > 0 {
      return append(only, depth, label + ".")
    }
    rows.append(Row(node: node, depth: depth, label: label))
    guard nodes[node].unit == nil, isOpen(node) else { return }
    for child in ordered(children) { append(child, depth + 1, "") }
  }

  private func ordered(_ children: [Int]) -> [Int] {
    let sorted: [Int] =
      switch order {
      case .stream: children
      case .size:
        children.sorted { (nodes[$1].bytes, $0) < (nodes[$0].bytes, $1) }
      case .name:
        children.sorted { NaturalOrder.precedes(nodes[$0].label, nodes[$1].label) }
      }
    return reversed ? sorted.reversed() : sorted
  }
}
