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
    /// Two bytes too many are counted.
    case twoTooMany

    func size(_ right: Int, field: Int) -> Int {
      switch self {
      case .zero: 0
      case .withoutField: right - field
      case .twoTooMany: right + 2
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
    for fixture in Fixture.all where fixture.name != "large_10m" {
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
    #expect(tried == 116)
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
}
