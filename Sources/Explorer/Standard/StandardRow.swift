/// A row of a syntax table as the standard prints it, with what happened to it in a unit.
struct StandardRow: Sendable, Hashable {
  /// What the row says.
  enum Kind: Sendable, Hashable {
    /// A structure; its rows follow.
    case structure
    /// An element.
    case element
    /// A condition; `holds` in this unit.
    case condition(holds: Bool)
    /// The other branch of a condition.
    case otherwise
    /// A loop with the number of its turns; nil where it was not reached.
    case loop(turns: Int?)
    /// A turn of a loop, with its counter.
    case turn
    /// Turns of a loop that are not listed.
    case gap
    /// A worked-out value.
    case derived
    /// A condition that must hold; whether it does.
    case constraint(holds: Bool)
    /// Bits without syntax.
    case unparsed
  }

  /// What became of it.
  enum State: Sendable, Hashable {
    /// It was read.
    case taken
    /// Its branch was not taken.
    case skipped
    /// Parsing ended before it.
    case unreached
  }

  /// What it says.
  var kind: Kind
  /// What became of it.
  var state: State
  /// How deep it stands.
  var depth: Int
  /// The text of the first column.
  var text: String
  /// How it is written; empty for rows that are no elements.
  var descriptor = ""
  /// The node of the tree; for a gap the first one in it.
  var node: Int?
  /// The value of what is not an element of the tree.
  var note = ""
  /// The values that the operands of a condition had.
  var operands: [String: Int] = [:]
  /// What operands are that are no elements.
  var meanings: [String: String] = [:]
  /// Whether the layout is a guess.
  var isTentative = false
}
