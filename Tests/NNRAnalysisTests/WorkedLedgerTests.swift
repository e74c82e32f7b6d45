import NNRAnalysis
import NNRBits
import NNRModel
import Testing

/// The worked example of the format reference (9.1 to 9.3), its ledger added up by hand.
@Suite struct WorkedLedgerTests {
  static let bytes: [UInt8] = [
    0x00, 0x04, 0x02, 0x01,
    0x00, 0x08, 0x06, 0x81, 0x00, 0x40, 0x00, 0x80,
    0x00, 0x06, 0x0e, 0x00, 0x00, 0x00,
    0x00, 0x15, 0x16, 0x09, 0x77, 0x00, 0xd0, 0x40, 0xc1, 0x20, 0xa0, 0xc2, 0xa0, 0x80,
    0xf7, 0xdf, 0xa0, 0x03, 0x05, 0x94, 0xf8,
  ]

  private var ledger: BitLedger {
    BitLedger.decoded(
      Session([(MemorySource(Self.bytes), "worked")]), stream: 0, rowBits: true, threads: 1)
  }

  @Test func headersByHand() {
    let totals = ledger.totals
    #expect(totals[.header(.unitSize)] == 64)
    #expect(totals[.header(.unitHeader)] == 32)
    #expect(totals[.header(.identifiers)] == 16)
    #expect(totals[.header(.nodeIds)] == 14)
    #expect(totals[.header(.dimensions)] == 36)
    #expect(totals[.header(.alignment)] == 16)
    #expect(totals[.header(.raw)] == 8)
    #expect(totals[.header(.otherHeader)] == 70)
    #expect(totals[.header(.codebook)] == 0)
    #expect(totals[.unparsed] == 0)
  }

  @Test func payloadByHand() throws {
    let ledger = self.ledger
    let tensor = try #require(ledger.tensors.first)
    let costs = tensor.costs
    func expect(_ costClass: CostClass, _ bits: Double, bins: Int) {
      #expect((costs[costClass] - bits).magnitude < 6e-4, "\(costClass.name)")
      #expect(costs.bins(costClass) == bins, "\(costClass.name)")
    }
    expect(.payload(.quantizationDelta), 8, bins: 8)
    expect(.payload(.rowSkip), 2.923, bins: 3)
    expect(.payload(.shiftParameters), 18, bins: 59)
    expect(.payload(.sigFlag), 5.966, bins: 6)
    expect(.payload(.signFlag), 2.877, bins: 3)
    expect(.payload(.absLevelGreater), 6.396, bins: 6)
    // The terminate bin, the constant, the stop bit and three bits of padding.
    expect(.payload(.termination), 7.833 + 0.00565 + 1 + 3, bins: 1)
    #expect((try #require(tensor.bits) - 56).magnitude < 1e-9)
    #expect(tensor.weights == 6)
    #expect(try #require(tensor.bitsPerWeight) == 56.0 / 6)
    #expect(try #require(tensor.ratio(toWidth: 32)) == 32 / (56.0 / 6))
    let overhead: Double = 8 + 2.923 + 18 + 11.839
    #expect((tensor.overhead - overhead).magnitude < 2e-3)
  }

  @Test func rowsByHand() throws {
    let ledger = self.ledger
    let tensor = try #require(ledger.tensors.first)
    #expect(tensor.rowBits.count == 2)
    #expect(tensor.rowMask == [0, 0])
    let levels: Double = 5.966 + 2.877 + 6.396
    let found = tensor.rowBits.reduce(0, +)
    #expect((found - levels).magnitude < 2e-3)
  }

  @Test func entropiesByHand() throws {
    let ledger = self.ledger
    let tensor = try #require(ledger.tensors.first)
    // 2, -1, 0, 0, 0, 3: three levels once, zero three times.
    #expect((try #require(tensor.entropy) - 1.792481250360578).magnitude < 1e-12)
    // After zero (or nothing): 2, 0, 0, 3; after a positive: -1; after a negative: 0.
    #expect((try #require(tensor.contextEntropy) - 1).magnitude < 1e-12)
  }
}
