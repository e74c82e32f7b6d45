import NNRBits
import NNRModel
import NNRSyntax

/// A unit as the rules look at it: once, in the order of the stream.
struct CheckedUnit {
  /// The stream.
  let stream: NNRStream
  /// The entry of the stream's index.
  let number: Int
  /// Where it is.
  let entry: UnitIndex.Entry
  /// What it says; nil for bytes that are no unit.
  let tree: SyntaxTree?
  /// What the units before it set.
  let parameters: ParameterState
  /// Its facts, for a data unit whose header could be read.
  let data: CompressedDataUnit?

  /// The unit `number` of `stream`.
  init(_ stream: NNRStream, _ number: Int) {
    self.stream = stream
    self.number = number
    entry = stream.index.entries[number]
    tree = stream.tree(number)
    let parameters = stream.parameters(before: number)
    self.parameters = parameters
    let offset = entry.offset
    data =
      entry.type == .compressedData
      ? tree.flatMap {
        CompressedDataUnit($0, unit: number, offset: offset, parameters: parameters)
      } : nil
  }

  /// The value of nnr_unit_type.
  var type: UnitType? { entry.type }

  /// The bits of the whole unit.
  var range: BitRange { BitRange(start: 0, length: entry.size * 8) }

  /// The bits of the first `element`; those of the unit's type where it is absent.
  func range(of element: Element) -> BitRange {
    tree?.node(of: element)?.range ?? tree?.node(of: .nnrUnitType)?.range ?? range
  }

  /// The bits of the payload.
  var payloadRange: BitRange {
    let start = tree?.payloadStart ?? 0
    return BitRange(start: start, length: entry.size * 8 - start)
  }
}

/// Rules that look at the units of a stream one after the other.
protocol StreamRules {
  /// The next unit.
  mutating func look(at unit: CheckedUnit, _ list: inout BreachList)
  /// All units were looked at.
  mutating func finish(_ stream: NNRStream, _ list: inout BreachList)
}

extension StreamRules {
  /// Most rules have nothing to say at the end.
  mutating func finish(_ stream: NNRStream, _ list: inout BreachList) {}
}
