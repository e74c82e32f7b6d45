import NNRBits

/// The tree of one unit: nodes in the order of the bitstream, parents before their children.
public struct SyntaxTree: Sendable {
  /// The nodes; the first is the unit itself.
  public let nodes: [SyntaxNode]
  /// The rules that the unit's own syntax breaks.
  public let diagnostics: [Diagnostic]
  /// The number of bits of the unit.
  public let bitCount: Int
  /// The first bit behind size and header; the unit's payload starts there.
  public let payloadStart: Int
  /// The reading that was chosen.
  public let reading: Reading
  /// What was given from outside; nil if nothing was needed or known.
  public let outOfBand: OutOfBand?
  /// The first bit behind what the syntax asks for; nil if it could not be followed to its end.
  public let contentEnd: Int?
  /// Whether the whole unit could be parsed.
  public let isComplete: Bool
  /// Whether the syntax wants more bits than the unit has.
  public let breaksOff: Bool

  /// The first node of `element`.
  public func node(of element: Element) -> SyntaxNode? {
    nodes.first(of: element).map { nodes[$0] }
  }

  /// The number of the first node of `element`.
  public func number(of element: Element) -> Int? {
    nodes.first(of: element).flatMap { nodes[$0].value.number }
  }

  /// The numbers of all nodes of `element`.
  public func numbers(of element: Element) -> [Int] {
    nodes.places(of: element).compactMap { nodes[$0].value.number }
  }

  /// The coded bytes of all texts of `element`.
  public func texts(of element: Element) -> [[UInt8]] {
    nodes.places(of: element).compactMap { nodes[$0].value.bytes }
  }

  /// The places of the leaves that hold bits, in the order of the bits.
  ///
  /// Their ranges tile the unit.
  public var leaves: [Int] {
    nodes.indices.filter { nodes[$0].end == $0 + 1 && !nodes[$0].range.isEmpty }
  }

  /// The place of the leaf that holds `bit`; nil outside of the unit.
  public func leaf(atBit bit: Int) -> Int? {
    guard bit >= 0, bit < bitCount, !nodes.isEmpty else { return nil }
    var place = 0
    descent: while nodes[place].end > place + 1 {
      for child in children(of: place) where nodes[child].range.contains(bit) {
        place = child
        continue descent
      }
      return nil
    }
    return place
  }

  /// The places of the direct children.
  public func children(of place: Int) -> [Int] {
    var found: [Int] = []
    var next = place + 1
    while next < nodes[place].end {
      found.append(next)
      next = nodes[next].end
    }
    return found
  }

  /// The places of the nodes around `place`, innermost first.
  public func ancestors(of place: Int) -> [Int] {
    Array(sequence(first: place) { nodes[$0].parent }.dropFirst())
  }

  /// The elements in the order of the bitstream, composite ones whole: what JSON and the syntax table list.
  public var elements: [Int] {
    var found: [Int] = []
    var next = 0
    while next < nodes.count {
      switch nodes[next].kind {
      case .structure, .containedUnit: next += 1
      case .element, .unparsed:
        found.append(next)
        next = nodes[next].end
      }
    }
    return found
  }
}

extension [SyntaxNode] {
  /// The place of the first node of `element`.
  func first(of element: NNRSyntax.Element) -> Int? {
    indices.first { self[$0].isOne(of: element) }
  }

  /// The place of the last node of `element`.
  func last(of element: NNRSyntax.Element) -> Int? {
    indices.last { self[$0].isOne(of: element) }
  }

  /// The places of all nodes of `element`.
  func places(of element: NNRSyntax.Element) -> [Int] {
    indices.filter { self[$0].isOne(of: element) }
  }
}
