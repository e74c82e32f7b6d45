import NNRSyntax
import Ordering

/// The rows of the syntax table of one unit: its elements, the parts of composite ones below them.
struct SyntaxRows: Sendable {
  /// The unit; -1 for none.
  private(set) var unit = -1
  /// The places in the tree, in order.
  private(set) var places: [Int] = []

  /// No unit.
  init() {}

  /// The rows of a unit's tree.
  init(_ tree: SyntaxTree?, unit: Int) {
    self.unit = unit
    guard let tree else { return }
    places = tree.nodes.indices.filter {
      switch tree.nodes[$0].kind {
      case .structure: false
      case .element, .unparsed: true
      case .containedUnit: true
      }
    }
  }

  /// The row of a node, or of the first element in it.
  func row(of node: Int?) -> Int {
    guard let node else { return 0 }
    let low = places.prefixEnd { $0 < node }
    return max(0, min(low, places.count - 1))
  }
}
