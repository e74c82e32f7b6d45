import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// Small fixtures cut, with bits flipped and bytes changed: nothing traps, and what was not touched stays what it was.
@Suite struct MutationTests {
  /// One of each kind: rare units, maps, blocks, codebooks, updates, raw floats, edition 1.
  static let victims = [
    "walk_units", "mps_three_maps", "mps_unification_map", "out_of_band_block",
    "decomposed_codebook", "update_codebook_update2", "raw_float_special", "d1_short",
    "ndu_data_format", "first_dim_shift", "mps_base_model_id", "topology_TEF",
  ].map { Fixture($0) }
  private static let mutations = 1_700

  /// A fixture with the trees of all its units.
  private struct Original {
    let bytes: [UInt8]
    let stream: NNRStream
    let trees: [TreeFingerprint?]

    init(_ fixture: Fixture) throws {
      bytes = try fixture.bytes()
      let stream = NNRStream(source: MemorySource(bytes), name: fixture.name)
      self.stream = stream
      trees = (0..<stream.unitCount).map { stream.tree($0).map(TreeFingerprint.init) }
    }

    /// What is wrong with the fixture whose bytes `range` were changed.
    func broken(_ changed: [UInt8], _ range: Range<Int>) -> [String] {
      let other = NNRStream(source: MemorySource(changed), name: "changed")
      var found = StreamInvariants.broken(in: other)
      for (unit, entry) in stream.index.entries.enumerated()
      where !entry.bytes.overlaps(range) && entry.bytes.upperBound <= changed.count {
        guard let same = other.index.entries.firstIndex(of: entry),
          other.parameters(before: same).context == stream.parameters(before: unit).context
        else { continue }
        if other.tree(same).map(TreeFingerprint.init) != trees[unit] {
          found.append("unit \(unit) is not touched, but parsed otherwise")
        }
      }
      return found
    }
  }

  @Test(arguments: victims) func cutAtEveryByte(_ fixture: Fixture) throws {
    let original = try Original(fixture)
    for count in 0..<min(original.bytes.count, 2048) {
      let cut = Array(original.bytes.prefix(count))
      let broken = original.broken(cut, count..<original.bytes.count)
      #expect(broken.isEmpty, "\(fixture) cut at \(count): \(broken)")
    }
  }

  @Test func cutAtRandomPlaces() throws {
    for name in ["tca_base", "many_units", "mlp_digits"] {
      let bytes = try Fixture(name).bytes()
      var random = SeededGenerator(seed: 11)
      for _ in 0..<6 {
        let count = random.pick(0...bytes.count)
        let stream = NNRStream(source: MemorySource(Array(bytes.prefix(count))), name: name)
        let broken = StreamInvariants.broken(in: stream)
        #expect(broken.isEmpty, "\(name) cut at \(count): \(broken)")
      }
    }
  }

  @Test(arguments: victims) func everyHeaderBitFlipped(_ fixture: Fixture) throws {
    let original = try Original(fixture)
    for (unit, entry) in original.stream.index.entries.enumerated() {
      let tree = try #require(original.stream.tree(unit))
      for bit in 0..<tree.payloadStart {
        var bytes = original.bytes
        let place = entry.offset + bit / 8
        bytes[place] ^= 0x80 >> UInt8(bit % 8)
        let broken = original.broken(bytes, place..<place + 1)
        #expect(broken.isEmpty, "\(fixture), unit \(unit), bit \(bit): \(broken)")
      }
    }
  }

  @Test(arguments: victims) func randomMutations(_ fixture: Fixture) throws {
    let original = try Original(fixture)
    for seed in 0..<UInt64(Self.mutations) {
      var random = SeededGenerator(seed: seed)
      let (bytes, range) = Self.mutated(original.bytes, &random)
      let broken = original.broken(bytes, range)
      #expect(broken.isEmpty, "\(fixture), seed \(seed): \(broken)")
    }
  }

  /// Changed bytes, and which of the old ones were touched or moved.
  private static func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> (
    [UInt8], Range<Int>
  ) {
    var bytes = bytes
    let start = random.pick(0...bytes.count - 1)
    let count = random.pick(1...min(8, bytes.count - start))
    let all = start..<bytes.count
    switch random.pick(0...5) {
    case 0:
      for place in start..<start + count { bytes[place] = UInt8(random.pick(0...255)) }
      return (bytes, start..<start + count)
    case 1:
      let ends: [UInt8] = [0, 0xff, 0x80, 0x7f]
      for place in start..<start + count { bytes[place] = ends[random.pick(0...3)] }
      return (bytes, start..<start + count)
    case 2: bytes[start] ^= 1 << UInt8(random.pick(0...7))
    case 3:
      bytes.removeSubrange(start..<start + count)
      return (bytes, all)
    case 4:
      bytes.insert(contentsOf: random.bytes(count), at: start)
      return (bytes, all)
    default:
      bytes.insert(contentsOf: bytes[start..<start + count], at: random.pick(0...start))
      return (bytes, 0..<bytes.count)
    }
    return (bytes, start..<start + 1)
  }
}
