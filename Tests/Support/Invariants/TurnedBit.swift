import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax

/// A bit of a stream that says what a unit is, what it is called or how it is read.
public struct TurnedBit: Sendable, CustomStringConvertible {
  /// The number of the unit.
  public let unit: Int
  /// The element, with indices.
  public let element: String
  /// The bit, counted from the start of the unit.
  public let bit: Int

  /// What a diff says about it.
  public enum Outcome: Equatable, Sendable {
    /// Exactly this element and bit.
    case named
    /// With the bit turned the file falls apart into other units: there is nothing to compare one by one.
    case otherUnits
    /// Something else.
    case missed(String)
  }

  private static let elements: [Element] = [
    .nnrUnitType, .topologyElemId, .topologyElemIdIndex, .topologyElemIdList, .generalProfileIdc,
  ]

  /// All such bits of a stream.
  public static func all(in stream: NNRStream) -> [TurnedBit] {
    stream.index.entries.indices.flatMap { unit -> [TurnedBit] in
      guard let tree = stream.tree(unit) else { return [] }
      return tree.nodes.filter { node in elements.contains { $0 === node.element } }.flatMap {
        node in
        (node.range.start..<node.range.end).map {
          TurnedBit(unit: unit, element: node.name, bit: $0)
        }
      }
    }
  }

  /// Compares the only stream of a session, which has these bytes, with the same stream with this bit turned; payloads are
  /// not decoded.
  public func outcome(
    in bytes: [UInt8], of whole: Session, _ open: ([UInt8]) -> Session
  ) -> Outcome {
    let start = whole.streams[0].index.entries[unit].offset
    var turned = bytes
    turned[start + bit / 8] ^= 0x80 >> UInt8(bit % 8)
    let other = open(turned)
    func bounds(_ session: Session) -> [Range<Int>] {
      session.streams[0].index.entries.map(\.bytes)
    }
    guard bounds(whole) == bounds(other) else { return .otherUnits }
    var options = DiffOptions()
    options.decodes = false
    let different = SessionDiff(whole, other, options: options).streams[0].units.filter {
      !$0.isSame
    }
    guard different.count == 1, let found = different.first, found.a == unit, found.b == unit,
      !found.isMoved
    else { return .missed("\(different.map { ($0.a, $0.b, $0.isMoved) })") }
    guard found.firstBit == bit else { return .missed("first bit \(found.firstBit ?? -1)") }
    let isNamed = found.elements.contains { difference in
      guard let side = difference.a, let first = difference.differingBit else { return false }
      return difference.name == element && side.bit + first == bit
    }
    return isNamed ? .named : .missed("\(found.elements.map(\.name))")
  }

  /// Unit, element and bit.
  public var description: String { "unit \(unit) \(element) bit \(bit)" }
}
