import NNRBits

/// Parses units, choosing among the readings of uncertain syntax.
public enum UnitParser {
  /// The tree of the unit that takes `bytes` of `source`.
  ///
  /// Never fails: what cannot be parsed becomes an `unparsed` node and a diagnostic. Where the format reference leaves
  /// a choice, the reading of the reference software is taken unless only another one fits the unit.
  public static func parse(_ source: any ByteSource, bytes: Range<Int>, context: UnitContext)
    -> SyntaxTree
  {
    func run(_ reading: Reading) -> SyntaxParser {
      var parser = SyntaxParser(source: source, bytes: bytes, context: context, reading: reading)
      parser.parseUnit()
      return parser
    }
    let first = run(Reading())
    if fits(first) { return tree(first) }
    for reading in alternatives(to: first) {
      let other = run(reading)
      if fits(other) { return tree(other) }
    }
    return tree(first)
  }

  private static func fits(_ parser: SyntaxParser) -> Bool {
    guard !parser.failed else { return false }
    // With assumed dimensions the position of the alignment bit is the only witness.
    let assumed =
      parser.value(of: .countTensorDimensions) == nil && parser.value(of: .payloadType) != nil
    guard assumed, parser.context.outOfBand == nil else { return true }
    return !parser.diagnostics.contains { [.h04, .n14, .n18].contains($0.rule) }
  }

  private static func alternatives(to parser: SyntaxParser) -> [Reading] {
    var readings = [Reading()]
    if parser.usedMaps {
      readings = [true, false].flatMap { less in
        [true, false].map { bitmask in
          var reading = Reading()
          reading.mapsHoldOneLess = less
          reading.unificationLoopsOverBitmask = bitmask
          return reading
        }
      }
    }
    if parser.usedRecollected {
      readings += readings.map { reading in
        var opaque = reading
        opaque.triesRecollected = false
        return opaque
      }
    }
    if parser.value(of: .payloadType) != nil, parser.value(of: .countTensorDimensions) == nil,
      parser.context.outOfBand == nil
    {
      readings += readings.map { reading in
        var flat = reading
        flat.assumedRank = 1
        return flat
      }
    }
    return Array(readings.dropFirst())
  }

  static func tree(_ parser: SyntaxParser) -> SyntaxTree {
    var diagnostics = parser.diagnostics
    if parser.usedMaps, !parser.failed,
      !parser.reading.mapsHoldOneLess || !parser.reading.unificationLoopsOverBitmask
    {
      let place = parser.nodes.first { node in
        if case .structure(let structure) = node.kind { return structure.hasAlternatives }
        return false
      }
      diagnostics.append(
        Diagnostic(
          .m08, at: place?.range ?? BitRange(start: 0, length: 0),
          parser.reading.mapsHoldOneLess
            ? "the class loop runs to upm_count_classes" : "the map holds count entries"))
    }
    return SyntaxTree(
      nodes: parser.nodes, diagnostics: diagnostics, bitCount: parser.reader.end,
      payloadStart: parser.payloadStart, reading: parser.reading,
      outOfBand: parser.context.outOfBand, contentEnd: parser.contentEnd,
      isComplete: !parser.failed, breaksOff: parser.breaksOff)
  }
}

extension UnitContext {
  /// Takes over what a parsed start unit or model parameter set says.
  public mutating func update(from nodes: [SyntaxNode]) {
    func last(_ elements: Element...) -> Int? {
      elements.compactMap { nodes.last(of: $0) }.max().flatMap { nodes[$0].value.number }
    }
    if let profile = last(.generalProfileIdc) {
      self.profile = profile <= 1 ? profile : fallbackProfile
    }
    if let flag = last(.mpsTopologyIndexedReferenceFlag) { topologyIndexedReference = flag == 1 }
    if let flag = last(.mpsParentSignallingEnabledFlag) { parentSignallingEnabled = flag == 1 }
    if let flag = last(.mpsUnificationFlag) { unificationSignalled = flag == 1 }
    if let methods = last(.mpsQuantizationMethodFlags, .lpsQuantizationMethodFlags) {
      quantizationSignalled = QuantizationMethods(rawValue: methods).signalsMethod
    }
  }
}
