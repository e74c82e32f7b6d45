import NNRBits

/// What is coded in the place of an element's value.
public enum Rewriting: Sendable, Hashable {
  /// The coded numbers, one for each time that the element is written.
  case numbers([Int])
  /// Bytes to the end of the unit.
  case bytes([UInt8])
}

/// Why a unit could not be written anew.
public enum RewritingError: Error, Sendable, Hashable {
  /// The unit was not parsed to its end.
  case incomplete
  /// An element is to be written of which neither the unit nor the change has a value; its name.
  case missing(String)
  /// A number does not fit the descriptor of its element; its name.
  case outOfRange(String)
  /// The unit would be larger than a size field can say.
  case tooLarge
}

/// Writes a parsed unit again with some elements changed, by the description of its syntax: what the changes do not name keeps its
/// bits, elements that the changes bring with them are written, others left out, and the size is put right.
public struct UnitRewriter: SyntaxScope {
  private let tree: SyntaxTree
  private let source: [UInt8]
  private let changes: [Rewriting?]
  /// What is known from outside of the unit.
  public let context: UnitContext
  private var out = BitWriter()
  private var numbers: [Element: [Int]] = [:]
  private var texts: [Element: [UInt8]] = [:]
  private var counts = [Int](repeating: 0, count: Element.slotCount)
  /// For each element the place in the tree of the last of its nodes that was looked at; −1 before the first.
  private var places = [Int](repeating: -1, count: Element.slotCount)
  private var counters: [Int] = []

  /// The bytes of the unit `bytes`, whose tree is `tree`, with `changes`.
  ///
  /// The size field has its short form wherever that can say the size.
  public static func rewrite(
    _ bytes: [UInt8], _ tree: SyntaxTree, context: UnitContext, _ changes: [Element: Rewriting]
  ) throws(RewritingError) -> [UInt8] {
    guard tree.isComplete, tree.bitCount == bytes.count * 8 else { throw .incomplete }
    var changes = changes
    changes[.nnrUnitSizeFlag] = .numbers([0])
    changes[.nnrUnitSize] = .numbers([0])
    var writer = UnitRewriter(bytes, tree, context, changes)
    try writer.write(Structure.unit.items)
    return try writer.sized()
  }

  private init(
    _ bytes: [UInt8], _ tree: SyntaxTree, _ context: UnitContext, _ changes: [Element: Rewriting]
  ) {
    self.tree = tree
    source = bytes
    var bySlot = [Rewriting?](repeating: nil, count: Element.slotCount)
    for (element, change) in changes { bySlot[element.slot] = change }
    self.changes = bySlot
    var context = context
    if context.outOfBand == nil { context.outOfBand = tree.outOfBand }
    self.context = context
  }

  // MARK: the values that conditions see

  /// The reading that was chosen for the unit.
  public var reading: Reading { tree.reading }
  /// The bits written so far.
  public var position: Int { out.position }
  /// The last number of an element; nil if it was not written.
  public func value(of element: Element) -> Int? { numbers[element]?.last }
  /// How often an element was written.
  public func count(of element: Element) -> Int { counts[element.slot] }
  /// All numbers of an element.
  public func values(of element: Element) -> [Int] { numbers[element] ?? [] }
  /// The last text of an element; nil if it was not written.
  public func text(of element: Element) -> [UInt8]? { texts[element] }

  // MARK: the walk

  private mutating func write(_ items: [SyntaxItem]) throws(RewritingError) {
    for item in items {
      switch item {
      case .read(let element, let descriptor, let rule): try write(element, descriptor, rule)
      case .structure(let structure): try write(structure.items)
      case .when(let condition, let rows, let otherwise):
        try write(condition.holds(in: self) ? rows : otherwise)
      case .loop(_, let count, let from, let step, let rows):
        let from = from.evaluate(in: self)
        counters.append(from)
        for turn in 0..<max(0, count.evaluate(in: self)) {
          counters[counters.count - 1] = from + turn * step
          try write(rows)
        }
        counters.removeLast()
      case .composite(let element, let value, let rows):
        counts[element.slot] += 1
        let outer = counters
        counters = []
        try write(rows)
        counters = outer
        numbers[element, default: []].append(Expression.variable(value).evaluate(in: self))
      case .derive, .constraint: break
      }
    }
  }

  private mutating func write(
    _ element: Element, _ descriptor: Descriptor, _ rule: ValueRule?
  ) throws(RewritingError) {
    let turn = counts[element.slot]
    counts[element.slot] = turn + 1
    switch changes[element.slot] {
    case .bytes(let bytes): out.raw(bytes)
    case .numbers(let coded):
      guard turn < coded.count else { throw .missing(element.name) }
      try write(coded[turn], element, descriptor)
      let number = rule?.evaluate(self, coded[turn], counters.last ?? 0) ?? coded[turn]
      numbers[element, default: []].append(number)
    case nil:
      if case .alignment = descriptor { return out.byteAlignment() }
      guard let place = nextPlace(of: element) else { throw .missing(element.name) }
      let node = tree.nodes[place]
      out.copy(source, node.range)
      if let number = node.value.number { numbers[element, default: []].append(number) }
      if let bytes = node.value.bytes { texts[element] = bytes }
    }
  }

  /// The place in the tree of the next node of an element; nil behind the last.
  private mutating func nextPlace(of element: Element) -> Int? {
    var place = places[element.slot] + 1
    while place < tree.nodes.count {
      if tree.nodes[place].isOne(of: element) {
        places[element.slot] = place
        return place
      }
      place += 1
    }
    return nil
  }

  private mutating func write(
    _ number: Int, _ element: Element, _ descriptor: Descriptor
  ) throws(RewritingError) {
    switch descriptor {
    case .u(let count):
      guard number >= 0, count >= 63 || number < 1 << count else {
        throw .outOfRange(element.name)
      }
      out.u(UInt64(number), count)
    case .ue(let order):
      guard number >= 0, number <= Int(UInt32.max) else { throw .outOfRange(element.name) }
      out.ue(UInt64(number), min(max(order.evaluate(in: self), 0), 31))
    case .ie(let order):
      guard number.magnitude <= UInt(Int32.max) else { throw .outOfRange(element.name) }
      out.ie(Int64(number), min(max(order.evaluate(in: self), 0), 31))
    default: throw .outOfRange(element.name)
    }
  }

  /// The bytes with the right size in front.
  private func sized() throws(RewritingError) -> [UInt8] {
    var out = out
    var size = out.bytes.count
    guard size > 0x7fff else {
      out.overwrite(at: 1, UInt64(size), 15)
      return out.bytes
    }
    size += 2
    guard size <= 0x7fff_ffff else { throw .tooLarge }
    out.makeRoom(at: 2, 2)
    out.overwrite(at: 0, 1 << 31 | UInt64(size), 32)
    return out.bytes
  }
}
