import DeepCABAC
import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// A header that says something else than its payload was coded for: turned bits, other dimensions, another type.
@Suite struct DamagedHeaderTests {
  private func session(_ bytes: [UInt8]) -> Session { Session([(MemorySource(bytes), "damaged")]) }

  private func diagnose(_ bytes: [UInt8]) throws -> PayloadDiagnosis {
    try #require(PayloadDiagnosis(session(bytes), stream: 0, unit: 3))
  }

  @Test(arguments: [25, 23, 48, 12]) func rowsThatWouldFit(_ listed: Int) throws {
    var stream = EncodedStream()
    stream.change = { $0.set(.tensorDimensions, listed, 17) }
    let found = try diagnose(try stream.bytes())
    #expect(found.failure != nil && found.dimensionsTried > 100)
    let fits = found.explanations.map(\.readings)
    #expect(fits.contains([.dimensions([24, 17], from: [listed, 17])]), "\(fits)")
    let summary = try #require(
      found.explanations.first { $0.readings == [.dimensions([24, 17], from: [listed, 17])] }
    ).summary
    #expect(summary == "24 rows: they would fit (24×17, the header says \(listed)×17)")
  }

  /// Every bit of the header that spoils the payload when it is turned is found again, or another reading as good.
  @Test func turnedBitsOfTheHeader() throws {
    let bytes = try EncodedStream().bytes()
    let sound = session(bytes)
    let entry = sound.streams[0].index.entries[3]
    let tree = try #require(sound.streams[0].tree(3))
    var explained = 0
    for node in tree.nodes
    where node.range.start >= 64 && node.range.end <= tree.payloadStart
      && [.dqFlag, .tensorDimensionsFlag, .codebookPresentFlag, .compressedParameterTypes]
        .contains(where: { node.isOne(of: $0) })
    {
      let bit = entry.offset * 8 + node.range.start
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(7 - bit % 8)
      guard let found = PayloadDiagnosis(session(damaged), stream: 0, unit: 3),
        found.failure != nil
      else { continue }
      explained += 1
      #expect(!found.explanations.isEmpty, "bit \(node.range.start), \(node.name)")
    }
    #expect(explained >= 1)
  }

  @Test func integersThatAreCalledFloats() throws {
    let encoder = PayloadEncoder()
    let levels = (0..<408).map { $0 * 7 % 29 - 14 }
    _ = try encoder.encode(
      CodedTensorParameters(dimensions: [24, 17], unaryLength: 11), TensorEncoding(levels: levels))
    var writer = StreamWriter(.start(), .modelParameters, .emptyTopology)
    writer.append(.tensor("w", 24, 17, payload: encoder.finish().bytes).set(.payloadType, 0))
    // The last of the five bits of the type, behind size, unit type and two flags.
    var damaged = writer.bytes
    damaged[writer.units[3].offset + 3] ^= 1 << 3
    let found = try diagnose(damaged)
    let best = try #require(found.explanations.first)
    #expect(best.readings == [.header(.payloadType, 0)] && best.largest == 14)
    #expect(best.summary.contains("NNR_PT_INT"))
  }

  /// A turned bit of the payload: no other reading ends well, and it is said from where on nothing holds.
  @Test func turnedBitOfThePayload() throws {
    let bytes = try EncodedStream().bytes()
    var told = 0
    for place in [40, 70, 100] {
      var damaged = bytes
      damaged[damaged.count - place] ^= 0x10
      let found = try diagnose(damaged)
      guard found.failure != nil, found.explanations.isEmpty else { continue }
      told += 1
      #expect(found.bitsTried > 20 && found.dimensionsTried > 0)
      #expect(!found.events.isEmpty)
    }
    #expect(told > 0)
  }
}
