import TestSupport
import Testing

@testable import DeepCABAC

/// Seeded random round trips: encoder, fast decoder, accounting decoder, stepping decoder.
@Suite struct RoundTripTests {
  static let seeds = Array<UInt64>(0..<64)
  static let perSeed = 330

  @Test(arguments: seeds) func fastDecoderGivesBackTheIntegers(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for number in 0..<Self.perSeed {
      let payload = try RandomPayload(&random)
      let decoder = PayloadDecoder(bytes: payload.bytes)
      var entries: [EntryPoint] = []
      for (tensor, delta) in zip(payload.tensors, payload.deltas) {
        #expect(try decoder.readQuantizationDelta(bits: 8) == delta)
        let (levels, _) = try decoder.decode(
          tensor.parameters, base: tensor.encoding.base, history: tensor.encoding.history)
        try #require(levels == tensor.integers, "seed \(seed) number \(number)")
        entries += decoder.entryPoints
      }
      #expect(entries == payload.entries)
      let end = decoder.finish()
      try #require(end.isSound, "seed \(seed) number \(number)")
      #expect(!end.readBeyondEnd)
    }
  }

  @Test(arguments: seeds.prefix(16)) func ledgerAgreesWithEveryBin(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 1000)
    for _ in 0..<40 {
      let payload = try RandomPayload(&random)
      let fast = PayloadDecoder(bytes: payload.bytes, accounting: true)
      var slow = SteppingDecoder(bytes: payload.bytes, observer: BinRecorder())
      for tensor in payload.tensors {
        _ = try fast.readQuantizationDelta(bits: 8)
        _ = slow.readQuantizationDelta(bits: 8)
        let base = tensor.encoding.base
        let history = tensor.encoding.history
        try fast.beginTensor(tensor.parameters, base: base, history: history, rowBits: true)
        var levels = [Int32](repeating: 0, count: tensor.integers.count)
        let rows = fast.rowBits.reduce(0, +)
        #expect(rows == 0)
        try fast.decodeLevels(into: &levels, runLength: 13)
        #expect(levels == tensor.integers)
        #expect(
          try slow.decode(tensor.parameters, base: base, history: history) == tensor.integers)
      }
      #expect(fast.finish().isSound)
      #expect(slow.finish().isSound)
      let ledger = fast.takeLedger()
      try #require(abs(ledger.bits - 8 * Double(payload.bytes.count)) < 1e-6)
      for syntaxClass in SyntaxClass.allCases where syntaxClass != .termination {
        let events = slow.observer.events.filter { $0.element.syntaxClass == syntaxClass }
        let totals = ledger[syntaxClass]
        let cost = events.reduce(0) { $0 + $1.cost }
        try #require(abs(totals.bits - cost) < 1e-5, "\(syntaxClass.name)")
        #expect(totals.contextBins == events.count { $0.kind == .context }, "\(syntaxClass.name)")
        #expect(totals.bypassBins == events.count { $0.kind == .bypass }, "\(syntaxClass.name)")
      }
      let all = slow.observer.events.reduce(0) { $0 + $1.cost }
      #expect(abs(all - payload.cost) < 1e-6)
      // The identity of format reference 7.2.
      let bits = 8 * Double(payload.bytes.count)
      let constant = 8 - ProbabilityTables.log2(255)
      let stopAndPadding = bits - all - constant
      #expect(stopAndPadding > 0.999 && stopAndPadding < 8.001)
      #expect(abs(stopAndPadding - stopAndPadding.rounded()) < 1e-6)
    }
  }

  @Test func rowBitsSumToTheLevels() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<60 {
      let payload = try RandomPayload(&random)
      let decoder = PayloadDecoder(bytes: payload.bytes, accounting: true)
      for tensor in payload.tensors {
        _ = try decoder.readQuantizationDelta(bits: 8)
        _ = decoder.takeLedger()
        let facts = try decoder.beginTensor(
          tensor.parameters, base: tensor.encoding.base, history: tensor.encoding.history,
          rowBits: true)
        var levels = [Int32](repeating: 0, count: tensor.integers.count)
        try decoder.decodeLevels(into: &levels)
        #expect(levels == tensor.integers)
        let ledger = decoder.takeLedger()
        let classes: [SyntaxClass] = [
          .sigFlag, .signFlag, .absLevelGreater, .absRemainderPrefix, .absRemainderSuffix,
        ]
        let sum = classes.reduce(0) { $0 + ledger[$1].bits }
        let rows = decoder.rowBits
        #expect(rows.count == facts.geometry.rows)
        #expect(abs(rows.reduce(0, +) - sum) < 1e-6)
        for (row, skipped) in facts.rowMask.enumerated() where skipped == 1 {
          #expect(rows[row] == 0)
        }
      }
    }
  }
}
