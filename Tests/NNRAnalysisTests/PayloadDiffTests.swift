import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// What is told of payloads that break off, and of those that are read by other parameter sets.
@Suite struct PayloadDiffTests {
  private static func session(_ bytes: [UInt8]) -> Session {
    Session([(MemorySource(bytes), "side")])
  }

  /// The levels in front of a failure are compared, up to the weight in doubt.
  @Test func levelsInFrontOfAFailureAreCompared() throws {
    let bytes = try Fixture("cnn_digits_pyt").bytes()
    let one = Self.session(bytes)
    var seen = 0
    for (number, entry) in one.streams[0].index.entries.enumerated() where seen < 3 {
      guard let header = one.streams[0].compressedDataUnit(number), header.payload.count > 400,
        header.codedTensors.count == 1, header.codedTensors[0].effectiveScanOrder == 0
      else { continue }
      for step in 0..<8 where seen < 3 {
        var changed = bytes
        changed[header.payload.lowerBound + header.payload.count * (step + 1) / 10] ^= 0x40
        let other = Self.session(changed)
        let sink = PayloadSink()
        guard let failure = other.decode(stream: 0, unit: number, into: sink),
          let element = failure.element, element > sink.count
        else { continue }
        seen += 1
        let diff = SessionDiff(one, other)
        let unit = try #require(diff.streams[0].units.first { $0.a == number })
        let levels = try #require(unit.payload?.tensors.first)
        #expect(unit.payload?.failureB == failure)
        #expect(levels.compared == element, "unit \(number), \(entry.size) bytes")
        let first = try #require(levels.first)
        #expect(first.element < element && first.a.level != first.b.level)
        #expect(first.a.bin != nil && first.b.bin != nil)
        #expect(SessionDiff(other, one).streams[0].units.first { $0.a == number } == unit.mirrored)
      }
    }
    #expect(seen > 0)
  }

  /// The same bytes are other integers where a parameter set in front of them differs.
  @Test func unitsThatAreReadOtherwiseDiffer() throws {
    let bytes = try Fixture("bitdepth_8").bytes()
    let one = Self.session(bytes)
    let parameters = try #require(one.streams[0].index.parameterUnits.dropFirst().first)
    let tree = try #require(one.streams[0].tree(parameters))
    let density = try #require(tree.node(of: .mpsQpDensity))
    var changed = bytes
    let bit = one.streams[0].index.entries[parameters].offset * 8 + density.range.end - 1
    changed[bit / 8] ^= 0x80 >> UInt8(bit % 8)
    let other = Self.session(changed)
    let diff = SessionDiff(one, other)
    let data = diff.streams[0].units.filter { $0.title.type == UnitType.compressedData.name }
    #expect(!data.isEmpty)
    for unit in data {
      #expect(unit.firstBit == nil && unit.elements.isEmpty && unit.payload != nil)
    }
    // What is not decoded is no saving.
    let costs = try #require(diff.costs.first)
    let undecoded = costs.classes.filter(\.isUndecoded)
    let failed = data.contains { $0.payload?.failureB != nil }
    #expect(undecoded.isEmpty != failed)
    #expect(undecoded.allSatisfy { $0.change == nil && $0.share == nil })
  }

  /// The first bit is one that counts.
  @Test func theFirstBitHeedsWhatIsIgnored() throws {
    let pair = try ["tca_update1", "tca_update2"].map { Self.session(try Fixture($0).bytes()) }
    var options = DiffOptions()
    let all = SessionDiff(pair[0], pair[1], options: options)
    options.ignoring = ["nnr_unit_size", "put_node_depth"]
    let some = SessionDiff(pair[0], pair[1], options: options)
    let titles = all.streams[0].units.filter { unit in
      unit.elements.contains { $0.name == "nnr_unit_size" }
    }.map(\.a)
    #expect(!titles.isEmpty)
    for unit in some.streams[0].units where titles.contains(unit.a) {
      guard let bit = unit.firstBit else { continue }
      #expect(bit >= 16, "the size takes the first 16 bits")
      let sides = unit.elements.flatMap { [$0.a, $0.b].compactMap { $0 } }
      #expect(sides.contains { ($0.bit..<$0.bit + $0.length).contains(bit) })
    }
  }
}

/// Counts the weights that reach a sink.
private final class PayloadSink: TensorSink {
  var count = 0
  func begin(_ start: TensorStart) {}
  func take(_ levels: ArraySlice<Int32>, first: Int) { count += levels.count }
  func end(_ end: TensorEnd) {}
  var wantsMore: Bool { true }
}
