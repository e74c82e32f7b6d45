import DeepCABAC
import TestSupport
import Testing

@Suite struct EncoderSearchTests {
  /// Two rounds of a tensor as NNCodec writes them: the second is coded with the first one's chosen integers in mind.
  private struct Rounds {
    let first: QuantizerAndCoder
    let second: QuantizerAndCoder
    let suspect: SuspectTensor
    let witness: TellingPayload

    init?(
      rows: Int, width: Int, scan: Int, zeros: Double = 0.75, history: Bool = false,
      temporal: Bool = true, seed: UInt64
    ) throws {
      var random = SeededGenerator(seed: seed)
      func indices() -> [Int] {
        (0..<rows).flatMap { row -> [Int] in
          let isSkipped = Int.random(in: 0..<5, using: &random) == 0
          return (0..<width).map { _ in
            let size = Int.random(in: 1...3, using: &random)
            let isZero = Double.random(in: 0..<1, using: &random) < zeros || isSkipped
            return isZero ? 0 : Bool.random(using: &random) ? size : -size
          }
        }
      }
      let edge = 4 << scan
      first = QuantizerAndCoder(indices: indices(), rows: rows, width: width, edge: edge)
      second = QuantizerAndCoder(indices: indices(), rows: rows, width: width, edge: edge)
      var parameters = CodedTensorParameters(
        dimensions: [rows, width], dependentQuantization: true, scanOrder: scan)
      let mask = (0..<rows).map { [first] in first.skippedRows.contains($0) ? UInt8(1) : 0 }
      guard let suspect = SuspectTensor(parameters, rowMask: mask, levels: first.decoded) else {
        return nil
      }
      self.suspect = suspect
      parameters.parentNodePresent = true
      var encoding = TensorEncoding(levels: second.coded)
      encoding.skippedRows = second.skippedRows
      encoding.historyFlag = history
      if temporal { encoding.base = first.chosen }
      if history { encoding.history = first.chosen.map { $0 != 0 ? 1 : 0 } }
      let encoder = PayloadEncoder()
      _ = try encoder.encode(parameters, encoding)
      let (bytes, entries) = encoder.finish()
      let decoder = PayloadDecoder(bytes: bytes)
      let (levels, _) = try decoder.decode(
        parameters, base: temporal ? first.chosen : nil,
        history: history ? first.chosen.map { $0 != 0 ? 1 : 0 } : nil)
      #expect(levels == second.decoded)
      var distances: [(value: Int, state: Int, distance: Int)] = []
      var last = decoder.firstBlockRowPosition
      for entry in entries {
        distances.append((entry.value, entry.state, entry.position - last))
        last = entry.position
      }
      witness = TellingPayload(
        bytes: bytes,
        tensors: [BinWalker.Tensor(quantizationDeltaBits: nil, parameters: parameters)],
        usesBase: temporal, usesHistory: history, entryPoints: distances)
    }
  }

  /// The first random rounds whose states part.
  private func parted(temporal: Bool = true) throws -> Rounds {
    for seed in 0..<64 as Range<UInt64> {
      if let found = try Rounds(
        rows: 10, width: 33, scan: 1, temporal: temporal, seed: seed)
      {
        return found
      }
    }
    return try #require(nil)
  }

  private var search: EncoderSearch {
    var search = EncoderSearch()
    search.stepLimit = 30_000
    return search
  }

  /// The chosen integers are among those that are left, and mostly first.
  @Test(arguments: [(10, 33, 1), (12, 9, 1), (12, 27, 1), (20, 27, 2), (16, 18, 1)])
  func findsWhatWasChosen(rows: Int, width: Int, scan: Int) throws {
    var first = 0
    var tried = 0
    for seed in 0..<UInt64(RandomCases.count(3)) {
      guard let rounds = try Rounds(rows: rows, width: width, scan: scan, seed: seed) else {
        continue
      }
      tried += 1
      let found = try #require(search.run(rounds.suspect, witness: rounds.witness))
      if found.survivors.first == rounds.first.chosen { first += 1 }
      #expect(
        found.survivors.contains(rounds.first.chosen) || found.end == .tooMany || found.hasMore,
        "seed \(seed): \(found.end), \(found.trials) trials, \(found.survivors.count) left")
    }
    #expect(first > 0, "\(first) of \(tried)")
  }

  @Test func historyTellsToo() throws {
    var found = 0
    for seed in 0..<3 as Range<UInt64> {
      guard
        let rounds = try Rounds(
          rows: 10, width: 33, scan: 1, history: true, temporal: false, seed: seed)
      else { continue }
      let result = try #require(search.run(rounds.suspect, witness: rounds.witness))
      if result.survivors.contains(rounds.first.chosen) { found += 1 }
    }
    #expect(found > 0)
  }

  @Test func aPayloadThatDoesNotLookTellsNothing() throws {
    let rounds = try parted(temporal: false)
    #expect(search.run(rounds.suspect, witness: rounds.witness) == nil)
  }

  @Test func stopsWhenAsked() throws {
    let rounds = try parted()
    var search = search
    search.shouldStop = { true }
    #expect(search.run(rounds.suspect, witness: rounds.witness)?.end == .cancelled)
    search.shouldStop = { false }
    search.stepLimit = 10
    #expect(search.run(rounds.suspect, witness: rounds.witness)?.end == .tooMany)
  }

  /// Two tensors that NNCodec codes with the same bytes: no decoder can tell which it was.
  @Test func twinsAreToldAsAmbiguous() throws {
    let twins = try ["twin_a", "twin_b"].map { try WriterCase.levels($0) }
    #expect(twins[0] != twins[1])
    var parameters = CodedTensorParameters(
      dimensions: [10, 33], dependentQuantization: true, scanOrder: 1)
    parameters.unaryLength = 11
    var payloads: [[UInt8]] = []
    var decoded: [[Int32]] = []
    var skipped: [Set<Int>] = []
    for twin in twins {
      let sides = QuantizerAndCoder(chosen: twin, rows: 10, width: 33, edge: 8)
      #expect(sides.chosen == twin)
      var encoding = TensorEncoding(levels: sides.coded)
      encoding.skippedRows = sides.skippedRows
      let encoder = PayloadEncoder()
      decoded.append(try encoder.encode(parameters, encoding))
      skipped.append(sides.skippedRows)
      payloads.append(encoder.finish().bytes)
    }
    #expect(payloads[0] == payloads[1])
    let mask = (0..<10).map { skipped[0].contains($0) ? UInt8(1) : 0 }
    let suspect = try #require(SuspectTensor(parameters, rowMask: mask, levels: decoded[0]))
    let found = try #require(search.run(suspect, witness: nil))
    #expect(found.hasMore || found.survivors.count > 1)
  }
}
