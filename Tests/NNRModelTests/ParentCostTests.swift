import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// However many units name the same parent, it is read a few times only.
@Suite struct ParentCostTests {
  private static let children = 200

  /// A base of one large unit that no decoder gets through, and its children.
  private func chain(_ change: (UnitPlan) -> UnitPlan) -> (CountingSource, Session) {
    var base = StreamWriter(.start(), .modelParameters, .emptyTopology)
    base.append(.tensor("w", 20, 30, payload: [UInt8](repeating: 0xff, count: 1 << 15)))
    var update = StreamWriter(
      .start(), UnitPlan.modelParameters.set(.mpsParentSignallingEnabledFlag, 1), .emptyTopology)
    for _ in 0..<Self.children {
      update.append(
        change(
          UnitPlan.tensor("w", 20, 30, payload: [0xf7, 0xdf, 0xa0, 0x03])
            .set(.parentNodeIdPresentFlag, 1).set(.putNodeDepth, 1)))
    }
    let source = CountingSource(base.bytes)
    return (source, Session([(source, "base"), (MemorySource(update.bytes), "update")]))
  }

  @Test func aParentThatFailsIsDecodedOnce() {
    let (source, session) = chain {
      $0.set(.parentNodeIdType, 0).set(.temporalContextModelingFlag, 1)
    }
    for unit in 3..<3 + Self.children {
      let failure = session.decode(stream: 1, unit: unit, into: HashingSink())
      #expect(failure?.description == "U02: the version in base cannot be decoded itself")
    }
    #expect(source.bytesRead < 5 * source.count, "\(source.bytesRead) of \(source.count) bytes")
  }

  @Test func aParentIsHashedOnce() throws {
    let (source, session) = chain {
      $0.set(.parentNodeIdType, 1)
        .set(.parentNodePayloadSha256, bytes: [UInt8](repeating: 7, count: 32))
    }
    for unit in 3..<3 + Self.children {
      let header = try #require(session.streams[1].compressedDataUnit(unit))
      #expect(header.parent == .sha256([UInt8](repeating: 7, count: 32)))
      #expect(session.parentMatch(header, in: 0, name: "w") == nil)
    }
    #expect(source.bytesRead < 5 * source.count, "\(source.bytesRead) of \(source.count) bytes")
  }
}
