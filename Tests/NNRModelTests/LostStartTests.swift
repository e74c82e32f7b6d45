import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// Damage in front of a stream or in the size of its start unit costs neither the start unit nor the profile.
@Suite struct LostStartTests {
  private static let plans: [UnitPlan] =
    [.start(), .modelParameters, .emptyTopology]
    + (0..<6).map { number in
      var random = SeededGenerator(seed: UInt64(number))
      return .tensor("layer\(number).weight", 8, 8, payload: random.bytes(90))
    }

  private func open(_ bytes: [UInt8]) -> NNRStream {
    #expect(StreamInvariants.broken(in: bytes).isEmpty)
    return NNRStream(source: MemorySource(bytes), name: "broken")
  }

  private func written() -> StreamWriter {
    var writer = StreamWriter()
    for plan in Self.plans { writer.append(plan) }
    return writer
  }

  /// The units from the number `first` on are those of the stream that was written.
  private func expectWhole(_ stream: NNRStream, from first: Int, at offset: Int, _ note: String) {
    let writer = written()
    let whole = NNRStream(source: MemorySource(writer.bytes), name: "whole")
    guard stream.unitCount >= first + whole.unitCount else {
      Issue.record("\(stream.unitCount) units, \(note)")
      return
    }
    for unit in 0..<whole.unitCount {
      let (now, then) = (stream.index.entries[first + unit], whole.index.entries[unit])
      #expect(now.offset == then.offset + offset, "\(note)")
      #expect(now.type == then.type, "\(note)")
      #expect(now.size == then.size, "\(note)")
      // The size of the start unit may be what is damaged.
      guard unit > 0 else { continue }
      #expect(
        stream.tree(first + unit).map(TreeFingerprint.init)
          == whole.tree(unit).map(TreeFingerprint.init), "\(note)")
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 16, 100, 1000, 4095, 4096, 5000])
  func garbageInFrontIsSteppedOver(_ count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    for garbage in [[UInt8](repeating: 0xff, count: count), random.bytes(count)] {
      let stream = open(garbage + written().bytes)
      #expect(stream.index.entries.first?.size == count)
      #expect(stream.index.diagnostics.map(\.rule) == [.s14])
      #expect(stream.profile == 1)
      expectWhole(stream, from: 1, at: count, "\(count) bytes in front")
    }
  }

  @Test(arguments: [1, 3, 100, 5000]) func garbageBetweenTwoStreamsIsSteppedOver(_ count: Int) {
    let bytes = written().bytes
    let stream = open(bytes + [UInt8](repeating: 0xff, count: count) + bytes)
    #expect(stream.index.diagnostics.map(\.rule) == [.s14])
    expectWhole(stream, from: 0, at: 0, "\(count) bytes between")
    expectWhole(
      stream, from: Self.plans.count + 1, at: bytes.count + count, "\(count) bytes between")
  }

  @Test(arguments: [0, 1, 2, 3, 5, 6, 8, 300, 0x7fff]) func aWrongSizeOfTheStartUnitCostsNothing(
    _ size: Int
  ) {
    var bytes = written().bytes
    bytes.replaceSubrange(0..<2, with: [UInt8(size >> 8), UInt8(size & 0xff)])
    let stream = open(bytes)
    #expect(stream.profile == 1, "size \(size)")
    #expect(stream.index.diagnostics.map(\.rule) == [.s05], "size \(size)")
    #expect(
      stream.index.diagnostics.first?.message
        == "nnr_unit_size is \(size), but what the unit holds ends after 4 bytes (a guess)")
    expectWhole(stream, from: 0, at: 0, "size \(size)")
  }

  /// The first bit makes the field one of four bytes, behind which nothing is left of the unit.
  @Test(arguments: 1..<16) func aFlippedBitOfTheSizeOfTheStartUnitCostsNothing(_ bit: Int) {
    var bytes = written().bytes
    bytes[bit / 8] ^= 0x80 >> UInt8(bit % 8)
    let stream = open(bytes)
    #expect(stream.profile == 1, "bit \(bit)")
    expectWhole(stream, from: 0, at: 0, "bit \(bit)")
  }

  /// Whatever the start unit says, and if there is none, the other units are read by their own profile.
  @Test(arguments: Fixture.all) func fixturesOutliveTheLossOfTheirProfile(_ fixture: Fixture) throws
  {
    let bytes = try fixture.bytes()
    let whole = NNRStream(source: MemorySource(bytes), name: "whole")
    guard whole.index.entries.first?.type == .start, whole.index.entries.first?.size == 4,
      whole.index.entries.contains(where: { $0.type == .compressedData })
    else { return }
    func expectSame(_ changed: [UInt8], from first: Int, _ note: String) {
      let stream = NNRStream(source: MemorySource(changed), name: "changed")
      #expect(stream.unitCount == whole.unitCount - 1 + first, "\(note)")
      for unit in 1..<whole.unitCount {
        #expect(
          stream.tree(unit - 1 + first).map(TreeFingerprint.init)
            == whole.tree(unit).map(TreeFingerprint.init), "\(note), unit \(unit)")
      }
    }
    expectSame(Array(bytes.dropFirst(4)), from: 0, "none")
    for profile: UInt8 in [2, 3, 5, 0x11, 0x80, 0xff] {
      var changed = bytes
      changed[3] = profile
      expectSame(changed, from: 1, "profile \(profile)")
    }
    var long = bytes
    long[0] ^= 0x80
    expectSame(long, from: 1, "the long form")
  }

  /// A data unit whose type became that of a start unit or parameter set says nothing about the units behind it.
  @Test(arguments: Fixture.all) func aDataUnitOfAnotherTypeSetsNothing(_ fixture: Fixture) throws {
    let bytes = try fixture.bytes()
    let whole = NNRStream(source: MemorySource(bytes), name: "whole")
    guard bytes.count < 4096, whole.unitCount < 20 else { return }
    for (unit, entry) in whole.index.entries.enumerated() where entry.type == .compressedData {
      for type: UInt8 in 0...1 {
        var changed = bytes
        let place = entry.offset + (bytes[entry.offset] & 0x80 == 0 ? 2 : 4)
        changed[place] = changed[place] & 3 | type << 2
        let stream = NNRStream(source: MemorySource(changed), name: "changed")
        #expect(stream.unitCount == whole.unitCount, "unit \(unit) as \(type)")
        for other in 0..<min(stream.unitCount, whole.unitCount) where other != unit {
          #expect(
            stream.tree(other).map(TreeFingerprint.init)
              == whole.tree(other).map(TreeFingerprint.init),
            "unit \(unit) as \(type), unit \(other)")
        }
      }
    }
  }

  /// A chain of three units, or one to the end, is what a continuation is known by.
  private static func applies(_ stream: NNRStream) -> Bool {
    stream.index.entries.first?.type == .start && stream.index.entries.first?.size == 4
      && stream.profile == 1 && stream.unitCount > 3 && stream.index.diagnostics.isEmpty
  }

  @Test func mostFixturesOfProfile1AreMeant() throws {
    let streams = try Fixture.all.map {
      NNRStream(source: MemorySource(try $0.bytes()), name: $0.name)
    }
    let meant = streams.filter(Self.applies)
    #expect(meant.count * 10 > streams.filter { $0.profile == 1 }.count * 9)
  }

  /// What units say does not hang on the size of the first one.
  @Test(arguments: Fixture.all) func fixturesOutliveAFlippedBitOfTheirFirstSize(_ fixture: Fixture)
    throws
  {
    let bytes = try fixture.bytes()
    let whole = NNRStream(source: MemorySource(bytes), name: "whole")
    guard Self.applies(whole) else { return }
    for bit in 1..<16 {
      var changed = bytes
      changed[bit / 8] ^= 0x80 >> UInt8(bit % 8)
      let stream = NNRStream(source: MemorySource(changed), name: "changed")
      #expect(stream.index.entries == whole.index.entries, "bit \(bit)")
      #expect(stream.profile == 1, "bit \(bit)")
      for unit in 1..<whole.unitCount {
        #expect(
          stream.tree(unit).map(TreeFingerprint.init) == whole.tree(unit).map(TreeFingerprint.init),
          "bit \(bit), unit \(unit)")
      }
    }
  }
}
