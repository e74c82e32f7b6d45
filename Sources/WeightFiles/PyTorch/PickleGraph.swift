/// What a pickle describes, as nodes that refer to one another: nothing of it was run.
///
/// References may form circles; who follows them must bound the way.
struct PickleGraph {
  /// The number of a node.
  typealias ID = Int

  /// What a node is.
  enum Node {
    /// `None`.
    case none
    /// `True` or `False`.
    case flag(Bool)
    /// A whole number of 64 bits.
    case integer(Int)
    /// A real number.
    case number(Double)
    /// Text.
    case text(String)
    /// A tuple of nodes.
    case tuple([ID])
    /// A list, a set: what it holds is in `elements`.
    case list
    /// A dict: what it holds is in `items`.
    case dictionary
    /// A class or function, by its module and name.
    case global(String)
    /// What a class or function would make of arguments. `items`, `elements` and `states` hold what was added to it.
    case call(function: ID, arguments: ID)
    /// What a number stands for that the writer of the pickle gave away to its container.
    case persistent(ID)
    /// Something else, by what it is: long numbers, bytes, extensions.
    case opaque(String)
  }

  /// The nodes.
  private(set) var nodes: [Node] = []
  /// What was added to lists, and to objects as to lists.
  private(set) var elements: [ID: [ID]] = [:]
  /// What was set in dicts, and in objects as in dicts.
  private(set) var items: [ID: [(key: ID, value: ID)]] = [:]
  /// What objects were given as their state.
  private(set) var states: [ID: ID] = [:]
  /// The node that the pickle is about.
  var root: ID = 0

  /// The most nodes: 200,000 tensors with what belongs to them.
  private static let limit = 1 << 22
  /// Edges beside those of nodes count too.
  private var edges = 0

  /// Adds a node; throws `TensorFileError.tooLarge` when there are too many.
  mutating func add(_ node: Node) throws(TensorFileError) -> ID {
    guard nodes.count < Self.limit else { throw .tooLarge }
    if case .tuple(let members) = node { try count(members.count) }
    nodes.append(node)
    return nodes.count - 1
  }

  /// Adds to a list.
  mutating func append(_ members: [ID], to list: ID) throws(TensorFileError) {
    try count(members.count)
    elements[list, default: []] += members
  }

  /// Sets keys and values, in turn, in a dict.
  mutating func set(_ pairs: [ID], in dictionary: ID) throws(TensorFileError) {
    guard pairs.count % 2 == 0 else { throw .malformed("a key without a value in the pickle") }
    try count(pairs.count)
    for place in stride(from: 0, to: pairs.count, by: 2) {
      items[dictionary, default: []].append((pairs[place], pairs[place + 1]))
    }
  }

  /// Gives an object its state.
  mutating func setState(_ state: ID, of object: ID) { states[object] = state }

  private mutating func count(_ more: Int) throws(TensorFileError) {
    edges += more
    guard edges <= 2 * Self.limit else { throw .tooLarge }
  }

  /// The text of a node; nil if it is none.
  func text(_ id: ID) -> String? {
    if case .text(let text) = nodes[id] { return text }
    return nil
  }

  /// The whole number of a node; nil if it is none.
  func integer(_ id: ID) -> Int? {
    if case .integer(let value) = nodes[id] { return value }
    return nil
  }

  /// The name of a class or function; nil if the node is none.
  func global(_ id: ID) -> String? {
    if case .global(let name) = nodes[id] { return name }
    return nil
  }

  /// The members of a tuple; nil if the node is none.
  func tuple(_ id: ID) -> [ID]? {
    if case .tuple(let members) = nodes[id] { return members }
    return nil
  }
}
