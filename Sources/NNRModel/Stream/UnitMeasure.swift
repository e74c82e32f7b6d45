import NNRBits
import NNRSyntax

/// Tells where a unit ends by what it holds, whatever its size says.
///
/// Units whose integers depend on others do not tell, nor those that cost more to read than hostile bytes may buy.
struct UnitMeasure {
  /// What tells the end of a unit; places are bytes of the file.
  enum End {
    /// A codeword with its terminating bin and stop bit (format reference 4.3), or raw floats by their number, ends there.
    case payload(Int)
    /// The syntax asks for no more.
    case syntax(Int)
    /// Nothing: data from there on takes all that is left.
    case open(Int)
  }

  /// The most bytes that a header may take.
  private static let longestHeader = 1 << 16

  private let source: any ByteSource
  /// How much work is left, in elements; eight weights, 16 bytes in vain or 64 of a payload count as one.
  private var budget: Int
  /// What was asked last: the unit that confirms another is the next to be asked for.
  private var last: (place: Int, parameters: ParameterState, end: End?)?

  init(_ source: any ByteSource) {
    self.source = source
    budget = 1 << 19 + 2 * min(source.count, 4 << 20)
  }

  /// The end of the unit of a type that starts at byte `place`; nil if it does not tell.
  mutating func end(of place: Int, _ type: UnitType, _ parameters: ParameterState) -> End? {
    if let last, last.place == place, last.parameters.readsPayloads(as: parameters) {
      return last.end
    }
    guard budget > 0, type.isKnown, type != .aggregate else { return nil }
    let end = measured(place, type, parameters)
    last = (place, parameters, end)
    return end
  }

  private mutating func measured(_ place: Int, _ type: UnitType, _ parameters: ParameterState)
    -> End?
  {
    let bytes = place..<min(source.count, place.saturatingAdd(Self.longestHeader))
    let tree = UnitParser.parse(source, bytes: bytes, context: parameters.context)
    guard tree.endsByItself, let content = tree.contentEnd else {
      budget -= tree.nodes.count + bytes.count / 16 + 20
      return nil
    }
    budget -= tree.nodes.count + tree.payloadStart / 512 + 20
    if type == .compressedData { return payloadEnd(tree, place, parameters).map(End.payload) }
    let runsOn = tree.node(of: .topologyData) != nil || tree.node(of: .quantizationData) != nil
    return runsOn ? .open(place + tree.payloadStart / 8) : .syntax(place + content / 8)
  }

  private mutating func payloadEnd(_ tree: SyntaxTree, _ place: Int, _ parameters: ParameterState)
    -> Int?
  {
    guard let unit = CompressedDataUnit(tree, unit: 0, offset: place, parameters: parameters),
      !unit.temporalContexts
    else { return nil }
    let weights = unit.codedTensors.reduce(0) { $0.saturatingAdd($1.count ?? .max) }
    guard weights / 8 < budget else { return nil }
    let start = unit.payload.lowerBound
    if unit.payloadType == .rawFloat {
      let end = start + weights * 4
      return end <= source.count ? end : nil
    }
    // A level takes up to 8 bytes and some bins of its context.
    let bytes = start..<min(source.count, start + weights * 9 + 64)
    budget -= bytes.count / 64
    guard let payload = try? source.read(bytes) else { return nil }
    let dialects: [Dialect] = parameters.context.profile == 1 ? [.d2] : [.d2Profile0, .d1]
    for dialect in dialects {
      budget -= weights / 8
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
