import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// A flag of a header that is wrong, though payload and entry points were written for the right one, is named.
@Suite struct HeaderReadingTests {
  /// A chain of fixtures with an element of a unit of the last one set to another value.
  private func session(_ fixtures: [String], _ unit: Int, _ element: Element, _ value: Int) throws
    -> Session
  {
    var files = try fixtures.map { try Fixture($0).bytes() }
    let stream = NNRStream(source: MemorySource(files[files.count - 1]), name: "right")
    let node = try #require(stream.tree(unit)?.node(of: element))
    let start = stream.index.entries[unit].offset * 8 + node.range.start
    for bit in 0..<node.range.length {
      let mask = UInt8(0x80) >> UInt8((start + bit) % 8)
      let isSet = value >> (node.range.length - 1 - bit) & 1 == 1
      files[files.count - 1][(start + bit) / 8] &= ~mask
      if isSet { files[files.count - 1][(start + bit) / 8] |= mask }
    }
    return Session(files.map { (source: MemorySource($0), name: "wrong") })
  }

  /// What a broken header leaves unexplained: units whose payload does not end well and no explanation names the element.
  private func unexplained(_ fixtures: [String], weights: Int) throws -> [String] {
    let right = Session(try fixtures.map { (MemorySource(try Fixture($0).bytes()), $0) })
    let stream = right.streams[fixtures.count - 1]
    var found: [String] = []
    for unit in stream.index.entries.indices {
      guard let header = stream.compressedDataUnit(unit), let tree = stream.tree(unit),
        header.codedTensors.reduce(0, { $0 + ($1.count ?? 0) }) < weights
      else { continue }
      for field in HeaderField.allCases {
        guard let value = tree.number(of: field.element) else { continue }
        for wrong in (field == .scanOrder ? 0...4 : 0...1) where wrong != value {
          let broken = try session(fixtures, unit, field.element, wrong)
          guard
            let diagnosis = PayloadDiagnosis(broken, stream: fixtures.count - 1, unit: unit),
            let failure = diagnosis.failure
          else { continue }
          let isNamed = diagnosis.explanations.contains { attempt in
            attempt.readings.contains { $0.elements.contains { $0 === field.element } }
          }
          if !isNamed {
            let others = diagnosis.explanations.map(\.summary)
            found.append("u\(unit) \(field) \(value) as \(wrong): \(failure); \(others)")
          }
        }
      }
    }
    return found
  }

  @Test(arguments: [
    ["mlp_iris"], ["d1_dict_scan3_dq"], ["shapes_p1_scan2_dq"], ["d1_block_row_dq"],
    ["codebook_p1"],
    ["cnn_lsa"], ["d1_codebook"], ["decomposed_codebook"],
    ["tca_base", "tca_update1", "tca_update2"],
  ])
  func everyFlagOfAFixture(_ fixtures: [String]) throws {
    let missed = try unexplained(fixtures, weights: 3_000)
    #expect(missed.isEmpty, "\(missed.joined(separator: "\n"))")
  }

  /// The bytes that a size leaves out are no unit where only the parent tells the end, and what ends well with them says the
  /// size.
  @Test(arguments: [1, 7, 20]) func aSizeThatIsTooSmall(_ less: Int) throws {
    var sources = try ["tca_base", "tca_update1", "tca_update2"].map { name in
      (source: MemorySource(try Fixture(name).bytes()) as any ByteSource, name: name)
    }
    let bytes = try Fixture("tca_update2").bytes()
    let whole = NNRStream(source: MemorySource(bytes), name: "right")
    var named = 0
    for (unit, entry) in whole.index.entries.enumerated() {
      guard let header = whole.compressedDataUnit(unit), header.payload.count > less + 3,
        entry.size < 0x7fff
      else { continue }
      var changed = bytes
      changed[entry.offset] = UInt8((entry.size - less) >> 8)
      changed[entry.offset + 1] = UInt8((entry.size - less) & 0xff)
      sources[2] = (source: MemorySource(changed), name: "wrong")
      let diagnosis = try #require(PayloadDiagnosis(Session(sources), stream: 2, unit: unit))
      guard diagnosis.failure != nil else { continue }
      #expect(
        diagnosis.explanations.contains { $0.readings == [.unitSize(entry.size)] },
        "unit \(unit): \(diagnosis.explanations.map(\.summary))")
      named += 1
    }
    #expect(named > 1)
  }

  /// Units whose headers cannot be read any more are diagnosed too.
  @Test(arguments: [("mlp_iris", 0), ("d1_cnn_pyt", 1)])
  func theProfile(_ fixture: String, _ wrong: Int) throws {
    let broken = try session([fixture], 0, .generalProfileIdc, wrong)
    var unreadable = 0
    for unit in broken.streams[0].index.entries.indices {
      guard let found = PayloadDiagnosis(broken, stream: 0, unit: unit), found.failure != nil else {
        continue
      }
      if found.payloadCount == nil { unreadable += 1 }
      #expect(
        found.explanations.contains { attempt in
          attempt.readings.contains { if case .profile(1 - wrong, _) = $0 { true } else { false } }
        }, "unit \(unit): \(found.explanations.map(\.summary))")
    }
    #expect(unreadable > 0)
  }

  /// A dialect that payloads tell, and a density: two things at once.
  @Test func dialectAndDensity() throws {
    let broken = try session(["profile0_plain"], 1, .mpsQpDensity, 3)
    let unit = try #require(
      broken.streams[0].index.entries.firstIndex { $0.type == .compressedData })
    let found = try #require(PayloadDiagnosis(broken, stream: 0, unit: unit))
    #expect(found.explanations.contains { $0.readings.contains(.qpDensity(2)) })
  }
}
