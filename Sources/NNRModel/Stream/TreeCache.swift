import NNRSyntax

/// The trees used last, within a budget of memory.
struct TreeCache: Sendable {
  private struct Held {
    var tree: SyntaxTree
    var used: Int
    var bytes: Int
  }

  private let budget: Int
  private var held: [Int: Held] = [:]
  private var bytes = 0
  private var clock = 0

  init(budget: Int) { self.budget = budget }

  subscript(unit: Int) -> SyntaxTree? {
    mutating get {
      clock += 1
      held[unit]?.used = clock
      return held[unit]?.tree
    }
    set {
      if let old = held.removeValue(forKey: unit) { bytes -= old.bytes }
      guard let newValue else { return }
      clock += 1
      let cost = Self.cost(newValue)
      held[unit] = Held(tree: newValue, used: clock, bytes: cost)
      bytes += cost
      if bytes > budget { shrink(keeping: unit) }
    }
  }

  /// Drops the half that was not used for longest, so that dropping is seldom.
  private mutating func shrink(keeping unit: Int) {
    for (other, entry) in held.sorted(by: { $0.value.used < $1.value.used })
    where other != unit && bytes > budget / 2 {
      held.removeValue(forKey: other)
      bytes -= entry.bytes
    }
  }

  private static func cost(_ tree: SyntaxTree) -> Int {
    tree.nodes.reduce(256) { sum, node in
      sum + MemoryLayout<SyntaxNode>.stride + (node.value.bytes?.count ?? 0)
        + node.indices.count * 8
    }
  }
}
