import NNRSyntax

/// The trees used last, within a budget of memory.
///
/// Two halves: what is used moves into the first, and once that is full the second is dropped whole and the first takes its
/// place. So dropping costs no more than what was put in, however many trees there are.
struct TreeCache: Sendable {
  private struct Half: Sendable {
    var trees: [Int: (tree: SyntaxTree, bytes: Int)] = [:]
    var bytes = 0

    mutating func remove(_ unit: Int) -> (tree: SyntaxTree, bytes: Int)? {
      guard let held = trees.removeValue(forKey: unit) else { return nil }
      bytes -= held.bytes
      return held
    }
  }

  private let budget: Int
  private var recent = Half()
  private var older = Half()

  init(budget: Int) { self.budget = budget }

  subscript(unit: Int) -> SyntaxTree? {
    mutating get {
      if let held = recent.trees[unit] { return held.tree }
      guard let held = older.remove(unit) else { return nil }
      hold(unit, held)
      return held.tree
    }
    set {
      _ = recent.remove(unit)
      _ = older.remove(unit)
      guard let newValue else { return }
      hold(unit, (newValue, Self.cost(newValue)))
    }
  }

  private mutating func hold(_ unit: Int, _ held: (tree: SyntaxTree, bytes: Int)) {
    if recent.bytes > 0, recent.bytes + held.bytes > budget / 2 {
      older = recent
      recent = Half()
    }
    recent.trees[unit] = held
    recent.bytes += held.bytes
  }

  private static func cost(_ tree: SyntaxTree) -> Int {
    tree.nodes.reduce(256) { sum, node in
      sum + MemoryLayout<SyntaxNode>.stride + (node.value.bytes?.count ?? 0)
        + node.indices.count * 8
    }
  }
}
