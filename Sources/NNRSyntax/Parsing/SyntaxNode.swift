import NNRBits

/// A node of a unit's tree: a structure, an element, a worked-out value or bytes that could not be parsed.
public struct SyntaxNode: Sendable {
  /// What a node is.
  public enum Kind: Sendable {
    /// A structure; its rows are the children.
    case structure(Structure)
    /// An element, with the descriptor it was read by. Children are the parts of its code.
    case element(Element, Descriptor)
    /// A unit within an aggregate.
    case containedUnit
    /// Bits that could not be parsed.
    case unparsed
  }

  /// What the node is.
  public let kind: Kind
  /// The values of the loop counters around it, outermost first.
  public let indices: [Int]
  /// The value of an element.
  public internal(set) var value: ElementValue
  /// The bits, counted from the first bit of the unit.
  public internal(set) var range: BitRange
  /// The parent's place in the tree; nil for the root.
  public let parent: Int?
  /// The place behind the last descendant.
  public internal(set) var end: Int
  /// Whether the layout is only recollected, or was chosen among several readings.
  public let isTentative: Bool
  /// The slot of the element; -1 for other nodes.
  ///
  /// Searches compare it, as `kind` cannot be looked at without counting references.
  private let slot: Int

  init(
    kind: Kind, indices: [Int], value: ElementValue, range: BitRange, parent: Int?, end: Int,
    isTentative: Bool
  ) {
    self.kind = kind
    self.indices = indices
    self.value = value
    self.range = range
    self.parent = parent
    self.end = end
    self.isTentative = isTentative
    slot = if case .element(let element, _) = kind { element.slot } else { -1 }
  }

  /// Whether the node is one of `element`.
  public func isOne(of element: Element) -> Bool { slot == element.slot }

  /// The name of what cannot be parsed.
  public static let unparsedName = "unparsed"

  /// The name, with indices: `tensor_dimensions[0]`.
  public var name: String {
    switch kind {
    case .structure(let structure): structure.name
    case .element(let element, _): element.name + indices.map { "[\($0)]" }.joined()
    case .containedUnit: "nnr_unit" + indices.map { "[\($0)]" }.joined()
    case .unparsed: Self.unparsedName
    }
  }

  /// The element; nil for other nodes.
  public var element: Element? {
    if case .element(let element, _) = kind { return element }
    return nil
  }

  /// The descriptor; nil for structures.
  public var descriptor: Descriptor? {
    if case .element(_, let descriptor) = kind { return descriptor }
    return nil
  }

  /// What the value is called, such as `NNR_NDU`; nil if it has no name.
  public var valueName: String? {
    guard case .number(let number) = value else { return nil }
    return element?.allowed.name(of: number)
  }
}
