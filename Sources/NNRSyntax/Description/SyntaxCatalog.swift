/// Every element and structure of the syntax, found by walking the description from the unit down.
public struct SyntaxCatalog: Sendable {
  /// An element where it is read: in which structure, under which conditions.
  public struct Entry: Sendable {
    /// The element.
    public let element: Element
    /// Its descriptor there.
    public let descriptor: Descriptor
    /// The structure that reads it.
    public let structure: Structure
    /// The conditions that must hold, outermost first, those of enclosing structures included.
    public let conditions: [Expression]
    /// The counters of the loops around it.
    public let counters: [String]

    /// The presence condition as text.
    public var condition: String {
      conditions.isEmpty
        ? "always" : conditions.map(\.description).joined(separator: " && ")
    }
  }

  /// All places where elements are read, in the order of the syntax.
  public let entries: [Entry]
  /// All structures, each once, in the order of the syntax.
  public let structures: [Structure]
  private let places: [Element: [Int]]

  /// The catalog of the syntax of units.
  public static let standard = SyntaxCatalog(roots: [.unit])

  /// The catalog of the messages that carry units in videos.
  public static let messages = SyntaxCatalog(roots: [
    .postFilterCharacteristics, .postFilterActivation,
  ])

  /// The catalog of `roots` and all they contain.
  init(roots: [Structure]) {
    var walk = Walk()
    for root in roots { walk.visit(root, [], []) }
    entries = walk.entries
    structures = walk.structures
    places = Dictionary(grouping: walk.entries.indices) { walk.entries[$0].element }
  }

  /// The places where `element` is read.
  public func entries(of element: Element) -> [Entry] {
    (places[element] ?? []).map { entries[$0] }
  }

  /// All elements, each once, in the order of the syntax.
  public var elements: [Element] {
    var seen: Set<Element> = []
    return entries.map(\.element).filter { seen.insert($0).inserted }
  }

  private struct Walk {
    var entries: [Entry] = []
    var structures: [Structure] = []

    mutating func visit(_ structure: Structure, _ conditions: [Expression], _ counters: [String]) {
      if !structures.contains(where: { $0 === structure }) { structures.append(structure) }
      visit(structure.items, structure, conditions, counters)
    }

    mutating func visit(
      _ items: [SyntaxItem], _ structure: Structure, _ conditions: [Expression],
      _ counters: [String]
    ) {
      for item in items {
        switch item {
        case .read(let element, let descriptor, _):
          entries.append(
            Entry(
              element: element, descriptor: descriptor, structure: structure,
              conditions: conditions, counters: counters))
        case .structure(let inner): visit(inner, conditions, counters)
        case .when(let condition, let rows, let otherwise):
          visit(rows, structure, conditions + [condition], counters)
          visit(otherwise, structure, conditions + [condition == 0], counters)
        case .loop(let counter, let count, _, _, let rows):
          visit(
            rows, structure, conditions + [.variable(.counter(counter)) < count],
            counters + [counter])
        case .composite(let element, _, let rows):
          entries.append(
            Entry(
              element: element, descriptor: element.descriptor, structure: structure,
              conditions: conditions, counters: counters))
          visit(rows, structure, conditions, counters)
        case .derive, .constraint: break
        }
      }
    }
  }
}

extension Variable {
  /// A loop counter, as it stands in conditions.
  static func counter(_ name: String) -> Variable {
    Variable(name: name, meaning: "loop counter") { _ in 0 }
  }
}
