import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// Streams whose sizes are wrong go on where plausible units do.
@Suite struct ResynchronisationTests {
  private static let good: [UnitPlan] = [
    .start(), .modelParameters, .emptyTopology, .tensor("first", 2, 3, payload: [1, 2, 3, 4]),
    .tensor("second", 4, 4, payload: [5, 6, 7]), .tensor("third", 4, payload: [8, 9]),
  ]

  private func names(_ stream: NNRStream) -> [String] {
    (0..<stream.unitCount).compactMap { unit in
      stream.tree(unit)?.texts(of: .topologyElemId).first.map {
        String(decoding: $0, as: UTF8.self)
      }
    }
  }

  private func open(_ bytes: [UInt8]) -> NNRStream {
    #expect(StreamInvariants.broken(in: bytes).isEmpty)
    return NNRStream(source: MemorySource(bytes), name: "broken")
  }

  @Test func garbageBetweenUnitsIsSteppedOver() {
    var writer = StreamWriter()
    for plan in Self.good.prefix(4) { writer.append(plan) }
    // As a size these bytes are far beyond the end.
    writer.append(raw: [0x7f, 0xff, 0xff])
    for plan in Self.good.dropFirst(4) { writer.append(plan) }
    let stream = open(writer.bytes)
    #expect(stream.index.entries.map(\.type?.rawValue) == [0, 1, 3, 5, nil, 5, 5])
    #expect(stream.index.entries[4].size == 3)
    #expect(stream.index.diagnostics.map(\.rule) == [.s14])
    let message = stream.index.diagnostics.last?.message ?? ""
    #expect(message.contains("3 bytes skipped, the stream continues"))
    #expect(names(stream) == ["first", "second", "third"])
  }

  /// The unit is there with its header and its payload, wherever it stands.
  @Test(arguments: [0, 1, 2, 0x7fff]) func aSizeThatCannotBeTrueCostsNothing(_ size: Int) {
    for victim in 3...5 {
      for flag in 0...1 {
        var writer = StreamWriter()
        for (place, plan) in Self.good.enumerated() {
          writer.append(
            place == victim
              ? plan.set(.nnrUnitSizeFlag, flag).with(\.forcedSize, size) : plan)
        }
        let stream = open(writer.bytes)
        #expect(stream.index.entries.map(\.type?.rawValue) == [0, 1, 3, 5, 5, 5])
        #expect(stream.index.entries.map(\.offset) == writer.units.map(\.offset))
        #expect(names(stream) == ["first", "second", "third"])
        #expect(stream.index.diagnostics.map(\.rule) == [.s05])
        let range = stream.index.diagnostics.first?.range
        #expect(range?.start == writer.units[victim].offset * 8)
        #expect(range?.length == (flag == 1 ? 32 : 16))
      }
    }
  }

  /// Two sizes are wrong, with so many sound units between them.
  @Test(arguments: [2, 3, 4], [0, 1, 2, 500, 0x7fff])
  func twoWrongSizesCostNothing(_ apart: Int, _ size: Int) {
    var writer = StreamWriter()
    for (place, plan) in Self.long.enumerated() {
      writer.append(
        place == 4 || place == 5 + apart ? plan.with(\.forcedSize, size) : plan)
    }
    let stream = open(writer.bytes)
    #expect(stream.index.entries.map(\.offset) == writer.units.map(\.offset))
    #expect(stream.index.diagnostics.map(\.rule) == [.s05, .s05])
  }

  @Test func manyImpossibleSizesCostNothing() {
    var writer = StreamWriter()
    for plan in Self.good.prefix(3) { writer.append(plan) }
    for number in 0..<200 {
      let plan = UnitPlan.tensor("t\(number)", 2, 3, payload: [1, 2, 3, 4])
      writer.append(number % 5 == 0 ? plan.with(\.forcedSize, 0) : plan)
    }
    let stream = open(writer.bytes)
    #expect(stream.index.entries.map(\.offset) == writer.units.map(\.offset))
    #expect(names(stream) == (0..<200).map { "t\($0)" })
    #expect(stream.index.diagnostics.map(\.rule) == [Rule](repeating: .s05, count: 40))
  }

  /// Zeros have the look of a start unit without a size.
  @Test(arguments: [3, 4, 5, 16, 1000]) func zerosBehindAStreamAreNoStartUnit(_ count: Int) {
    var writer = StreamWriter()
    for plan in Self.good { writer.append(plan) }
    writer.append(raw: [UInt8](repeating: 0, count: count))
    let stream = open(writer.bytes)
    #expect(stream.index.entries.map(\.type?.rawValue) == [0, 1, 3, 5, 5, 5, nil])
    #expect(stream.index.diagnostics.map(\.rule) == [.s05])
  }

  /// The last unit is shown as far as it goes, also where its header is cut.
  @Test func aTruncatedFileShowsTheBeginningOfItsLastUnit() throws {
    var writer = StreamWriter()
    for plan in Self.good { writer.append(plan) }
    let last = try #require(writer.units.last)
    let header = try #require(writer.stream().tree(5)).payloadStart / 8
    for left in 1..<last.unit.bytes.count {
      let stream = open(Array(writer.bytes.prefix(last.offset + left)))
      #expect(stream.unitCount == 6)
      #expect(stream.index.entries[5].size == left)
      #expect(stream.index.diagnostics.map(\.rule) == [left < 3 ? .s07 : .s05])
      #expect(stream.index.entries[5].type == (left < 3 ? nil : .compressedData), "\(left)")
      #expect(names(stream).prefix(2) == ["first", "second"])
      #expect(left < header || names(stream).last == "third", "\(left)")
      #expect(left > 5 || names(stream).count == 2, "\(left)")
      guard left >= 3 else { continue }
      #expect(
        stream.index.diagnostics.first?.message
          == "nnr_unit_size is \(last.unit.bytes.count), but \(left) bytes are left")
    }
  }

  @Test(arguments: [1, 2]) func bytesBehindTheLastUnitAreShown(_ count: Int) {
    var writer = StreamWriter()
    for plan in Self.good { writer.append(plan) }
    writer.append(raw: [UInt8](repeating: 0, count: count))
    let stream = open(writer.bytes)
    #expect(stream.unitCount == 7)
    #expect(stream.index.entries[6].size == count)
    #expect(stream.index.diagnostics.map(\.rule) == [.s07])
    #expect(names(stream) == ["first", "second", "third"])
  }

  @Test func whatHoldsNoUnitIsOneEntry() {
    for bytes in [[UInt8](repeating: 0, count: 5_000), [UInt8](repeating: 0xff, count: 5_000)] {
      let stream = open(bytes)
      #expect(stream.unitCount == 1)
      #expect(stream.index.entries.first?.type == nil)
      #expect(stream.tree(0) == nil)
    }
  }

  @Test func anEmptyFileHasNoUnits() {
    let stream = open([])
    #expect(stream.unitCount == 0)
    #expect(stream.profile == nil)
    #expect(stream.tree(0) == nil)
    #expect(stream.tree(-1) == nil)
  }

  @Test func garbageLongerThanAWindowIsSteppedOver() {
    var writer = StreamWriter()
    writer.append(Self.good[0])
    writer.append(raw: [UInt8](repeating: 0, count: 20_000))
    for plan in Self.good.dropFirst() { writer.append(plan) }
    let stream = open(writer.bytes)
    #expect(stream.index.entries.map(\.type?.rawValue) == [0, nil, 1, 3, 5, 5, 5])
    #expect(stream.index.entries[1].size == 20_000)
  }

  /// Two units of some size, so that sizes that are wrong stay within the file.
  private static let long: [UnitPlan] =
    good.prefix(3)
    + (0..<12).map { number in
      var random = SeededGenerator(seed: UInt64(number))
      return .tensor("layer\(number).weight", 8, 8, payload: random.bytes(90))
    }

  @Test(arguments: [-60, -7, -1, 1, 2, 40, 90, 150, 333]) func aWrongSizeWithinTheFileCostsOneUnit(
    _ change: Int
  ) {
    for victim in 3..<11 {
      let size = WrittenSize.of(Self.long[victim])
      var writer = StreamWriter()
      for (place, plan) in Self.long.enumerated() {
        writer.append(place == victim ? plan.with(\.forcedSize, size + change) : plan)
      }
      let stream = open(writer.bytes)
      let found = Set(names(stream))
      for other in 0..<12 where other != victim - 3 {
        #expect(found.contains("layer\(other).weight"), "size \(size)\(change), unit \(victim)")
      }
      #expect(stream.index.diagnostics.count == 1, "size \(size)\(change), unit \(victim)")
      #expect(stream.index.diagnostics.allSatisfy { [.s05, .s14].contains($0.rule) })
    }
  }

  @Test func aSizeThatReachesOverAUnitIsCutAtIt() {
    var writer = StreamWriter()
    for (place, plan) in Self.long.enumerated() {
      writer.append(place == 5 ? plan.with(\.forcedSize, WrittenSize.of(plan) + 20) : plan)
    }
    let stream = open(writer.bytes)
    #expect(stream.index.entries.map(\.offset) == writer.units.map(\.offset))
    #expect(stream.index.diagnostics.map(\.rule) == [.s05])
    #expect(stream.index.diagnostics.first?.message.contains("another unit starts after") == true)
  }

  /// A wrong size leads to bytes that have the look of a unit nobody writes, and from there back to a true one.
  @Test(arguments: [30 << 2, 0 << 2, 1 << 2, 4 << 2]) func aSizeThatLeadsAstrayIsCutAtTheNextUnit(
    _ type: UInt8
  ) {
    let length = 90
    var writer = StreamWriter()
    for (place, plan) in Self.long.enumerated() {
      switch place {
      case 5: writer.append(plan.with(\.forcedSize, WrittenSize.of(plan) * 2 - length))
      case 6:
        var payload = [UInt8](repeating: 0xaa, count: length)
        payload.replaceSubrange(0..<4, with: [0, UInt8(length), type, 0x77])
        writer.append(.tensor("layer3.weight", 8, 8, payload: payload))
      default: writer.append(plan)
      }
    }
    let stream = open(writer.bytes)
    #expect(stream.index.entries.map(\.offset) == writer.units.map(\.offset))
    #expect(stream.index.diagnostics.map(\.rule) == [.s05])
    #expect(stream.index.diagnostics.first?.range.start == writer.units[5].offset * 8)
  }

  @Test func aReservedUnitThatLeadsOnIsStillAUnit() {
    var writer = StreamWriter()
    for plan in Self.long.prefix(6) { writer.append(plan) }
    writer.append(UnitPlan(type: 20).set(.reservedUnitData, bytes: [1, 2, 3]))
    for plan in Self.long.dropFirst(6) { writer.append(plan) }
    let stream = open(writer.bytes)
    #expect(stream.index.entries[6].type?.rawValue == 20)
    #expect(stream.index.diagnostics.isEmpty)
  }

  @Test func aLostMegabyteIsSteppedOver() {
    var writer = StreamWriter()
    for plan in Self.long.prefix(5) { writer.append(plan) }
    var random = SeededGenerator(seed: 1)
    writer.append(raw: [0x7f, 0xff, 0xff] + random.bytes(2 << 20))
    for plan in Self.long.dropFirst(5) { writer.append(plan) }
    let stream = NNRStream(source: MemorySource(writer.bytes), name: "lost")
    #expect(names(stream).suffix(10) == (2..<12).map { "layer\($0).weight" })
  }

  /// Bytes that look like heads everywhere must not buy more work than their number.
  @Test(arguments: [
    [0, 9, 20, 8], [0, 5, 4, 0, 0x80], [0, 4, 0, 1], [0, 40, 23], [0xff, 0, 3],
  ])
  func hostileHeadsTakeBoundedTime(_ pattern: [UInt8]) {
    let clock = ContinuousClock()
    let bytes = (0..<300_000).map { pattern[$0 % pattern.count] }
    let taken = clock.measure {
      #expect(NNRStream(source: MemorySource(bytes), name: "hostile").unitCount > 0)
    }
    #expect(taken < .seconds(20))
  }
}

/// The size of a unit as it is written.
private enum WrittenSize {
  static func of(_ plan: UnitPlan) -> Int {
    var writer = StreamWriter(.start(), .modelParameters)
    return writer.append(plan).bytes.count
  }
}
