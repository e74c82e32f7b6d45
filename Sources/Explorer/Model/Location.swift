import NNRBits
import NNRModel
import Ordering

/// The one place that all panes look at: a unit, a node of its tree, a bit.
public struct Location: Hashable, Sendable {
  /// The entry of the stream's index.
  public var unit: Int
  /// The node of the unit's tree; nil for the unit as a whole.
  public var node: Int?
  /// The bit under the cursor, counted from the first bit of the unit.
  public var bit: Int

  /// A place; the start of a unit if only that is given.
  public init(unit: Int = 0, node: Int? = nil, bit: Int = 0) {
    self.unit = unit
    self.node = node
    self.bit = bit
  }
}

extension Location {
  /// The nearest place that exists in a stream.
  func valid(in stream: NNRStream) -> Location {
    guard stream.unitCount > 0 else { return Location() }
    var place = self
    place.unit = min(max(0, unit), stream.unitCount - 1)
    let entry = stream.index.entries[place.unit]
    let bits = entry.size.multipliedReportingOverflow(by: 8).partialValue
    place.bit = min(max(0, bit), max(0, bits - 1))
    guard let node else { return place }
    guard let tree = stream.tree(place.unit), tree.nodes.indices.contains(node) else {
      place.node = nil
      return place
    }
    return place
  }

  /// The place of a bit of the file; nil outside of it.
  static func at(fileBit: Int, in stream: NNRStream) -> Location? {
    guard fileBit >= 0, fileBit / 8 < stream.size else { return nil }
    let entries = stream.index.entries
    let low = entries.prefixEnd { $0.bytes.upperBound <= fileBit / 8 }
    guard entries.indices.contains(low) else { return nil }
    let bit = fileBit - entries[low].offset * 8
    return Location(unit: low, node: stream.tree(low)?.leaf(atBit: bit), bit: bit)
  }
}

/// A place in one of the open streams, as marks and the way back keep it.
public struct Bookmark: Hashable, Sendable {
  /// The stream's number among the open ones.
  public var document: Int
  /// The place in it.
  public var location: Location

  /// A place in a stream.
  public init(document: Int, location: Location) {
    self.document = document
    self.location = location
  }
}
