import NNRBits
import NNRSyntax

/// Tells where a unit ends by what it holds, whatever its size says.
///
/// Headers end where their syntax does, raw floats after as many as the dimensions ask for, and a codeword at its terminating
/// bin and stop bit (format reference 4.3). Units that need others, or run on to whatever end they are given, do not tell.
struct UnitMeasure {
  /// The most bytes that a header may take.
  private static let longestHeader = 1 << 18

  private let source: any ByteSource
  /// How many elements and weights may still be read; hostile bytes must not buy much work.
  private var budget: Int

  init(_ source: any ByteSource) {
    self.source = source
    budget = 1 << 18 + 2 * min(source.count, 16 << 20)
  }

  /// The first byte behind the unit that starts at byte `place`, the likeliest first; none if that is not told.
  mutating func ends(of place: Int, _ parameters: ParameterState) -> [Int] {
    guard budget > 0 else { return [] }
    let bytes = place..<min(source.count, place.saturatingAdd(Self.longestHeader))
    let tree = UnitParser.parse(source, bytes: bytes, context: parameters.context)
    budget -= tree.nodes.count + 20
    guard tree.endsByItself, let content = tree.contentEnd else { return [] }
    switch tree.number(of: .nnrUnitType).flatMap(UnitType.init(rawValue:)) {
    case .compressedData: return payloadEnd(tree, place, parameters).map { [$0] } ?? []
    case .aggregate, nil: return []
    default:
      guard content == tree.bitCount else { return [place + content / 8] }
      // Data of a topology runs to the end of the unit, and is an empty string mostly.
      let start = place + tree.payloadStart / 8
      return [start + 1, start].filter { $0 <= source.count }
    }
  }

  private mutating func payloadEnd(_ tree: SyntaxTree, _ place: Int, _ parameters: ParameterState)
    -> Int?
  {
    guard let unit = CompressedDataUnit(tree, unit: 0, offset: place, parameters: parameters)
    else { return nil }
    let weights = unit.codedTensors.reduce(0) { $0.saturatingAdd($1.count ?? budget) }
    guard weights < budget else { return nil }
    let start = unit.payload.lowerBound
    let bytes =
      start..<min(source.count, start + weights * 4 + (unit.payloadType == .rawFloat ? 0 : 64))
    if unit.payloadType == .rawFloat {
      return bytes.count == weights * 4 ? bytes.upperBound : nil
    }
    guard let payload = try? source.read(bytes) else { return nil }
    let dialects: [Dialect] = parameters.context.profile == 1 ? [.d2] : [.d2Profile0, .d1]
    for dialect in dialects {
      budget -= weights
      let decoding = UnitDecoding(unit, parameters: parameters, dialect: dialect)
      if let length = UnitDecoder.codedLength(decoding, payload) { return start + length }
    }
    return nil
  }
}

extension SyntaxTree {
  /// Whether the syntax could be read as it stands, though it may end before the bytes do.
  fileprivate var endsByItself: Bool {
    contentEnd.map { $0 % 8 == 0 } == true
      && diagnostics.allSatisfy {
        [.s10, .n26].contains($0.rule) || !UnitJudge.telling.contains($0.rule)
      }
  }
}
