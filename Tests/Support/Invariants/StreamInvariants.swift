import NNRBits
import NNRModel
import NNRSyntax

/// What holds for every stream, whatever its bytes.
public enum StreamInvariants {
  /// The invariants that the stream of `bytes` breaks, as sentences; empty if none.
  ///
  /// The stream is parsed twice: from the first unit to the last, and backwards with a cache that holds next to
  /// nothing.
  public static func broken(in bytes: [UInt8], named name: String = "bytes") -> [String] {
    let forward = NNRStream(source: MemorySource(bytes), name: name)
    let backward = NNRStream(source: MemorySource(bytes), name: name, cacheBytes: 1)
    return broken(in: forward, comparedWith: backward)
  }

  /// The invariants that `stream` breaks, and how a second stream over the same bytes differs from it.
  public static func broken(in stream: NNRStream, comparedWith other: NNRStream? = nil) -> [String]
  {
    var found = brokenByEntries(stream)
    if let other {
      if other.index.entries != stream.index.entries { found.append("two walks give two indexes") }
      for unit in stride(from: other.unitCount - 1, through: 0, by: -1) { _ = other.tree(unit) }
    }
    for unit in 0..<stream.unitCount where stream.index.entries[unit].type != nil {
      found += broken(unit: unit, of: stream)
      guard let other, let tree = stream.tree(unit) else { continue }
      if other.tree(unit).map(TreeFingerprint.init) != TreeFingerprint(tree) {
        found.append("unit \(unit): parsed backwards it is another tree")
      }
    }
    return found
  }

  /// The invariants that the tree of a unit breaks; bytes that are no unit have none.
  static func broken(unit: Int, of stream: NNRStream) -> [String] {
    guard stream.index.entries[unit].type != nil else { return [] }
    guard let tree = stream.tree(unit) else { return ["unit \(unit): no tree"] }
    var found = TreeInvariants.broken(in: tree).map { "unit \(unit): \($0)" }
    if tree.bitCount != stream.index.entries[unit].size * 8 {
      found.append("unit \(unit): the tree has \(tree.bitCount) bits")
    }
    return found
  }

  /// The invariants that the index breaks.
  static func brokenByEntries(_ stream: NNRStream) -> [String] {
    var found: [String] = []
    var place = 0
    for (number, entry) in stream.index.entries.enumerated() {
      if entry.offset != place {
        found.append("unit \(number) starts at \(entry.offset), not \(place)")
      }
      if entry.size <= 0 { found.append("unit \(number) has \(entry.size) bytes") }
      place = entry.offset + entry.size
    }
    if place != stream.size { found.append("the units end at \(place) of \(stream.size)") }
    for diagnostic in stream.index.diagnostics
    where diagnostic.range.start < 0 || diagnostic.range.end > stream.size * 8 {
      found.append("\(diagnostic.rule.id) of the index lies outside of the file")
    }
    return found
  }
}

/// What holds for the tree of every unit.
public enum TreeInvariants {
  /// The invariants that `tree` breaks, as sentences; empty if none.
  public static func broken(in tree: SyntaxTree) -> [String] {
    var found: [String] = []
    var next = 0
    for place in tree.leaves {
      let range = tree.nodes[place].range
      if range.start != next { found.append("leaf \(place) starts at \(range.start), not \(next)") }
      next = range.end
    }
    if next != tree.bitCount { found.append("the leaves end at \(next) of \(tree.bitCount)") }
    for (place, node) in tree.nodes.enumerated() { found += broken(node, place, tree.nodes) }
    for diagnostic in tree.diagnostics
    where diagnostic.range.start < 0 || diagnostic.range.end > tree.bitCount {
      found.append("\(diagnostic.rule.id) lies outside of the unit")
    }
    if tree.payloadStart < 0 || tree.payloadStart > tree.bitCount {
      found.append("the payload starts at \(tree.payloadStart)")
    }
    found += brokenByLookUp(tree)
    return found
  }

  private static func broken(_ node: SyntaxNode, _ place: Int, _ nodes: [SyntaxNode]) -> [String] {
    var found: [String] = []
    if node.end <= place || node.end > nodes.count {
      found.append("node \(place) ends at \(node.end)")
    }
    guard let parent = node.parent else {
      return place == 0 ? found : found + ["node \(place) has no parent"]
    }
    guard parent >= 0, parent < place else { return found + ["node \(place) has parent \(parent)"] }
    let outer = nodes[parent]
    if node.end > outer.end { found.append("node \(place) ends behind its parent \(parent)") }
    if node.range.start < outer.range.start || node.range.end > outer.range.end {
      found.append("node \(place) \(node.range) sticks out of \(parent) \(outer.range)")
    }
    return found
  }

  /// Looks up the ends and some bits between them.
  private static func brokenByLookUp(_ tree: SyntaxTree) -> [String] {
    let step = max(1, tree.bitCount / 11)
    let bits = Array(stride(from: 0, to: tree.bitCount, by: step)) + [tree.bitCount - 1]
    var found: [String] = []
    for bit in bits where bit >= 0 {
      guard let leaf = tree.leaf(atBit: bit) else {
        found.append("no leaf holds bit \(bit)")
        continue
      }
      let node = tree.nodes[leaf]
      if !node.range.contains(bit) || node.end != leaf + 1 {
        found.append("leaf(atBit: \(bit)) gives \(node.name) \(node.range)")
      }
    }
    if tree.leaf(atBit: -1) != nil || tree.leaf(atBit: tree.bitCount) != nil {
      found.append("bits outside of the unit have a leaf")
    }
    return found
  }
}

/// All that a tree says, to compare trees of two runs.
public struct TreeFingerprint: Hashable, Sendable {
  private struct Node: Hashable, Sendable {
    var structure: ObjectIdentifier?
    var element: ObjectIdentifier?
    var indices: [Int]
    var value: ElementValue
    var range: BitRange
    var parent: Int?
    var end: Int
    var isTentative: Bool
  }

  private var nodes: [Node]
  private var diagnostics: [Diagnostic]
  private var reading: Reading
  private var isComplete: Bool

  /// What `tree` says.
  public init(_ tree: SyntaxTree) {
    nodes = tree.nodes.map { node in
      var structure: ObjectIdentifier?
      if case .structure(let inner) = node.kind { structure = ObjectIdentifier(inner) }
      return Node(
        structure: structure, element: node.element.map { ObjectIdentifier($0) },
        indices: node.indices, value: node.value, range: node.range, parent: node.parent,
        end: node.end, isTentative: node.isTentative)
    }
    diagnostics = tree.diagnostics
    reading = tree.reading
    isComplete = tree.isComplete
  }
}
