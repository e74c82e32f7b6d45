import NNRBits
import NNRModel
import NNRSyntax

/// An element of a unit that is not the same on both sides.
public struct ElementDiff: Sendable, Hashable {
  /// The element on one side.
  public struct Side: Sendable, Hashable {
    /// The first bit, counted from the start of the unit.
    public let bit: Int
    /// The number of bits.
    public let length: Int
    /// The value.
    public let value: ElementValue
    /// What the value is called; nil if it has no name.
    public let valueName: String?
  }

  /// The name with indices.
  public let name: String
  /// The element on the first side; nil if it is not there.
  public let a: Side?
  /// The element on the second side; nil if it is not there.
  public let b: Side?
  /// The first bit of the codes that differs, counted from their start; of an element on one side only the first that the
  /// other unit has otherwise at the same place, nil where units are not compared so.
  public let differingBit: Int?

  /// The first bit that differs, counted from the start of the unit that has it earlier; nil where it is not known.
  var firstBit: Int? {
    [a, b].compactMap { $0?.bit }.min().map { $0 + (differingBit ?? 0) }
  }

  /// The same with the sides exchanged.
  public var mirrored: ElementDiff {
    ElementDiff(name: name, a: b, b: a, differingBit: differingBit)
  }

  /// The elements of two units that are not the same; `ignoring` names elements without indices.
  ///
  /// Where the type differs, or a unit cannot be read to its end, the same bits may be different elements: there bits at the
  /// same place are compared, and only elements whose bits differ are listed.
  static func all(_ a: UnitBytes, _ b: UnitBytes, ignoring: Set<String>) -> [ElementDiff] {
    let (left, right) = (a.elements, b.elements)
    let isReadOtherwise =
      a.bytes.count == b.bytes.count && (a.type != b.type || !a.isComplete || !b.isComplete)
    let alignment = SequenceAlignment(left.map(\.name), right.map(\.name))
    return alignment.entries.compactMap { entry in
      let one = entry.a.map { left[$0] }
      let other = entry.b.map { right[$0] }
      guard let node = one ?? other, !ignoring.contains(node.name),
        !ignoring.contains(node.element?.name ?? node.name)
      else { return nil }
      func inPlace(_ node: SyntaxNode?) -> Int? {
        node.flatMap { BitComparison.firstDifference(a, $0.range, b, $0.range) }
      }
      let places = isReadOtherwise ? [one, other].compactMap(inPlace) : []
      if isReadOtherwise, places.isEmpty { return nil }
      guard let one, let other else {
        return ElementDiff(
          name: node.name, a: one.map(Side.init), b: other.map(Side.init),
          differingBit: places.first)
      }
      if one.value != .none, one.value == other.value, one.isWholeValue { return nil }
      guard let bit = BitComparison.firstDifference(a, one.range, b, other.range) else {
        return nil
      }
      return ElementDiff(
        name: one.name, a: Side(one), b: Side(other), differingBit: bit)
    }
  }
}

extension ElementDiff.Side {
  init(_ node: SyntaxNode) {
    bit = node.range.start
    length = node.range.length
    value = node.value
    valueName = node.valueName
  }
}

extension SyntaxNode {
  /// Whether the tree holds all of the value.
  fileprivate var isWholeValue: Bool {
    switch value {
    case .text(let bytes, let total), .bytes(let bytes, let total): bytes.count == total
    default: true
    }
  }
}

/// A unit with its bytes at hand.
struct UnitBytes {
  let type: UnitType?
  /// Whether all of it could be parsed.
  let isComplete: Bool
  let bytes: [UInt8]
  let elements: [SyntaxNode]

  /// The bytes of a unit; nothing where they cannot be had.
  init(_ stream: NNRStream, _ unit: Int) {
    let entry =
      stream.index.entries.indices.contains(unit) ? stream.index.entries[unit] : nil
    type = entry?.type
    bytes = (try? stream.source.read(entry?.bytes ?? 0..<0)) ?? []
    let tree = stream.tree(unit)
    isComplete = tree?.isComplete ?? false
    elements = tree.map { tree in tree.elements.map { tree.nodes[$0] } } ?? []
  }
}

/// Compares runs of bits.
enum BitComparison {
  /// The first bit that differs, counted from the start of both runs; where one is the beginning of the other, the bit
  /// behind it; nil if they are the same.
  static func firstDifference(
    _ a: UnitBytes, _ left: BitRange, _ b: UnitBytes, _ right: BitRange
  ) -> Int? {
    let length = min(left.length, right.length)
    var bit = 0
    // Bytes at a time where both runs stand alike.
    if left.start & 7 == 0, right.start & 7 == 0 {
      let (i, j) = (left.start >> 3, right.start >> 3)
      var byte = 0
      while byte < length >> 3, i + byte < a.bytes.count, j + byte < b.bytes.count,
        a.bytes[i + byte] == b.bytes[j + byte]
      {
        byte += 1
      }
      bit = byte << 3
    }
    while bit < length {
      if self.bit(a.bytes, left.start + bit) != self.bit(b.bytes, right.start + bit) { return bit }
      bit += 1
    }
    return left.length == right.length ? nil : length
  }

  private static func bit(_ bytes: [UInt8], _ place: Int) -> UInt8 {
    let byte = place >> 3
    return byte < bytes.count ? bytes[byte] >> UInt8(7 - (place & 7)) & 1 : 0
  }
}
