import DeepCABAC
import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// A payload that was coded otherwise than its header says is explained.
@Suite struct PayloadDiagnosisTests {
  private func diagnose(_ session: Session) throws -> PayloadDiagnosis {
    try #require(PayloadDiagnosis(session, stream: session.streams.count - 1, unit: 3))
  }

  /// The diagnosis names the reading and no payload of the others ends well but those that read the same.
  private func expect(
    _ reading: AlternativeReading, _ session: Session, others: [AlternativeReading] = [],
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let found = try diagnose(session)
    #expect(found.failure != nil, sourceLocation: location)
    let readings = found.explanations.map(\.readings)
    #expect(
      Set(readings) == Set(([reading] + others).map { [$0] }), "\(found.explanations)",
      sourceLocation: location)
    #expect(found.explanations.first?.largest ?? 99 <= 28, sourceLocation: location)
    #expect(!found.events.isEmpty, sourceLocation: location)
  }

  @Test func soundPayload() throws {
    let found = try diagnose(try EncodedStream().session())
    #expect(found.failure == nil && found.events.isEmpty && found.attempts.isEmpty)
    #expect(found.names == ["w"])
  }

  @Test(arguments: [false, true]) func dependentQuantization(_ coded: Bool) throws {
    var stream = EncodedStream()
    stream.parameters.dependentQuantization = coded
    stream.change = { $0.set(.dqFlag, coded ? 0 : 1) }
    try expect(.dependentQuantization(coded), try stream.session())
  }

  @Test(arguments: [10, 11, 12, 4]) func unaryLength(_ coded: Int) throws {
    var stream = EncodedStream()
    stream.parameters.unaryLength = coded
    // The header says one more or less; 10 and 11 are found from anywhere.
    let listed = [10: 5, 11: 7, 12: 11, 4: 5][coded] ?? 11
    stream.change = { $0.set(.cabacUnaryLengthMinus1, listed - 1) }
    try expect(.unaryLength(coded), try stream.session())
  }

  @Test(arguments: [0, 1, 2]) func scanOrder(_ coded: Int) throws {
    var stream = EncodedStream()
    stream.parameters.scanOrder = coded
    let listed = coded == 1 ? 0 : 1
    stream.change = { $0.set(.scanOrder, listed) }
    // 24 rows and 17 columns are one block from 32 on, scanned row by row.
    let same: [AlternativeReading] = coded == 0 ? [.scanOrder(3), .scanOrder(4)] : []
    try expect(.scanOrder(coded), try stream.session(), others: same)
  }

  @Test(arguments: [(PayloadDialect.edition1, Dialect.d1), (.edition2Profile0, .d2Profile0)])
  func otherDialect(_ coded: PayloadDialect, _ dialect: Dialect) throws {
    var stream = EncodedStream()
    stream.parameters.dialect = coded
    // With unary length 11 the range behind the flags is such that both dialects of profile 0 meet again at once.
    stream.parameters.unaryLength = 9
    stream.change = { $0.set(.cabacUnaryLengthMinus1, 8) }
    // The flag of profile 1 that the dialect lacks is the last bit of a shorter qp_delta.
    let same: [AlternativeReading] = dialect == .d2Profile0 ? [.qpDensity(1)] : []
    try expect(.dialect(dialect), try stream.session(), others: same)
  }

  @Test func profileLimits() throws {
    // A codebook limits bins in profile 1 only; the header says profile 0.
    var stream = EncodedStream()
    stream.profile = 0
    stream.parameters.codebook = CodebookLimits(size: 30, zeroOffset: 15)
    stream.change = {
      $0.set(.codebookPresentFlag, 1).set(CodebookElements.weight.size, 30)
    }
    try expect(.dialect(.d2), try stream.session())
  }

  @Test func density() throws {
    var stream = EncodedStream()
    stream.deltaBits = 11
    try expect(.qpDensity(5), try stream.session())
  }

  @Test func historyFlag() throws {
    var stream = EncodedStream()
    stream.parameters.parentNodePresent = true
    // The history flag is one bypass bin, as is a longer qp_delta.
    try expect(.parentNodePresent(true), try stream.session(), others: [.qpDensity(3)])
  }

  /// A base and an update; `coded` and `listed`: whether the update's contexts look at the base.
  private func chain(coded: Bool, listed: Bool, zeros: Bool = false) throws -> Session {
    let base = EncodedStream(seed: 3)
    var update = EncodedStream(seed: 4)
    update.parameters.parentNodePresent = true
    let levels = base.encoding.levels.map { zeros ? 0 : Int32($0) }
    if coded { update.encoding.base = levels }
    var writers: [[UInt8]] = []
    for (stream, isUpdate) in [(base, false), (update, true)] {
      var writer = StreamWriter(
        .start(), UnitPlan.modelParameters.set(.mpsParentSignallingEnabledFlag, isUpdate ? 1 : 0),
        .emptyTopology)
      var plan = UnitPlan.tensor("w", 24, 17, payload: try stream.payload().bytes)
      if isUpdate {
        plan = plan.set(.parentNodeIdPresentFlag, 1).set(.putNodeDepth, 1)
          .set(.temporalContextModelingFlag, listed ? 1 : 0)
      }
      writer.append(plan)
      writers.append(writer.bytes)
    }
    return Session(writers.map { (source: MemorySource($0), name: "chain") })
  }

  @Test func temporalContexts() throws {
    #expect(try diagnose(try chain(coded: true, listed: true)).failure == nil)
    try expect(.temporalContexts(true), try chain(coded: true, listed: false))
    try expect(.temporalContexts(false), try chain(coded: false, listed: true))
    try expect(.zeroParent, try chain(coded: true, listed: true, zeros: true))
  }

  /// A chain of four files: the last is coded with the integers of file `parent`, the header names the one before.
  private func chain(parent: Int, loaded: [Int] = [0, 1, 2], depth: Int = 3) throws -> Session {
    let versions = (3...5).map { EncodedStream(seed: UInt64($0)) }
    var update = EncodedStream(seed: 6)
    update.parameters.parentNodePresent = true
    update.encoding.base = versions[parent].encoding.levels.map { Int32($0) }
    var files: [[UInt8]] = []
    for (place, version) in (versions + [update]).enumerated() {
      var writer = StreamWriter(
        .start(), UnitPlan.modelParameters.set(.mpsParentSignallingEnabledFlag, place == 3 ? 1 : 0),
        .emptyTopology)
      var plan = UnitPlan.tensor("w", 24, 17, payload: try version.payload().bytes)
        .set(.putNodeDepth, place)
      if place == 3 {
        plan = plan.set(.parentNodeIdPresentFlag, 1).set(.putNodeDepth, depth)
          .set(.temporalContextModelingFlag, 1)
      }
      writer.append(plan)
      if place == 3 || loaded.contains(place) { files.append(writer.bytes) }
    }
    return Session(files.map { (source: MemorySource($0), name: "chain") })
  }

  /// The update was coded with an older version than the last, or its parent is not among the files.
  @Test func otherAndMissingParents() throws {
    #expect(try diagnose(try chain(parent: 2)).failure == nil)
    try expect(.otherParent(stream: 0), try chain(parent: 0))
    try expect(.otherParent(stream: 1), try chain(parent: 1))
    // File 3 is not there: the one before it is, under another depth.
    let missing = try diagnose(try chain(parent: 2, loaded: [0, 1]))
    #expect(missing.failure?.description.contains("needs the base stream") == true)
    #expect(missing.explanations.isEmpty)
    #expect(missing.attempts.contains { $0.readings == [.otherParent(stream: 1)] })
    // The header says another depth than the file has that was used.
    let other = try diagnose(try chain(parent: 2, depth: 7))
    #expect(other.failure?.description.contains("needs the base stream") == true)
    #expect(other.explanations.map(\.readings) == [[.otherParent(stream: 2)]])
  }

  /// Nothing is loaded: an update coded without contexts, or with those of zeros, is found for what it is.
  @Test func missingParents() throws {
    for (isCoded, reading) in [
      (false, AlternativeReading.temporalContexts(false)), (true, .zeroParent),
    ] {
      let whole = try chain(coded: isCoded, listed: true, zeros: true)
      let last = try #require(whole.streams.last)
      let found = try diagnose(Session([(last.source, last.name)]))
      #expect(found.failure?.description.contains("needs the base stream") == true)
      #expect(found.explanations.map(\.readings) == [[reading]])
    }
  }

  /// Two mistakes at once are found where no single reading ends well.
  @Test(arguments: 1...6 as ClosedRange<UInt64>) func pairs(_ seed: UInt64) throws {
    var stream = EncodedStream(seed: seed)
    stream.parameters.dependentQuantization = true
    stream.parameters.unaryLength = 12
    stream.change = { $0.set(.dqFlag, 0).set(.cabacUnaryLengthMinus1, 10) }
    let found = try diagnose(try stream.session())
    #expect(found.pairsTried > 20)
    #expect(
      found.explanations.first?.readings == [.dependentQuantization(true), .unaryLength(12)])
    #expect(found.explanations.first?.summary.contains(" and cabac_unary_length_minus1 11") == true)
    var scanned = EncodedStream(seed: seed)
    scanned.parameters.scanOrder = 1
    scanned.parameters.unaryLength = 10
    scanned.change = { $0.set(.scanOrder, 0).set(.cabacUnaryLengthMinus1, 10) }
    #expect(
      try diagnose(try scanned.session()).explanations.first?.readings
        == [.unaryLength(10), .scanOrder(1)])
  }

  /// What is merely damaged is not explained away.
  @Test(arguments: 1...12 as ClosedRange<UInt64>) func damageHasNoExplanation(_ seed: UInt64) throws
  {
    var stream = EncodedStream(seed: seed)
    var random = SeededGenerator(seed: seed)
    var payload = try stream.payload().bytes
    payload[Int.random(in: 20..<payload.count / 2, using: &random)] ^= 0xa5
    let damaged = payload
    stream.change = { $0.set(.compressedDataUnitPayload, bytes: damaged) }
    let found = try diagnose(try stream.session())
    #expect(found.failure != nil && found.explanations.isEmpty, "\(found.explanations)")
  }

  @Test func firstEventIsWhereTheLevelExplodes() throws {
    var stream = EncodedStream()
    // 12 rows of small levels, then the payload is damaged.
    let whole = try stream.payload().bytes
    var damaged = whole
    for place in whole.count / 2..<whole.count / 2 + 6 { damaged[place] = 0xff }
    stream.change = { $0.set(.compressedDataUnitPayload, bytes: damaged) }
    let found = try diagnose(try stream.session())
    #expect(found.failure != nil)
    let first = try #require(found.events.first)
    #expect(first.bit > whole.count * 2 && first.bit < whole.count * 8)
    #expect(found.events.map(\.bin) == found.events.map(\.bin).sorted())
  }

  @Test func entryPointMismatch() throws {
    var stream = EncodedStream()
    stream.parameters.scanOrder = 1
    let (payload, entries) = try stream.payload()
    #expect(entries.count == 2)
    var damaged = payload
    damaged[payload.count - 12] ^= 0xff
    stream.change = { $0.set(.scanOrder, 1) }
    var trace = try #require(BinTrace(try stream.session(), stream: 0, unit: 3))
    let reset = trace.next(.element(.blockRowReset), after: 0)
    let start = try #require(reset).event.position
    let distances = [entries[0].position - start, entries[1].position - entries[0].position]
    // The second distance is coded as its difference to the first; one bit too far here.
    let wrong = distances[1] - distances[0] + 1
    stream.change = {
      $0.set(.scanOrder, 1).set(.cabacEntryPointValue, entries[0].value, entries[1].value)
        .set(.cabacEntryPointDistance, distances[0], wrong)
        .set(.compressedDataUnitPayload, bytes: damaged)
    }
    let found = try diagnose(try stream.session())
    #expect(found.failure != nil)
    let event = try #require(
      found.events.first {
        if case .entryPoint = $0.kind { return true }
        return false
      })
    #expect(
      event.kind
        == .entryPoint(
          blockRow: 2, listedBit: entries[1].position + 1, foundBit: entries[1].position,
          listedValue: entries[1].value, foundValue: entries[1].value))
  }
}
