import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// Where every size of a file is wrong, units end where what they hold does.
@Suite struct WrongSizesTests {
  /// How an encoder gets all sizes wrong.
  enum Mistake: CaseIterable {
    /// The size is never filled in.
    case zero
    /// The size field is not counted.
    case withoutField
    /// One byte too many is counted.
    case oneTooMany

    func size(_ right: Int, field: Int) -> Int {
      switch self {
      case .zero: 0
      case .withoutField: right - field
      case .oneTooMany: right + 1
      }
    }
  }

  /// Whether the ends of all units can be told from the stream alone.
  private static func tells(_ stream: NNRStream) -> Bool {
    (0..<stream.unitCount).allSatisfy { unit in
      guard let tree = stream.tree(unit) else { return false }
      switch stream.index.entries[unit].type {
      case .compressedData:
        guard let header = stream.compressedDataUnit(unit) else { return false }
        return header.dimensionsAreCoded && header.parent == nil
      // What a topology holds has no end of its own.
      case .topology: return tree.bitCount - tree.payloadStart <= 8
      default: return true
      }
    }
  }

  /// The stream with other sizes in all of its units.
  private static func damaged(_ stream: NNRStream, _ bytes: [UInt8], _ mistake: Mistake) -> [UInt8]
  {
    var damaged = bytes
    for entry in stream.index.entries {
      let field = bytes[entry.offset] & 0x80 == 0 ? 2 : 4
      // What does not fit loses its upper bits.
      var size = mistake.size(entry.size, field: field) & (1 << (8 * field - 1) - 1)
      for place in (0..<field).reversed() {
        damaged[entry.offset + place] = UInt8(size & 0xff)
        size >>= 8
      }
      if field == 4 { damaged[entry.offset] |= 0x80 }
    }
    return damaged
  }

  @Test func everyUnitIsFoundWithAllSizesWrong() throws {
    var tried = 0
    for fixture in Fixture.all {
      let bytes = try fixture.bytes()
      let whole = try fixture.stream()
      guard Self.tells(whole) else { continue }
      tried += 1
      for mistake in Mistake.allCases {
        let damaged = Self.damaged(whole, bytes, mistake)
        let stream = NNRStream(source: MemorySource(damaged), name: fixture.name)
        #expect(stream.index.entries == whole.index.entries, "\(fixture), \(mistake)")
        #expect(
          stream.index.diagnostics.map(\.rule)
            == [Rule](repeating: .s05, count: stream.unitCount), "\(fixture), \(mistake)")
      }
    }
    // All but updates of other streams, units without dimensions and topologies with data.
    #expect(tried == 117)
  }

  @Test func theReasonSaysWhatTells() throws {
    let fixture = Fixture("mlp_iris")
    let whole = try fixture.stream()
    let damaged = Self.damaged(whole, try fixture.bytes(), .zero)
    let stream = NNRStream(source: MemorySource(damaged), name: fixture.name)
    let size = whole.index.entries[3].size
    #expect(
      stream.index.diagnostics[3].message
        == "nnr_unit_size is 0, but what the unit holds ends after \(size) bytes (a guess)")
    #expect(stream.index.diagnostics[3].range.start == whole.index.entries[3].offset * 8)
    #expect(stream.index.diagnostics[3].range.length == 16)
  }

  // MARK: units that were not damaged

  /// mlp_iris with other bytes for some of its units, and what the places of the units are then.
  private static func iris(
    _ change: (inout [[UInt8]]) -> Void
  ) throws -> (bytes: [UInt8], offsets: [Int]) {
    let bytes = try Fixture("mlp_iris").bytes()
    var units = try Fixture("mlp_iris").stream().index.entries.map { Array(bytes[$0.bytes]) }
    change(&units)
    let offsets = units.indices.map { units[..<$0].reduce(0) { $0 + $1.count } }
    return (units.flatMap { $0 }, offsets)
  }

  /// A unit with its right size in the short form.
  private static func unit(_ body: [UInt8]) -> [UInt8] {
    [UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 0xff)] + body
  }

  /// What stands behind a unit that is looked at again.
  enum Follower: CaseIterable {
    /// A unit of a type that nobody knows.
    case unknown
    case sizeZero
    case sizeTooLarge
    case typeDamaged

    func change(_ units: inout [[UInt8]], behind place: Int) {
      switch self {
      case .unknown: units.insert(WrongSizesTests.unit([40 << 2, 1, 2, 3, 4]), at: place + 1)
      case .sizeZero: units[place + 1].replaceSubrange(0..<2, with: [0, 0])
      case .sizeTooLarge: units[place + 1].replaceSubrange(0..<2, with: [0x7f, 0xff])
      case .typeDamaged: units[place + 1][2] = 0xfc
      }
    }
  }

  /// Data of a topology has no end of its own, and is no chain of units.
  @Test(arguments: Follower.allCases) func aTopologyWithDataStaysWhole(_ follower: Follower) throws
  {
    // The beginning of an ONNX file; a part of it looks like a parameter set.
    let data =
      [8, 7, 0x12, 7] + Array("pytorch".utf8) + (0..<600).map { UInt8(($0 * 37 + 11) % 251) }
    let (bytes, offsets) = try Self.iris { units in
      units[2] = Self.unit([3 << 2, 2, 0] + data)
      follower.change(&units, behind: 2)
    }
    let stream = NNRStream(source: MemorySource(bytes), name: "topology")
    #expect(stream.index.entries.map(\.offset) == offsets)
    #expect(stream.index.entries[2].type == .topology)
  }

  /// Bytes behind a codeword belong to the unit that counts them.
  @Test(arguments: Follower.allCases, [1, 8, 16])
  func aPayloadWithPaddingStaysWhole(_ follower: Follower, _ padding: Int) throws {
    let (bytes, offsets) = try Self.iris { units in
      units[3] = Self.unit(units[3].dropFirst(2) + [UInt8](repeating: 0, count: padding))
      follower.change(&units, behind: 3)
    }
    let stream = NNRStream(source: MemorySource(bytes), name: "padding")
    #expect(stream.index.entries.map(\.offset) == offsets)
    #expect(stream.index.entries[3].type == .compressedData)
  }

  /// The last unit of a file ends where its syntax does, and there the file does.
  @Test(arguments: [UnitPlan.modelParameters, UnitPlan(.layerParameterSet)])
  func aParameterSetAtTheEndIsWhole(_ plan: UnitPlan) {
    for value in 0..<64 {
      var writer = StreamWriter(.start())
      let parameters = plan.set(.mpsQpDensity, 2).set(.mpsQuantizationParameter, value)
        .set(.lpsQpDensity, 2).set(.lpsQuantizationParameter, value)
      writer.append(parameters.with(\.forcedSize, 0))
      let stream = writer.stream()
      #expect(stream.index.entries.map(\.offset) == writer.units.map(\.offset), "\(value)")
      #expect(stream.index.entries.last?.type?.rawValue == plan.type)
    }
  }

  /// A file may end anywhere in a unit whose data would run on.
  @Test func aFileThatEndsInATopologyOpens() throws {
    let (bytes, offsets) = try Self.iris { $0[2] = Self.unit([3 << 2, 2, 0, 8, 7, 0x12, 7]) }
    for end in 1...offsets[3] {
      for size in [0, 9, 500] {
        var cut = Array(bytes.prefix(end))
        if end > offsets[2] + 1 {
          cut.replaceSubrange(
            offsets[2]..<offsets[2] + 2, with: [UInt8(size >> 8), UInt8(size & 0xff)])
        }
        #expect(StreamInvariants.broken(in: cut).isEmpty, "\(end) bytes, size \(size)")
      }
    }
  }

  /// Parameter sets between data units do not make the walk read those in front again and again.
  @Test func manyLayerParameterSetsCostTheirBytes() {
    var writer = StreamWriter(.start(), .modelParameters)
    let names = (0..<2_000).map { UnitPlan.Coded.bytes(Array("layer\($0).weight".utf8)) }
    writer.append(
      UnitPlan(.topology).set(.topologyStorageFormat, 6)
        .set(.countTopologyElementsMinus2, names.count - 2).with(.topologyElemIdList, names))
    for number in 0..<200 {
      writer.append(.tensor("t\(number)", 2, 3, payload: [1, 2, 3, 4]))
      writer.append(UnitPlan(.layerParameterSet))
    }
    let source = CountingSource(writer.bytes)
    let index = UnitIndex(source)
    #expect(index.entries.map(\.offset) == writer.units.map(\.offset))
    #expect(index.diagnostics.isEmpty)
    #expect(source.bytesRead < 20 * writer.bytes.count)
  }
}
