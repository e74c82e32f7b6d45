import NNRBits

/// Parses the payloads of SEI messages about neural-network post-filters (format reference 13).
public enum MessageParser {
  /// The payload types that are read.
  public static func structure(ofType type: Int) -> Structure? {
    switch type {
    case 210: .postFilterCharacteristics
    case 211: .postFilterActivation
    default: nil
    }
  }

  /// The tree of a payload: all bytes of `source`, emulation prevention removed.
  ///
  /// Never fails: what cannot be parsed becomes an `unparsed` node and a diagnostic. How the bits of metadata are counted is
  /// not known for sure: where the network does not begin with a start unit, the other ways to count are tried.
  public static func parse(_ source: any ByteSource, as structure: Structure) -> SyntaxTree {
    var context = UnitContext()
    context.payload = PayloadExtent(
      bitCount: source.count * 8, lastOneBit: lastOneBit(of: source))
    func run(_ surplus: Int) -> SyntaxTree {
      var reading = Reading()
      reading.metadataSurplus = surplus
      var parser = SyntaxParser(
        source: source, bytes: 0..<source.count, context: context, reading: reading)
      parser.parse(whole: structure)
      return UnitParser.tree(parser)
    }
    let first = run(0)
    guard first.number(of: .nnpfcNumMetadataExtensionBits) ?? 0 > 0, !startsAStream(first, source)
    else { return first }
    let alignment = first.node(of: .nnpfcMetadataAlignmentZeroBit)?.range.length ?? 0
    for surplus in [-alignment, alignment, 2, -2] where surplus != 0 {
      let other = run(surplus)
      if startsAStream(other, source) { return other }
    }
    return first
  }

  /// Whether the bytes carried begin with a start unit.
  private static func startsAStream(_ tree: SyntaxTree, _ source: any ByteSource) -> Bool {
    guard let node = tree.node(of: .nnpfcPayloadByte) else { return false }
    let start = node.range.start / 8
    guard let head = try? source.read(start..<start + 3), let claim = UnitWalk.claim(of: head)
    else { return false }
    return claim.type == 0 && claim.size >= 4 && claim.size <= 16
  }

  private static func lastOneBit(of source: any ByteSource) -> Int {
    var end = source.count
    while end > 0 {
      let start = max(0, end - 4096)
      guard let bytes = try? source.read(start..<end), bytes.count == end - start else { return -1 }
      if let place = bytes.lastIndex(where: { $0 != 0 }) {
        return (start + place) * 8 + 7 - bytes[place].trailingZeroBitCount
      }
      end = start
    }
    return -1
  }
}
