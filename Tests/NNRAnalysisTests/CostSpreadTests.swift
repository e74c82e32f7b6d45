import DeepCABAC
import NNRAnalysis
import NNRBits
import NNRModel
import TestSupport
import Testing

/// Rows, blocks and contexts of a tensor sum to the bits that the ledger has for it.
@Suite struct CostSpreadTests {
  @Test(arguments: Fixture.quick) func partsSumToTheTensor(_ fixture: Fixture) throws {
    // The reference's reader alone saw this stream; its payload was coded without the layer parameter set.
    if fixture.name == "walk_units" { return }
    let session = try fixture.session()
    try expectParts(session, session.streams.count - 1, atMost: 40)
  }

  @Test(arguments: Array<UInt64>(0..<40)) func partsOfRandomTensors(_ seed: UInt64) throws {
    var stream = EncodedStream(seed: seed)
    let scan = Int(seed % 5)
    let dq = seed % 2 == 1
    stream.parameters = CodedTensorParameters(
      dimensions: [24, 17], dependentQuantization: dq, scanOrder: scan, unaryLength: 11)
    stream.change = { $0.set(.scanOrder, scan).set(.dqFlag, dq ? 1 : 0) }
    let session = try stream.session()
    #expect(BitLedger.decoded(session, stream: 0, threads: 1).tensors[0].isKnown)
    try expectParts(session, 0, atMost: 1)
  }

  private func expectParts(_ session: Session, _ stream: Int, atMost limit: Int) throws {
    let ledger = BitLedger.decoded(session, stream: stream, rowBits: true, threads: 1)
    var looked = 0
    for cost in ledger.tensors where cost.isKnown && looked < limit {
      guard (cost.weights ?? 0) < 60_000 else { continue }
      let spread = try CostSpread(session, stream: stream, cost.tensor)
      guard cost.tensor.quantizer != .raw else {
        #expect(spread == nil)
        continue
      }
      looked += 1
      let found = try #require(spread, "\(cost.name)")
      let bits = cost.costs.total
      let beside = found.beside.reduce(0) { $0 + $1.part.bits }
      #expect((found.bits - bits).magnitude <= 1e-6, "\(cost.name)")
      let rows = found.rows.reduce(0) { $0 + $1.bits }
      let blocks = found.blocks.reduce(0) { $0 + $1.part.bits }
      let contexts = found.contexts.reduce(0) { $0 + $1.part.bits }
      #expect((rows + beside - bits).magnitude <= 1e-6, "\(cost.name)")
      #expect((blocks + beside - bits).magnitude <= 1e-6, "\(cost.name)")
      #expect((contexts - bits).magnitude <= 1e-6, "\(cost.name)")
      for (costClass, bits, bins) in found.costs.charged {
        #expect((bits - cost.costs[costClass]).magnitude <= 1e-5, "\(cost.name) \(costClass.name)")
        #expect(bins == cost.costs.bins(costClass), "\(cost.name) \(costClass.name)")
      }
      // The fast decoder's rows are exact too, also where rows are cut into blocks.
      let far = zip(found.rows, cost.rowBits).filter { ($0.bits - $1).magnitude > 1e-6 }
      #expect(found.rows.count == cost.rowBits.count && far.isEmpty, "\(cost.name)")
      let area = found.blocks.reduce(0) { $0 + $1.rows.count * $1.columns.count }
      #expect(area == cost.weights)
    }
  }
}

/// The ledger of streams from the writer, whole and damaged, sums to the file.
@Suite struct RandomLedgerTests {
  @Test(arguments: Array<UInt64>(0..<20)) func sumsToTheFile(_ batch: UInt64) {
    for number in 0..<100 {
      let stream = RandomStream(seed: batch * 1000 + UInt64(number))
      var options = Session.Options()
      options.maxMemory = 1 << 22
      let session = Session([(MemorySource(stream.bytes), "random")], options: options)
      let ledger = BitLedger.decoded(session, stream: 0, threads: 1)
      let wanted = 8 * Double(stream.bytes.count)
      #expect((ledger.totals.total - wanted).magnitude <= 1e-6, "seed \(stream.seed)")
      for tensor in ledger.tensors {
        let classes = tensor.costs.charged.reduce(0) { $0 + $1.bits }
        #expect(
          tensor.bits.map { ($0 - classes).magnitude <= 1e-6 } ?? true, "seed \(stream.seed)")
      }
    }
  }

  @Test(arguments: Array<UInt64>(0..<16)) func codedTensorsSumToo(_ batch: UInt64) throws {
    for number in 0..<40 {
      let seed = batch * 100 + UInt64(number)
      var stream = EncodedStream(seed: seed)
      let dq = seed % 2 == 1
      stream.parameters = CodedTensorParameters(
        dimensions: [24, 17], dependentQuantization: dq, scanOrder: Int(seed % 5), unaryLength: 11)
      stream.change = { $0.set(.scanOrder, Int(seed % 5)).set(.dqFlag, dq ? 1 : 0) }
      let session = try stream.session()
      let ledger = BitLedger.decoded(session, stream: 0, threads: 1)
      let tensor = try #require(ledger.tensors.first)
      #expect(tensor.isKnown, "seed \(seed)")
      #expect(
        (ledger.totals.total - 8 * Double(ledger.size)).magnitude <= 1e-6, "seed \(seed)")
      // The obvious way: -log2 of the share of the range that each bin keeps, one by one.
      let unit = tensor.tensor.unit
      var trace = try #require(BinTrace(session, stream: 0, unit: unit))
      var sum = 0.0
      var index = 0
      while let bin = trace.bin(index) {
        sum += bin.event.cost
        index += 1
      }
      let termination = tensor.costs[.payload(.termination)]
      let last = trace.bin(index - 1)
      let end = try #require(last).event.cost
      #expect((sum - end - (tensor.costs.total - termination)).magnitude <= 1e-6, "seed \(seed)")
    }
  }
}
