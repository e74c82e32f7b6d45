import NNRBits
import NNRCarriage
import TestSupport
import Testing

/// Broken carriers: each says what is wrong, where, and gives what can still be read.
@Suite struct BrokenCarrierTests {
  /// The rule that each broken sample breaks, the byte that is named, and the NNR bitstreams that are still found.
  static let expected: [(file: String, rule: String, offset: Int, streams: Int)] = [
    ("box_past_parent.mp4", "C06", 144, 0), ("box_size7.mp4", "C06", 144, 0),
    ("iloc_count_huge.heif", "C06", 479, 0), ("iloc_length_past_file.heif", "C18", 495, 3),
    ("iloc_self_reference.heif", "C18", 583, 4), ("nal_bad_epb.264", "C03", 691, 1),
    ("nal_length_past_sample.mp4", "C05", 689, 4), ("nested_size0.mp4", "C06", 144, 0),
    ("nnpfc_cut_1.264", "S10", 672, 0), ("nnpfc_cut_2.264", "S10", 674, 0),
    ("nnpfc_cut_9.264", "S10", 681, 0), ("nnpfc_metadata_huge.264", "C10", 680, 0),
    ("nnpfc_ue_too_long.264", "S10", 674, 0), ("nnpfc_uri_unterminated.264", "S10", 701, 0),
    ("payload_onnx.264", "C16", 681, 1), ("sei_no_trailing_bits.264", "C04", 795, 1),
    ("sei_size_past_nal.264", "C02", 670, 1), ("sei_type_ff_to_end.264", "C01", 670, 0),
    ("stsz_count_huge.mp4", "C06", 621, 0), ("truncated_mdat.mp4", "C18", 394, 4),
  ]

  @Test(arguments: expected.indices) func saysWhatIsWrong(_ number: Int) throws {
    let expected = Self.expected[number]
    let path = CarrierSample.folder + "/neg/" + expected.file
    let carriage = try #require(try Carriage.read(FileSource(path: path)))
    let found = carriage.allFindings
    #expect(
      found.contains { $0.rule.id == expected.rule && $0.offset == expected.offset },
      "\(expected.file): \(found.map { "\($0.rule.id) \($0.offset) \($0.message)" })")
    #expect(carriage.streams.joined().count == expected.streams, "\(expected.file)")
  }

  /// Rules that concern several messages, on the samples made for them.
  @Test func messagesAreComparedWithOneAnother() throws {
    let path = CarrierSample.folder + "/avc_edges.264"
    let carriage = try #require(try Carriage.read(FileSource(path: path)))
    let found = carriage.allFindings.map { "\($0.rule.id) \($0.offset)" }
    for expected in [
      "C14 9122", "C12 11248", "C13 12468", "C13 13682", "C09 15003", "C08 15067", "C09 15139",
      "C09 15157", "C09 15218", "C11 15299", "C16 7753",
    ] { #expect(found.contains(expected), "\(expected)") }
    #expect(
      carriage.streams.map { $0.map(\.name) } == [
        ["#60", "#60+1", "#60+2", "#60+3"], ["#61"], ["#62"], ["#63"], ["#60.2", "#60.2+1"],
        ["#65+1"], ["#300"], ["#66"], ["#68"], ["#69"], ["#71"],
      ])
  }

  /// Whatever is cut or turned, reading ends, keeps within the file and is told the same way twice.
  @Test(arguments: CarrierSample.all) func damageIsStood(_ sample: CarrierSample) throws {
    let source = try sample.source()
    let bytes = try source.read(0..<source.count)
    guard bytes.count < 20_000 else { return }
    var random = SeededGenerator(seed: 7)
    for _ in 0..<RandomCases.count(60) {
      var damaged = bytes
      for _ in 0..<random.pick(1...4) {
        damaged[random.pick(0...damaged.count - 1)] = UInt8(random.pick(0...255))
      }
      if random.once(in: 3) { damaged.removeLast(random.pick(0...damaged.count - 1)) }
      guard let carriage = try Carriage.read(MemorySource(damaged)) else { continue }
      for message in carriage.messages {
        #expect(message.offset <= message.end && message.end <= damaged.count)
        for run in message.payload.runs {
          #expect(run.fileOffset >= 0 && run.fileOffset + run.length <= damaged.count)
        }
      }
      for stream in carriage.streams.joined() {
        #expect(try stream.source.read(0..<stream.source.count).count == stream.source.count)
      }
    }
  }
}
