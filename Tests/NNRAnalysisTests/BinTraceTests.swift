import DeepCABAC
import NNRAnalysis
import NNRBits
import NNRModel
import TestSupport
import Testing

/// The bin stepper: the worked examples bin by bin, the ledger, and walking both ways.
@Suite struct BinTraceTests {
  private static let uniform = bytes(
    hex: """
      00040201 0008068100400080 00060e000000 0015160977 00d040c120a0c2a080 f7dfa0030594f8
      """)
  private static let dependent = bytes(
    hex: """
      00040201 0008068100400080 00060e000000 0015160977 00d041c120a0c2a080 f74e8006ac7f80
      """)

  private static func trace(_ bytes: [UInt8], spacing: Int = 2048) throws -> BinTrace {
    let session = Session([(MemorySource(bytes), "worked")])
    return try #require(BinTrace(session, stream: 0, unit: 3, spacing: spacing))
  }

  /// A bin in the notation of the tables.
  private static func line(_ bin: TracedBin) -> String {
    let event = bin.event
    func state(_ s: EstimatorState?) -> String { s.map { "\($0.fast),\($0.sum)" } ?? "-" }
    let kind =
      switch event.kind {
      case .context: "ctx\(event.context ?? -1)"
      case .bypass: "ep"
      case .terminate: "trm"
      case .rangeReset: "reset"
      }
    return "\(bin.index) \(kind) \(event.range) \(event.offset) \(state(event.before)) "
      + "\(event.lps.map { "\($0)" } ?? "-") \(event.mps.map { "\($0)" } ?? "-") \(event.bin) "
      + state(event.after)
  }

  private static func all(_ trace: inout BinTrace) -> [TracedBin] {
    var found: [TracedBin] = []
    while let bin = trace.bin(found.count) { found.append(bin) }
    return found
  }

  @Test func workedExamples() throws {
    var trace = try Self.trace(Self.uniform)
    #expect(Self.all(&trace).map(Self.line) == WorkedExampleTables.uniform)
    #expect(trace.end?.isSound == true && trace.count == 86)
    var other = try Self.trace(Self.dependent)
    #expect(Self.all(&other).map(Self.line).dropFirst(89) == WorkedExampleTables.dependent[...])
    #expect(other.end?.isSound == true && other.failure == nil)
  }

  @Test func elementsAndLevels() throws {
    var trace = try Self.trace(Self.uniform)
    let bins = Self.all(&trace)
    #expect(bins[7].elementName == "qp_delta" && bins[8].elementName == "row_skip_enabled_flag")
    #expect(bins[10].elementName == "row_skip[1]" && bins[11].elementName == "shift_flag[0]")
    #expect(bins[85].elementName == "end_of_payload")
    #expect(bins[70...84].map(\.walked.level) == [1, 1, 2, 2, 1, -1, -1, 0, 0, 0, 1, 1, 2, 3, 3])
    #expect(bins[70...84].map(\.walked.scanIndex) == [0, 0, 0, 0, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5])
    #expect(bins[84].walked.integer == 3 && bins[84].event.row == 1 && bins[84].event.column == 2)
    #expect(bins[69].walked.level == nil && bins[85].walked.level == nil)
    // The table of format reference 7.3: x = 0.5 at the start, x = 5.5 after a zero (sum -36).
    let half = TracedBin.probability(EstimatorState(fast: 0, sum: 0))
    #expect((half - 0.5021).magnitude < 1e-3)
    #expect((try #require(bins[10].mpsProbability) - 0.523).magnitude < 1e-3)
    var other = try Self.trace(Self.dependent)
    let states = Self.all(&other)[89...99].map(\.walked.state)
    #expect(states == [0, 0, 0, 2, 1, 7, 4, 2, 2, 2, 2])
    #expect(other.bin(99)?.walked.integer == 4 && other.bin(99)?.walked.level == 2)
  }

  @Test func stepping() throws {
    var trace = try Self.trace(Self.uniform, spacing: 5)
    #expect(trace.next(.leastProbable, after: -1)?.index == 9)
    #expect(trace.next(.level, after: 0)?.index == 70)
    #expect(trace.next(.level, after: 70)?.index == 74)
    #expect(trace.next(.row, after: 70)?.index == 78)
    #expect(trace.next(.row, after: 78) == nil)
    #expect(trace.previous(.level, before: 78)?.index == 77)
    #expect(trace.previous(.row, before: 85)?.index == 78)
    #expect(trace.previous(.leastProbable, before: 9) == nil)
    #expect(trace.next(.cost(above: 5), after: 0)?.index == 85)
    #expect(trace.next(.element(.signFlag), after: 0)?.index == 71)
    #expect(trace.bin(atPosition: 0)?.index == 0)
    #expect(trace.bin(atPosition: 3)?.index == 3)
    let final = trace.bin(85)
    let last = try #require(final).event.position
    #expect(trace.bin(atPosition: last + 40)?.index == 85)
    #expect(trace.bins(ofTensor: 0, scanIndex: 5).map(\.index) == [80, 81, 82, 83, 84])
    #expect(trace.bins(ofTensor: 1, scanIndex: 0).isEmpty)
    #expect(trace.bin(86) == nil && trace.bin(-1) == nil)
  }

  @Test(arguments: [1, 7, 64]) func backwardsIsForwards(_ spacing: Int) throws {
    let fixture = Fixture("cnn_block_bn")
    let session = try fixture.session()
    let unit = try #require(session.directory(0).tensors.last?.unit)
    var forwards = try #require(BinTrace(session, stream: 0, unit: unit, spacing: spacing))
    let bins = Self.all(&forwards)
    #expect(bins.count > 300 && forwards.count == bins.count)
    var backwards = try #require(BinTrace(session, stream: 0, unit: unit, spacing: spacing))
    var random = SeededGenerator(seed: 7)
    for _ in 0..<60 {
      let index = Int.random(in: 0..<bins.count, using: &random)
      #expect(backwards.bin(index) == bins[index])
    }
    for index in bins.indices.reversed().prefix(300) {
      #expect(backwards.bin(index) == bins[index])
    }
  }

  /// The classes of every tensor cost what the ledger says, and the integers are those of the fast decoder.
  @Test(arguments: Fixture.all) func agreesWithTheLedger(_ fixture: Fixture) throws {
    guard fixture.name != "walk_units", try fixture.bytes().count < 4000 else { return }
    let session = try fixture.session()
    let stream = session.streams.count - 1
    var options = FiguresOptions()
    options.accounting = true
    options.sketches = false
    options.keptBytes = 1 << 24
    for unit in session.directory(stream).byUnit.keys.sorted() {
      guard var trace = BinTrace(session, stream: stream, unit: unit) else { continue }
      let figures = UnitFigures(session, stream: stream, unit: unit, options: options)
      #expect(figures.failure == nil)
      var costs = figures.tensors.map { _ in [SyntaxClass: Double]() }
      var bins = figures.tensors.map { _ in 0 }
      var isWrong = false
      var index = 0
      while let bin = trace.bin(index) {
        index += 1
        costs[bin.tensor][bin.event.element.syntaxClass, default: 0] += bin.event.cost
        if bin.event.kind != .rangeReset { bins[bin.tensor] += 1 }
        guard let row = bin.event.row, let column = bin.event.column else { continue }
        let grid = figures.tensors[bin.tensor].grid
        isWrong = isWrong || grid?[row, column] != bin.walked.integer
      }
      #expect(!isWrong && trace.end?.isSound == true, "unit \(unit)")
      for (place, tensor) in figures.tensors.enumerated() {
        let ledger = try #require(tensor.end?.ledger)
        #expect(ledger.bins == bins[place], "unit \(unit)")
        for syntaxClass in SyntaxClass.allCases where syntaxClass != .termination {
          let difference = ledger[syntaxClass].bits - costs[place][syntaxClass, default: 0]
          #expect(difference.magnitude < 1e-5, "unit \(unit) \(syntaxClass.name)")
        }
      }
    }
  }

  @Test func brokenPayloadTellsWhereItStops() throws {
    var stream = Self.uniform
    stream[stream.count - 1] ^= 0x18
    stream[stream.count - 2] ^= 0xff
    var trace = try Self.trace(stream)
    let bins = Self.all(&trace)
    #expect(trace.failure != nil || trace.end?.isSound == false)
    #expect(bins.count > 70)
  }
}
