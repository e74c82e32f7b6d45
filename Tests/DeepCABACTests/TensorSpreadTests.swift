import TestSupport
import Testing

@testable import DeepCABAC

/// Rows, blocks, contexts and classes of random payloads sum to the same bits, which are those of the fast decoder.
@Suite struct TensorSpreadTests {
  @Test(arguments: Array<UInt64>(0..<8)) func partsSumToTheTensor(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 77)
    for number in 0..<30 {
      let payload = try RandomPayload(&random)
      let tensors = payload.tensors.map {
        BinWalker.Tensor(
          quantizationDeltaBits: 8, parameters: $0.parameters, base: $0.encoding.base,
          history: $0.encoding.history)
      }
      let spreads = try TensorSpread.all(of: tensors, in: payload.bytes)
      let fast = PayloadDecoder(bytes: payload.bytes, accounting: true)
      var ledgers: [PayloadLedger] = []
      for tensor in payload.tensors {
        _ = try fast.readQuantizationDelta(bits: 8)
        _ = try fast.decode(
          tensor.parameters, base: tensor.encoding.base, history: tensor.encoding.history)
        ledgers.append(fast.takeLedger())
      }
      _ = fast.finish()
      ledgers[ledgers.count - 1].add(fast.takeLedger())
      try #require(spreads.count == ledgers.count)
      for (spread, ledger) in zip(spreads, ledgers) {
        expect(spread, ledger, "seed \(seed) number \(number)")
      }
      let all = spreads.reduce(0) { $0 + $1.bits }
      #expect(abs(all - 8 * Double(payload.bytes.count)) < 1e-6)
    }
  }

  private func expect(_ spread: TensorSpread, _ ledger: PayloadLedger, _ note: Comment) {
    let levels: [SyntaxClass] = [
      .sigFlag, .signFlag, .absLevelGreater, .absRemainderPrefix, .absRemainderSuffix,
    ]
    for syntaxClass in SyntaxClass.allCases {
      let found = spread.classes[syntaxClass.rawValue]
      #expect(abs(found.bits - ledger[syntaxClass].bits) < 1e-5, note)
      #expect(
        found.bins == ledger[syntaxClass].contextBins + ledger[syntaxClass].bypassBins, note)
    }
    #expect(abs(spread.bits - ledger.bits) < 1e-6, note)
    let coded = levels.reduce(0) { $0 + spread.classes[$1.rawValue].bits }
    #expect(abs(spread.rows.reduce(0) { $0 + $1.bits } - coded) < 1e-6, note)
    #expect(abs(spread.blocks.reduce(0) { $0 + $1.bits } - coded) < 1e-6, note)
    let contexts = (spread.contexts + spread.contextless).reduce(0) { $0 + $1.bits }
    #expect(abs(contexts - spread.bits) < 1e-6, note)
  }

  @Test func blocksLieInTheirScan() throws {
    // 9 x 10 in blocks of 8 x 8: two block rows of two blocks.
    let parameters = CodedTensorParameters(dimensions: [9, 10], scanOrder: 1)
    var levels = [Int](repeating: 0, count: 90)
    levels[8 * 10 + 9] = 3
    let encoder = PayloadEncoder()
    _ = try encoder.encode(parameters, TensorEncoding(levels: levels))
    let payload = encoder.finish()
    let spread = try #require(
      try TensorSpread.all(
        of: [BinWalker.Tensor(quantizationDeltaBits: nil, parameters: parameters)],
        in: payload.bytes
      ).first)
    #expect(spread.blocks.count == 4)
    #expect(spread.blocks.map(\.bins) == [64, 16, 8, 6])
    #expect(spread.rows.map(\.bins) == [10, 10, 10, 10, 10, 10, 10, 10, 14])
    let starts = spread.blocks.compactMap(\.start)
    #expect(starts.count == 4 && starts == starts.sorted())
  }

  @Test func stopsWhenAsked() throws {
    let parameters = CodedTensorParameters(dimensions: [9, 10])
    #expect(throws: DecodingError.cancelled) {
      try TensorSpread.all(
        of: [BinWalker.Tensor(quantizationDeltaBits: nil, parameters: parameters)],
        in: [UInt8](repeating: 0, count: 90), shouldContinue: { false })
    }
  }
}
