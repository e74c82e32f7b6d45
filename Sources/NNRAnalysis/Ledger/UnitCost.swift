import NNRModel
import NNRSyntax

/// What a unit costs beside its tensors: headers, and what of its payload belongs to no tensor.
public struct UnitCost: Sendable {
  /// How far the payload is known.
  public enum State: Sendable, Hashable {
    /// There is nothing to decode.
    case plain
    /// The payload waits to be decoded; until then it is charged to `unparsed`.
    case pending
    /// The payload was decoded.
    case decoded
    /// The payload could not be decoded to its end; what is left is charged to `unparsed`.
    case failed(DecodeFailure)
  }

  /// The number of the unit.
  public let number: Int
  /// The first byte.
  public let offset: Int
  /// The number of bytes.
  public let size: Int
  /// nnr_unit_type; nil for bytes that are no unit.
  public let type: UnitType?
  /// The bits outside of the arithmetic codeword, without those that belong to a tensor.
  public internal(set) var headers = ClassCosts()
  /// The bits of the arithmetic codeword that belong to no tensor.
  public internal(set) var undecoded = 0.0
  /// The places of its tensors in the ledger.
  public internal(set) var tensors: Range<Int>
  /// The bits of the arithmetic codeword.
  public private(set) var codewordBits = 0
  /// How far the payload is known.
  public internal(set) var state = State.plain

  /// The costs of a unit from its headers.
  init(_ entry: UnitIndex.Entry, number: Int, tree: SyntaxTree?, tensors: Range<Int>) {
    self.number = number
    offset = entry.offset
    size = entry.size
    type = entry.type
    self.tensors = tensors
    guard let tree else {
      headers.add(Double(entry.size) * 8, to: .unparsed)
      return
    }
    var tiled = 0
    for leaf in tree.leaves {
      let length = tree.nodes[leaf].range.length
      tiled += length
      if let header = tree.headerClass(of: leaf) {
        headers.add(Double(length), to: .header(header))
      } else {
        codewordBits += length
      }
    }
    headers.add(Double(entry.size * 8 - tiled), to: .unparsed)
    // Codewords within aggregates have no tensors here and stay undecoded.
    undecoded = Double(codewordBits)
    if !tensors.isEmpty, codewordBits > 0 { state = .pending }
  }

  /// Whether there was nothing to decode, or it was decoded to its end.
  var isDecoded: Bool { state == .plain || state == .decoded }

  /// All bits that the unit itself pays.
  public var costs: ClassCosts {
    var sum = headers
    sum.add(undecoded, to: .unparsed)
    return sum
  }
}
