import DeepCABAC
import Foundation
import NNRAnalysis
import NNRModel
import TestSupport
import Testing

/// On every fixture: the positions of a trace add up as its costs do, rows cost what the ledger says, backwards is forwards,
/// and the contexts are those of the bins.
@Suite struct TracePositionTests {
  /// The bins that are walked of a fixture: its small payloads whole, of a large one the beginning.
  private static let budget = 8_000

  /// `F = pos + log2(512 / R)` of format reference 7.2.
  private static func exact(_ bin: TracedBin) -> Double {
    Double(bin.event.position) + 9 - log2(Double(bin.event.range))
  }

  @Test(arguments: Fixture.all) func everyFixture(_ fixture: Fixture) throws {
    let session = try fixture.session()
    let stream = session.streams.count - 1
    let units = session.directory(stream).byUnit.keys.map { unit in
      (size: session.streams[stream].index.entries[unit].size, unit: unit)
    }.sorted { $0 < $1 }
    var walked = 0
    for (_, unit) in units where walked < Self.budget {
      guard var trace = BinTrace(session, stream: stream, unit: unit, spacing: 777) else {
        continue
      }
      var bins: [TracedBin] = []
      while walked + bins.count < Self.budget, let bin = trace.bin(bins.count) { bins.append(bin) }
      walked += bins.count
      #expect(bins.first?.event.position == 0)
      let wrong = zip(bins, bins.dropFirst()).first { bin, next in
        (Self.exact(next) - Self.exact(bin) - bin.event.cost).magnitude > 1e-9
      }
      #expect(wrong == nil, "unit \(unit), bin \(wrong?.0.index ?? 0)")
      var random = SeededGenerator(seed: UInt64(unit))
      let isBackwards = (0..<20).allSatisfy { _ in
        let index = Int.random(in: bins.indices, using: &random)
        return trace.bin(index) == bins[index]
      }
      #expect(isBackwards, "unit \(unit)")
      if trace.count == bins.count { try checkRows(session, stream, unit, bins) }
      try checkContexts(&trace, bins, isWhole: trace.count == bins.count)
    }
    #expect(walked > 0 || !fixture.hasCodedPayload(session, stream))
  }

  /// The bins of a row cost what the accounting decoder charges to it.
  private func checkRows(_ session: Session, _ stream: Int, _ unit: Int, _ bins: [TracedBin])
    throws
  {
    var options = FiguresOptions()
    options.accounting = true
    options.rowBits = true
    options.sketches = false
    let figures = UnitFigures(session, stream: stream, unit: unit, options: options)
    var costs: [Int: [Int: Double]] = [:]
    for bin in bins {
      guard let row = bin.event.row else { continue }
      costs[bin.tensor, default: [:]][row, default: 0] += bin.event.cost
    }
    for (place, tensor) in figures.tensors.enumerated() {
      let rows = try #require(tensor.end?.rowBits)
      #expect(rows.count == tensor.start.tensor.rows)
      for (row, bits) in rows.enumerated() {
        let difference = bits - costs[place, default: [:]][row, default: 0]
        #expect(difference.magnitude < 1e-5, "unit \(unit), row \(row)")
      }
    }
  }

  /// Counts, costs and ends of the contexts, worked out from the bins.
  private func checkContexts(_ trace: inout BinTrace, _ bins: [TracedBin], isWhole: Bool) throws {
    guard isWhole, let tensor = bins.last?.tensor else { return }
    let found = try #require(ContextCurves(&trace, tensor: tensor))
    let own = bins.filter { $0.tensor == tensor }
    #expect(found.bins == (own.first?.index ?? 0)..<bins.count)
    let groups = Dictionary(grouping: own.filter { $0.event.context != nil }) {
      $0.event.context ?? 0
    }
    #expect(found.contexts.map(\.context) == groups.keys.sorted())
    for curve in found.contexts {
      let members = groups[curve.context] ?? []
      #expect(curve.bins == members.count && curve.first == members.first?.index)
      #expect(curve.improbable == members.filter(\.walked.isLeastProbable).count)
      #expect(curve.ones == members.filter { $0.event.bin == 1 }.count)
      #expect((curve.bits - members.reduce(0) { $0 + $1.event.cost }).magnitude < 1e-9)
      let last = try #require(members.last?.event.after)
      let probability = TracedBin.probability(last)
      #expect(curve.end == (last.sum >= 0 ? probability : 1 - probability))
      #expect(curve.samples.last == curve.end && curve.samples.first == curve.start)
      #expect(curve.samples.count <= ContextCurves.resolution + 1)
      #expect(curve.samples.allSatisfy { (0...1).contains($0) })
    }
  }

  /// The samples of a context are its probabilities at equal steps.
  @Test func samplesAreProbabilitiesOverTime() throws {
    let session = try Fixture("cnn_digits_pyt").session()
    var trace = try #require(BinTrace(session, stream: 0, unit: 8))
    let found = try #require(ContextCurves(&trace, tensor: 0))
    let curve = try #require(found.contexts.max { $0.bins < $1.bins })
    // 20,000 bins and more: every 128th of them is a sample.
    var expected: [Double] = []
    var now = curve.start
    for index in found.bins {
      let traced = trace.bin(index)
      let bin = try #require(traced)
      if (index - found.bins.lowerBound) % 128 == 0 { expected.append(now) }
      guard bin.event.context == curve.context, let after = bin.event.after else { continue }
      let probability = TracedBin.probability(after)
      now = after.sum >= 0 ? probability : 1 - probability
    }
    #expect(curve.samples == expected + [curve.end])
    #expect(curve.points(1) == [curve.end] && curve.points(0).isEmpty)
    #expect(curve.points(2) == [curve.start, curve.end])
    #expect(found.point(of: found.bins.lowerBound, of: 50) == 0)
    #expect(found.point(of: found.bins.upperBound + 9, of: 50) == 49)
  }
}

extension Fixture {
  /// Whether any unit has an arithmetic codeword.
  fileprivate func hasCodedPayload(_ session: Session, _ stream: Int) -> Bool {
    session.directory(stream).tensors.contains { $0.quantizer != .raw }
  }
}
