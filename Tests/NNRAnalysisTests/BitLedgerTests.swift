import NNRAnalysis
import NNRBits
import NNRModel
import TestSupport
import Testing

/// The ledger accounts for every bit of every stream, whole or broken.
@Suite struct BitLedgerTests {
  @Test(arguments: Fixture.all) func everyBitHasAnOwner(_ fixture: Fixture) throws {
    let session = try fixture.session()
    let stream = session.streams.count - 1
    let ledger = BitLedger.decoded(session, stream: stream, rowBits: true, threads: 1)
    expectTiled(ledger)
    for tensor in ledger.tensors {
      // The reference's reader alone saw this stream; its payload was coded without the layer parameter set.
      if fixture.name == "walk_units" { continue }
      let bits = try #require(tensor.bits, "\(tensor.name)")
      let classes = tensor.costs.charged.reduce(0) { $0 + $1.bits }
      #expect((classes - bits).magnitude <= 1e-6)
      #expect(tensor.costs.charged.allSatisfy { $0.bits >= 0 && $0.bins >= 0 }, "\(tensor.name)")
      expectRows(tensor)
    }
    let unparsed = ledger.totals[.unparsed]
    #expect(unparsed == 0 || fixture.name == "walk_units" || ledger.tensors.isEmpty)
  }

  /// The bits of rows are those of the levels.
  private func expectRows(_ tensor: TensorCost) {
    guard !tensor.rowBits.isEmpty else { return }
    let levels: [CostGroup] = [.significance, .sign, .greater, .remainder]
    let wanted = levels.reduce(0) { $0 + tensor.costs[group: $1] }
    let found = tensor.rowBits.reduce(0, +)
    #expect((wanted - found).magnitude <= 1e-6 * max(1, wanted), "\(tensor.name)")
    #expect(tensor.rowBits.count == tensor.tensor.rows, "\(tensor.name)")
  }

  private func expectTiled(_ ledger: BitLedger) {
    let wanted = Double(ledger.size) * 8
    #expect((ledger.totals.total - wanted).magnitude <= 1e-6)
    let entries = ledger.entries
    #expect((entries.reduce(0) { $0 + $1.bits } - wanted).magnitude <= 1e-6)
    let wrong = ledger.units.filter { unit in
      let bits = ledger.costs(ofUnit: unit.number).total
      return (bits - Double(unit.size) * 8).magnitude > 1e-6
    }
    #expect(wrong.isEmpty)
  }

  @Test(arguments: ["cnn_block_codebook", "mlp_iris", "raw_float_mid", "many_units"])
  func growsUnitByUnit(_ name: String) throws {
    let session = try Fixture(name).session()
    var ledger = BitLedger(session, stream: 0)
    expectTiled(ledger)
    let pending = ledger.pendingUnits
    #expect(!pending.isEmpty)
    func pendingBits() -> Int {
      ledger.units.reduce(0) { $1.state == .pending ? $0 + $1.codewordBits : $0 }
    }
    #expect(Double(pendingBits()) == ledger.totals[.unparsed])
    var options = FiguresOptions()
    options.accounting = true
    options.sketches = false
    for (turn, unit) in pending.reversed().enumerated() {
      ledger.add(UnitFigures(session, stream: 0, unit: unit, options: options))
      if turn % 1000 == 0 { expectTiled(ledger) }
    }
    #expect(ledger.pendingUnits.isEmpty)
    #expect(ledger.entries == BitLedger.decoded(session, stream: 0, threads: 2).entries)
  }

  @Test func damageStaysInTheSum() throws {
    var random = SeededGenerator(seed: 7)
    for name in ["cnn_block_bn", "d1_codebook", "mlp_iris", "topology_TEF", "raw_float_last_p1"] {
      let whole = try Fixture(name).bytes()
      for turn in 0..<9 {
        var bytes = whole
        if turn % 2 == 0 {
          bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
        } else {
          for _ in 0...turn {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
              in: 0...255, using: &random)
          }
        }
        var options = Session.Options()
        options.maxMemory = 1 << 22
        let session = Session([(MemorySource(bytes), name)], options: options)
        expectTiled(BitLedger.decoded(session, stream: 0, rowBits: turn % 3 == 0, threads: 1))
      }
    }
  }

  @Test func bytesBehindACodewordAreNotParsed() throws {
    // The worked example with a longer payload: size field and three bytes more.
    var bytes = WorkedLedgerTests.bytes + [1, 2, 3]
    bytes[19] += 3
    let ledger = BitLedger.decoded(
      Session([(MemorySource(bytes), "longer")]), stream: 0, threads: 1)
    expectTiled(ledger)
    #expect((ledger.totals[.unparsed] - 24).magnitude < 1e-6)
    let tensor = try #require(ledger.tensors.first)
    #expect((tensor.costs[.payload(.termination)] - 11.839).magnitude < 2e-3)
  }

  @Test func nothingAndRubbish() {
    for bytes: [UInt8] in [[], [0], [0, 1, 2], [UInt8](repeating: 0xff, count: 99)] {
      let session = Session([(MemorySource(bytes), "x")])
      let ledger = BitLedger.decoded(session, stream: 0, threads: 2)
      expectTiled(ledger)
      #expect(ledger.totals.total == ledger.totals[.unparsed])
    }
  }

  @Test func headersFollowTheSyntax() throws {
    let session = try Fixture("cnn_block_codebook").session()
    let totals = BitLedger(session, stream: 0).totals
    #expect(totals[.header(.unitSize)] == Double(session.streams[0].unitCount * 16))
    #expect(totals[.header(.codebook)] > 0)
    #expect(totals[.header(.identifiers)] > 0)
    #expect(totals[.header(.dimensions)] > 0)
    #expect(totals[.header(.alignment)] > 0)
    let updates = try Fixture("tca_update1").session()
    #expect(BitLedger(updates, stream: updates.streams.count - 1).totals[.header(.nodeIds)] > 0)
    let scan = try Fixture("d1_dict_scan1_sq").session()
    #expect(BitLedger(scan, stream: 0).totals[.header(.entryPoints)] > 0)
    let raw = try Fixture("raw_float_mid").session()
    #expect(BitLedger(raw, stream: 0).totals[.header(.raw)] > 0)
  }

  @Test func contractNames() {
    #expect(
      CostClass.allCases.map(\.name) == [
        "unit_size", "unit_header", "identifiers", "node_ids", "codebook", "dimensions",
        "entry_points", "other_header", "alignment", "raw", "qp", "history_flag", "row_skip",
        "shift_parameters", "sig_flag", "sign_flag", "abs_level_greater", "abs_remainder_prefix",
        "abs_remainder_suffix", "block_row_reset", "termination", "unparsed",
      ])
    #expect(CostClass.allCases.allSatisfy { CostClass(name: $0.name) == $0 })
    #expect(CostClass(name: "bits") == nil)
  }
}
