import NNRSyntax
import Ordering

/// The rows of a stream in bitstream order: units, and below opened ones their nodes.
///
/// Only opened units cost memory, so that a stream of millions of units scrolls like a short one.
struct Outline: Sendable {
  /// A row.
  enum Row: Sendable, Hashable {
    /// A unit.
    case unit(Int)
    /// A node of an opened unit's tree; `depth` counts from 1.
    case node(unit: Int, node: Int, depth: Int)
  }

  /// An opened unit.
  private struct OpenUnit: Sendable {
    var unit: Int
    var openNodes: Set<Int>
    var rows: [(node: Int, depth: Int)]
    /// The row of the unit itself.
    var firstRow = 0
    var isShown = true
  }

  /// The units of the stream.
  let total: Int
  /// The units that pass the filter, in order; nil without a filter.
  private(set) var filtered: [Int]?
  private var opened: [OpenUnit] = []
  private(set) var count: Int

  /// All units closed.
  init(total: Int) {
    self.total = total
    count = total
  }

  /// Shows only some units, in order; nil shows all.
  mutating func show(_ units: [Int]?) {
    filtered = units
    renumber()
  }

  /// Whether a unit is opened.
  func isOpen(_ unit: Int) -> Bool { place(of: unit).map { opened[$0].isShown } ?? false }

  /// Whether a node of an opened unit is opened.
  func isOpen(_ unit: Int, node: Int) -> Bool {
    place(of: unit).map { opened[$0].openNodes.contains(node) } ?? false
  }

  /// The opened units with their opened nodes, in order.
  var openNodes: [(unit: Int, nodes: [Int])] {
    opened.map { ($0.unit, $0.openNodes.sorted()) }
  }

  /// Opens a unit, with its tree; `whole` opens everything in it too.
  mutating func open(_ unit: Int, _ tree: SyntaxTree, whole: Bool = false) {
    let nodes: Set<Int> =
      whole ? Set(tree.nodes.indices.filter { tree.nodes[$0].end > $0 + 1 }) : []
    let before = place(of: unit)
    let all = nodes.union(before.map { opened[$0].openNodes } ?? [])
    let new = OpenUnit(unit: unit, openNodes: all, rows: Self.rows(tree, all))
    if let before {
      opened[before] = new
    } else {
      opened.insert(new, at: opened.firstIndex { $0.unit > unit } ?? opened.count)
    }
    renumber()
  }

  /// Closes a unit; its opened nodes are forgotten.
  mutating func close(_ unit: Int) {
    opened.removeAll { $0.unit == unit }
    renumber()
  }

  /// Opens or closes a node of an opened unit.
  mutating func set(_ unit: Int, node: Int, open: Bool, _ tree: SyntaxTree) {
    guard let place = place(of: unit) else { return }
    if open { opened[place].openNodes.insert(node) } else { opened[place].openNodes.remove(node) }
    opened[place].rows = Self.rows(tree, opened[place].openNodes)
    renumber()
  }

  /// The row with a number.
  subscript(row: Int) -> Row? {
    guard row >= 0, row < count else { return nil }
    // The last shown open unit that starts at or before the row.
    let low = opened.prefixEnd { $0.firstRow <= row }
    guard low > 0 else { return unit(atRoot: row) }
    let last = opened[low - 1]
    let inside = row - last.firstRow
    if last.isShown, inside == 0 { return .unit(last.unit) }
    if last.isShown, inside <= last.rows.count {
      let node = last.rows[inside - 1]
      return .node(unit: last.unit, node: node.node, depth: node.depth)
    }
    return unit(atRoot: row - extra[low - 1])
  }

  /// The row of a place, or of the innermost shown node around it.
  func row(of location: Location, _ tree: SyntaxTree?) -> Int? {
    guard let root = root(of: location.unit) else { return nil }
    let low = opened.prefixEnd { $0.unit < location.unit }
    let first = root + (low > 0 ? extra[low - 1] : 0)
    guard let node = location.node, node > 0, low < opened.count, opened[low].unit == location.unit
    else { return first }
    // Rows are in the order of the tree; the innermost shown ancestor is the last row that holds the node.
    let rows = opened[low].rows
    let start = rows.prefixEnd { $0.node <= node }
    guard let tree else { return first }
    var place: Int? = node
    while let candidate = place, candidate > 0 {
      // Ancestors have smaller places than what they hold.
      if let found = Self.find(candidate, rows[..<start]) { return first + 1 + found }
      place = tree.nodes.indices.contains(candidate) ? tree.nodes[candidate].parent : nil
    }
    return first
  }

  // MARK: numbering

  /// The rows that opened units add, up to and including each.
  private var extra: [Int] = []

  private mutating func renumber() {
    extra = []
    var sum = 0
    for place in opened.indices {
      let root = root(of: opened[place].unit)
      opened[place].isShown = root != nil
      // A hidden one sorts where it would stand, and adds nothing.
      opened[place].firstRow = (root ?? rootBehind(opened[place].unit)) + sum
      if root != nil { sum += opened[place].rows.count }
      extra.append(sum)
    }
    count = (filtered?.count ?? total) + sum
  }

  private func place(of unit: Int) -> Int? { opened.firstIndex { $0.unit == unit } }

  private func unit(atRoot root: Int) -> Row? {
    guard let filtered else { return root < total ? .unit(root) : nil }
    return filtered.indices.contains(root) ? .unit(filtered[root]) : nil
  }

  private func root(of unit: Int) -> Int? {
    guard let filtered else { return unit >= 0 && unit < total ? unit : nil }
    let place = rootBehind(unit)
    return filtered.indices.contains(place) && filtered[place] == unit ? place : nil
  }

  private func rootBehind(_ unit: Int) -> Int {
    guard let filtered else { return unit }
    return filtered.prefixEnd { $0 < unit }
  }

  private static func rows(_ tree: SyntaxTree, _ open: Set<Int>) -> [(node: Int, depth: Int)] {
    var rows: [(node: Int, depth: Int)] = []
    var ends: [Int] = []
    var next = 1
    while next < tree.nodes.count {
      while let end = ends.last, next >= end { ends.removeLast() }
      rows.append((next, ends.count + 1))
      let end = tree.nodes[next].end
      if end > next + 1, open.contains(next) {
        ends.append(end)
        next += 1
      } else {
        next = max(end, next + 1)
      }
    }
    return rows
  }

  private static func find(_ node: Int, _ rows: ArraySlice<(node: Int, depth: Int)>) -> Int? {
    let low = rows.prefixEnd { $0.node < node }
    return low < rows.endIndex && rows[low].node == node ? low : nil
  }
}
