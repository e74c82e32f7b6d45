import NNRSyntax
import TerminalScreen

/// The syntax tables of the selected unit, and where in them the selection stands.
struct StandardTable: Sendable {
  /// Whether the syntax pane shows them.
  var isShown = false
  /// The unit; -1 for none.
  private(set) var unit = -1
  /// The rows.
  private(set) var rows: [StandardRow] = []
  /// Selection and scroll position.
  var list = ListState()
  /// The place that was selected when the selection was put on a row without a node.
  var anchor: Location?

  /// Nothing shown.
  init() {}

  /// Takes the rows of a unit.
  mutating func load(_ tree: SyntaxTree?, unit: Int, context: UnitContext) {
    // Another state of the file is looked at where the one before was.
    if self.unit >= 0 {
      list = ListState()
      anchor = nil
    }
    self.unit = unit
    rows = tree.map { StandardWalk.rows($0, context: context) } ?? []
  }

  /// Forgets the unit, because its stream is another one now.
  mutating func unload() { unit = -1 }

  /// The row of a node, or of what is listed around it.
  func row(of node: Int) -> Int? {
    var found: Int?
    for (row, candidate) in rows.enumerated() {
      guard let place = candidate.node else { continue }
      if place > node { break }
      found = row
    }
    return found
  }
}
