import NNRBits
import NNRModel
import NNRSyntax

extension Location {
  /// How far a unit is looked for where it no longer stands at its number.
  private static let reach = 2_000

  /// The same place in another state of a file: the unit of the same tensor and the same element in it, where they exist.
  func carried(from old: DocumentState, to stream: NNRStream) -> Location {
    let unit = Self.unit(self.unit, of: old, in: stream)
    var place = Location(unit: unit, bit: bit)
    guard let before = old.stream.tree(self.unit), let node, before.nodes.indices.contains(node)
    else { return place.valid(in: stream) }
    let wanted = before.nodes[node]
    let nodes = stream.tree(unit)?.nodes ?? []
    let same = nodes.indices.first {
      Self.isSame(nodes[$0], wanted)
        || $0 == node && wanted.element == nil && nodes[$0].element == nil
          && nodes[$0].name == wanted.name
    }
    guard let same else {
      // The element is gone: the unit is what is left of the place.
      return Location(unit: unit).valid(in: stream)
    }
    let range = nodes[same].range
    place.node = same
    place.bit = range.start + min(max(0, bit - wanted.range.start), max(0, range.length - 1))
    return place.valid(in: stream)
  }

  private static func isSame(_ one: SyntaxNode, _ other: SyntaxNode) -> Bool {
    guard let element = one.element, let wanted = other.element else { return false }
    return element === wanted && one.indices == other.indices
  }

  /// The number of the unit that codes the same tensor, or is of the same type, nearest to where it was.
  private static func unit(_ unit: Int, of old: DocumentState, in stream: NNRStream) -> Int {
    let entries = stream.index.entries
    guard old.stream.index.entries.indices.contains(unit), !entries.isEmpty else { return unit }
    let type = old.stream.index.entries[unit].type
    let known = old.survey.units.indices.contains(unit) ? old.survey.units[unit].names : nil
    let names = known ?? old.stream.compressedDataUnit(unit)?.nameTexts ?? []
    func fits(_ number: Int) -> Bool {
      guard entries.indices.contains(number), entries[number].type == type else { return false }
      return names.isEmpty || stream.compressedDataUnit(number)?.nameTexts == names
    }
    let far = min(reach, max(unit, entries.count))
    for distance in 0...far {
      if fits(unit - distance) { return unit - distance }
      if fits(unit + distance) { return unit + distance }
    }
    return unit
  }
}
