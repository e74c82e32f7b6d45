/// The values that a condition saw at a place of a finished tree: what was read before it.
public struct TreeScope: SyntaxScope {
  private let tree: SyntaxTree
  private let place: Int
  /// What is known from outside of the unit.
  public let context: UnitContext

  /// The scope in front of the node `place` of `tree`, parsed with `context`.
  public init(_ tree: SyntaxTree, before place: Int, context: UnitContext) {
    self.tree = tree
    self.place = min(max(0, place), tree.nodes.count)
    var context = context
    if context.outOfBand == nil { context.outOfBand = tree.outOfBand }
    self.context = context
  }

  /// The reading that was chosen for the unit.
  public var reading: Reading { tree.reading }

  /// The bit at the place.
  public var position: Int {
    place < tree.nodes.count ? tree.nodes[place].range.start : tree.bitCount
  }

  /// The last value of `element` in front of the place.
  public func value(of element: Element) -> Int? { last(element)?.value.number }

  /// How often `element` stands in front of the place.
  public func count(of element: Element) -> Int {
    places(of: element).count
  }

  /// All values of `element` in front of the place.
  public func values(of element: Element) -> [Int] {
    places(of: element).compactMap { tree.nodes[$0].value.number }
  }

  /// The last text of `element` in front of the place.
  public func text(of element: Element) -> [UInt8]? { last(element)?.value.bytes }

  private func places(of element: Element) -> ArraySlice<Int> {
    tree.nodes.places(of: element).prefix { $0 < place }
  }

  private func last(_ element: Element) -> SyntaxNode? {
    places(of: element).last.map { tree.nodes[$0] }
  }
}
