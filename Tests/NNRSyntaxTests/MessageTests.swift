import NNRBits
import NNRSyntax
import TestSupport
import Testing

/// Messages about post-filters: what the writer writes by the description, the parser reads by it.
@Suite struct MessageTests {
  /// A small value that is allowed, so that counts stay below their limits.
  private static func value(
    _ element: Element, _ random: inout SeededGenerator
  ) -> UnitPlan.Coded? {
    switch element {
    case .nnpfcNumInputPicsMinus1: return .number(random.pick(0...5))
    case .nnpfcNumMetadataExtensionBits, .nnpfaNumOutputEntries: return .number(random.pick(0...9))
    default: break
    }
    switch (element.allowed, element.descriptor) {
    case (.named(let names, _), _):
      return .number(names.keys.sorted().randomElement(using: &random) ?? 0)
    case (.range(let range), _):
      return .number(random.pick(range.lowerBound...min(range.upperBound, 70_000)))
    case (.mask, .u): return .number(random.pick(0...255))
    case (.mask, _): return .number(random.pick(0...7))
    case (_, .ue): return .number(random.pick(0...1_000))
    case (_, .ie): return .number(random.pick(-500...500))
    case (_, .u(let count)): return .number(random.pick(0...(1 << count - 1)))
    case (_, .st): return .bytes(random.bytes(random.pick(0...9)).map { $0 % 255 + 1 })
    case (_, .payloadBytes): return .bytes(random.bytes(random.pick(0...9)))
    default: return nil
    }
  }

  @Test(arguments: 0..<RandomCases.count(400)) func whatIsWrittenIsRead(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var plan = UnitPlan(type: 0)
    for element in SyntaxCatalog.messages.elements {
      let values = (0..<8).compactMap { _ in Self.value(element, &random) }
      if !values.isEmpty { plan = plan.with(element, values) }
    }
    plan = plan.set(.nnpfcModeIdc, seed % 2).set(.nnpfaCancelFlag, seed % 3 == 0 ? 1 : 0)
    for structure in [Structure.postFilterCharacteristics, .postFilterActivation] {
      let written = UnitWriter.message(structure, plan)
      var bytes = written.bytes
      let end = written.elements.last.map { $0.range.end } ?? 0
      // The stop bit, where the message does not end at a byte.
      if end % 8 != 0 { bytes[bytes.count - 1] |= 0x80 >> UInt8(end % 8) }
      let tree = MessageParser.parse(MemorySource(bytes), as: structure)
      let found = tree.elements.map { tree.nodes[$0] }
        .filter { !$0.name.hasPrefix("payload_bit_equal") }
      #expect(tree.isComplete, "seed \(seed)")
      #expect(found.map(\.name) == written.elements.map(\.name), "seed \(seed)")
      #expect(found.map(\.range) == written.elements.map(\.range), "seed \(seed)")
      for (node, element) in zip(found, written.elements) where node.value != .none {
        #expect(node.value == element.value, "seed \(seed): \(node.name)")
      }
      #expect(tree.leaves.map { tree.nodes[$0].range.length }.reduce(0, +) == bytes.count * 8)
    }
  }

  @Test func anyBytesAreReadToTheirEnd() {
    for seed in 0..<RandomCases.count(2_000) {
      var random = SeededGenerator(seed: UInt64(seed))
      let bytes = random.bytes(random.pick(0...60))
      for structure in [Structure.postFilterCharacteristics, .postFilterActivation] {
        let tree = MessageParser.parse(MemorySource(bytes), as: structure)
        var bit = 0
        for leaf in tree.leaves {
          #expect(tree.nodes[leaf].range.start == bit, "seed \(seed)")
          bit = tree.nodes[leaf].range.end
        }
        #expect(bit == bytes.count * 8, "seed \(seed)")
      }
    }
  }
}
