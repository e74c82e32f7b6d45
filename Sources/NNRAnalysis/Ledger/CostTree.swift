import NNRModel
import NNRSyntax
import Ordering

/// The costs of a stream by the parts of its names: `layer1` holds `layer1.0` holds its tensors.
///
/// A value worked out from a ledger; build it anew when the ledger has grown. Every bit of the stream is in it once: what
/// belongs to no name stands below the root by the type of its unit.
public struct CostTree: Sendable {
  /// What a node stands for.
  public enum Kind: Sendable, Hashable {
    /// A prefix of names, or the stream itself.
    case group
    /// A tensor, by its place in the ledger; the headers of a unit that codes it alone count with it.
    case tensor(Int)
    /// What a unit pays itself, by its number.
    case unit(Int)
    /// Units of a kind that code no tensors.
    case units
  }

  /// A node; its costs include those below.
  public struct Node: Sendable {
    /// What it stands for.
    public let kind: Kind
    /// The last part of its name; not safe to print.
    public let name: String
    /// Its whole name; not safe to print.
    public let path: String
    /// The node around it; nil for the root.
    public let parent: Int?
    /// How many nodes are around it.
    public let depth: Int
    /// The nodes directly below, in natural order of their names.
    public internal(set) var children: [Int] = []
    /// Bits and bins by class.
    public internal(set) var costs = ClassCosts()
    /// The number of weights, saturated.
    public internal(set) var weights = 0
    /// The number of tensors.
    public internal(set) var tensors = 0
    /// The sum of `costs`.
    public internal(set) var bits = 0.0

    /// Bits for each weight; nil without weights.
    public var bitsPerWeight: Double? { weights > 0 ? bits / Double(weights) : nil }
  }

  /// The deepest nesting that names are split to.
  public static let depthLimit = 24

  /// The nodes; the first is the stream.
  public private(set) var nodes: [Node]

  /// The tree of a ledger.
  public init(_ ledger: BitLedger) {
    nodes = [Node(kind: .group, name: ledger.file, path: "", parent: nil, depth: 0)]
    var groups: [String: Int] = [:]
    for unit in ledger.units {
      if unit.tensors.isEmpty {
        addPlain(unit, &groups)
      } else {
        add(unit, ledger, &groups)
      }
    }
    // Children follow their parents, so sums flow upwards in one pass from the end.
    for place in nodes.indices.reversed() {
      nodes[place].bits = nodes[place].costs.total
      guard let parent = nodes[place].parent else { continue }
      nodes[parent].costs.add(nodes[place].costs)
      nodes[parent].weights = nodes[parent].weights.saturatingAdd(nodes[place].weights)
      nodes[parent].tensors += nodes[place].tensors
    }
    let names = nodes.map(\.name)
    for place in nodes.indices {
      nodes[place].children.sort { left, right in
        let order = NaturalOrder.compare(names[left], names[right])
        return order != 0 ? order < 0 : left < right
      }
    }
  }

  /// The costs of a stream by groups of its tensors, and of what belongs to none; they sum to the file.
  ///
  /// The headers of a unit count with its tensor, or with the group of all its tensors.
  public static func groups(_ ledger: BitLedger, _ groups: NameGroups) -> [Node] {
    let members = ledger.tensors.map { GroupMember($0.tensor) }
    let found = groups.places(of: members)
    var nodes = found.map {
      Node(kind: .group, name: $0.group, path: $0.group, parent: nil, depth: 0)
    }
    var owner: [Int: Int] = [:]
    for (group, places) in found.map(\.places).enumerated() {
      for place in places {
        owner[place] = group
        nodes[group].costs.add(ledger.tensors[place].costs)
        nodes[group].weights = nodes[group].weights.saturatingAdd(
          ledger.tensors[place].weights ?? 0)
        nodes[group].tensors += 1
      }
    }
    func more(_ name: String) -> Node {
      Node(kind: .units, name: name, path: name, parent: nil, depth: 0)
    }
    var (shared, others) = (more("(headers of several groups)"), more("(units without tensors)"))
    for unit in ledger.units {
      let owners = Set(unit.tensors.compactMap { owner[$0] })
      if let only = owners.first, owners.count == 1 {
        nodes[only].costs.add(unit.costs)
      } else if owners.isEmpty {
        others.costs.add(unit.costs)
      } else {
        shared.costs.add(unit.costs)
      }
    }
    nodes += [shared, others].filter { !$0.costs.isEmpty }
    for place in nodes.indices { nodes[place].bits = nodes[place].costs.total }
    return nodes
  }

  /// The places of all nodes below `root` depth first; `order` gives the order of children and `opens` says which are entered.
  public func places(
    below root: Int = 0, order: ([Int]) -> [Int] = { $0 }, opens: (Int) -> Bool = { _ in true }
  ) -> [Int] {
    guard nodes.indices.contains(root) else { return [] }
    var found: [Int] = []
    var open = [root]
    while let place = open.popLast() {
      found.append(place)
      if opens(place) { open += order(nodes[place].children).reversed() }
    }
    return found
  }

  /// The parts of a name, each with the separator that follows it cut off; the last may hold the rest of a very long one.
  static func parts(_ name: String) -> [Substring] {
    let parts = name.split(
      maxSplits: depthLimit - 1, omittingEmptySubsequences: false,
      whereSeparator: { $0 == "." || $0 == "/" })
    // `a..b` and names that begin or end with a separator are no hierarchy.
    return parts.contains { $0.isEmpty } ? [name[...]] : parts
  }

  private mutating func append(_ kind: Kind, _ name: String, _ path: String, below parent: Int)
    -> Int
  {
    nodes.append(
      Node(kind: kind, name: name, path: path, parent: parent, depth: nodes[parent].depth + 1))
    nodes[parent].children.append(nodes.count - 1)
    return nodes.count - 1
  }

  /// The group that the first parts of a name lead to.
  private mutating func group(
    _ parts: ArraySlice<Substring>, of name: String, _ groups: inout [String: Int]
  )
    -> Int
  {
    var place = 0
    for part in parts {
      let path = String(name[..<part.endIndex])
      if let known = groups[path] {
        place = known
      } else {
        place = append(.group, String(part), path, below: place)
        groups[path] = place
      }
    }
    return place
  }

  private mutating func addPlain(_ unit: UnitCost, _ groups: inout [String: Int]) {
    let type = unit.type?.name ?? "no unit"
    let key = "\u{0}" + type
    let around = groups[key] ?? append(.units, "(\(type))", "(\(type))", below: 0)
    groups[key] = around
    let name = "unit \(unit.number)"
    nodes[append(.unit(unit.number), name, name, below: around)].costs = unit.costs
  }

  private mutating func add(_ unit: UnitCost, _ ledger: BitLedger, _ groups: inout [String: Int]) {
    var shared: ArraySlice<Substring>?
    var first = ""
    for place in unit.tensors {
      let tensor = ledger.tensors[place]
      let parts = Self.parts(tensor.name)
      let prefix = parts.dropLast()
      let around = group(prefix, of: tensor.name, &groups)
      let leaf = append(
        .tensor(place), String(parts.last ?? ""), tensor.name, below: around)
      nodes[leaf].costs = tensor.costs
      nodes[leaf].weights = tensor.weights ?? 0
      nodes[leaf].tensors = 1
      if unit.tensors.count == 1 {
        nodes[leaf].costs.add(unit.costs)
        return
      }
      if let before = shared {
        let same = zip(before, prefix).prefix { $0 == $1 }.count
        shared = before.prefix(same)
      } else {
        shared = prefix
        first = tensor.name
      }
    }
    // The header of a block stands where the names of its members part.
    let around = group(shared ?? [], of: first, &groups)
    let name = "(header of unit \(unit.number))"
    nodes[append(.unit(unit.number), name, name, below: around)].costs = unit.costs
  }
}
