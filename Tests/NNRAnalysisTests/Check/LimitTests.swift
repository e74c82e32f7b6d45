import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// What a file claims does not buy time or memory: it is refused at once, by a rule.
@Suite struct LimitTests {
  /// What a stream of units breaks, and the time it takes to say so.
  private func broken(_ bytes: [UInt8], by rule: Rule) {
    var breaches: [Breach] = []
    let taken = ThreadTime.measure {
      let session = Session([(source: MemorySource(bytes), name: "claims")])
      var options = StreamCheck.Options()
      options.decodes = true
      let check = StreamCheck(session, stream: 0, options: options)
      breaches = check.breaches
    }
    #expect(breaches.contains { $0.rule == rule }, "\(breaches.map(\.rule.id))")
    #expect(breaches.count < 2_000)
    #expect(taken < ThreadTime.patience, "\(taken) s")
  }

  private func stream(_ plan: UnitPlan, _ parameters: UnitPlan = .codebookParameters) -> [UInt8] {
    RuleStream.bytes(RuleStream.only(plan.with(\.loopLimit, 2), parameters))
  }

  private func coded() throws -> UnitPlan { try UnitPlan.coded() }

  /// Our own limits; the others come from the format.
  private static let limits: [Rule] = [.l01, .l02, .l03, .l04, .n08, .t05]

  @Test(arguments: limits.map(\.id)) func everyLimitSaysHowToRaiseIt(_ id: String) throws {
    let rule = try #require(Rule.named(id))
    var raised = 0
    for stream in try RuleStream.all() where stream.rule == rule && stream.severity == rule.severity
    {
      let messages = StreamCheck(stream.session, stream: stream.streams.count - 1).breaches
        .filter { $0.rule == rule }.map(\.diagnostic.message)
      try #require(!messages.isEmpty)
      guard messages.allSatisfy({ $0.contains("raise --max-memory") }) else {
        #expect(messages.allSatisfy { $0.contains("no option") }, "\(messages)")
        continue
      }
      // What the message promises is true.
      var larger = stream
      larger.maxMemory = 1 << 40
      let others = StreamCheck(larger.session, stream: stream.streams.count - 1).breaches
      #expect(!others.contains { $0.rule == rule }, "\(others.map(\.diagnostic.message))")
      raised += 1
    }
    #expect(raised > 0 || [.l03, .n08].contains(rule))
  }

  @Test func fortyBytesOfATrillionWeights() throws {
    let bytes = stream(
      try coded().set(.topologyElemId, texts: "").set(.tensorDimensions, 1 << 20, 1 << 20))
    #expect(bytes.count < 80)
    broken(bytes, by: .n08)
  }

  /// Weights that cost no bits add up over the units of a stream.
  @Test func manyTensorsOfWeightsForNothing() throws {
    let one = try UnitPlan.codebook(
      1, RuleStream.entries(1, levels: Array(repeating: 0, count: 12)))
    let units = (0..<12).map { place in
      one.set(.tensorDimensions, 1 << 13, 1 << 13).set(.topologyElemId, texts: "w\(place)")
        .with(\.loopLimit, 2)
    }
    let bytes = RuleStream.bytes([.start(), .codebookParameters, .topology] + units)
    let session = Session([(source: MemorySource(bytes), name: "claims")])
    var options = StreamCheck.Options()
    options.decodes = false
    let refused = StreamCheck(session, stream: 0, options: options).breaches.filter {
      $0.rule == .l02
    }
    // Four of 2^26 weights fit the budget; the decoder refuses the same units.
    #expect(refused.count == 8, "\(refused.map(\.diagnostic.message))")
    for breach in refused {
      #expect(session.decode(stream: 0, unit: breach.unit, into: HashingSink())?.rule == .l02)
    }
  }

  @Test func productsThatOverflow() throws {
    broken(
      RuleStream.bytes(
        RuleStream.only(
          try coded().set(.countTensorDimensions, 3)
            .set(.tensorDimensions, 1 << 31, 1 << 31, 1 << 31))), by: .n08)
    // No code of 32 bits holds such a number.
    broken(stream(try coded().set(.tensorDimensions, 1 << 40, 1 << 40)), by: .s10)
  }

  @Test func countsOfDimensionsNamesAndEntries() throws {
    broken(stream(try coded().set(.countTensorDimensions, 1 << 30)), by: .s10)
    broken(
      stream(
        try coded().set(.payloadType, 3).set(.multipleTopologyElementsPresentFlag, 1)
          .set(.countTopologyElementsMinus2, 1 << 40)), by: .s10)
    broken(
      stream(
        try coded().set(.codebookPresentFlag, 1).set(CodebookElements.weight.size, 1 << 31)
          .set(CodebookElements.weight.zeroOffset, 0)), by: .s10)
  }

  @Test func manyWeightsOutOfFewBits() throws {
    // One entry: nothing is coded, however many weights there are.
    let one = try UnitPlan.codebook(
      1, RuleStream.entries(1, levels: Array(repeating: 0, count: 12)))
    broken(stream(one.set(.tensorDimensions, 1 << 15, 1 << 15)), by: .l02)
    // A few bits skip rows of any width.
    var rows = PayloadTensor(4, 3, levels: [Int](repeating: 0, count: 12))
    rows.encoding.skippedRows = [0, 1, 2, 3]
    broken(stream(try UnitPlan.coded("rows", rows).set(.tensorDimensions, 4, 1 << 28)), by: .l02)
  }

  @Test func entryPointsOfRowsThatAreNotThere() throws {
    broken(
      stream(try coded().set(.tensorDimensions, 1 << 33, 2).set(.scanOrder, 1)), by: .s10)
  }

  @Test func deepAggregates() throws {
    var nested = UnitPlan(.quantization).set(.quantizationData, bytes: [1])
    for _ in 0..<14 {
      nested = UnitPlan(.aggregate).with(
        \.contained, [nested, UnitPlan(.quantization).set(.quantizationData, bytes: [1])])
    }
    broken(RuleStream.bytes(try RuleStream.clean() + [nested]), by: .l03)
  }

  @Test func deflateBombs() {
    let bomb = deflateBomb(size: 400 << 20)
    #expect(bomb.count < 3 << 20)
    let plan = UnitPlan.topology.set(.topologyCompressionFormat, 1).set(.topologyData, bytes: bomb)
    broken(RuleStream.bytes([.start(), .modelParameters, plan, .raw()]), by: .t05)
  }

  @Test func stringsWithoutEnd() throws {
    let long = [UInt8](repeating: 0x61, count: 3 << 20)
    broken(stream(try coded().with(.topologyElemId, [.unterminated(long)])), by: .s10)
  }

  @Test func manyBreachesOfOneRuleAreCounted() throws {
    // Entries whose distances carry each beyond 32 bits.
    var plan = try UnitPlan.codebook(3_000, first: Int(Int32.max), RuleStream.fiveEntries)
    plan.loopLimit = 3_000
    let session = Session([
      (
        source: MemorySource(RuleStream.bytes(RuleStream.only(plan, .codebookParameters))),
        name: "many"
      )
    ])
    let found = StreamCheck(session, stream: 0).breaches.filter { $0.rule == .n22 }
    #expect(found.count == 101)
    #expect(found.contains { $0.diagnostic.message == "2899 more like these in this unit" })
  }
}
