import TestSupport
import Testing

/// Names from a stream never reach the output as they are where they could act on a terminal or hide.
@Suite struct HostileNamesTests {
  /// C0, C1, DEL, OSC, bidi, zero width, overlong, lone surrogate, cut UTF-8, formula.
  private static let names: [[UInt8]] = [
    Array("\u{1b}]0;owned\u{7}\u{1b}[31m\r\n\t\u{8}".utf8), Array("\u{9b}31m\u{85}".utf8),
    Array("del\u{7f}".utf8), Array("\u{202e}cnn.gpj\u{2066}\u{200f}\u{61c}".utf8),
    Array("zero\u{200b}\u{200d}\u{feff}\u{2060}width".utf8), [0x2f, 0xc0, 0xaf, 0xc1, 0x9b],
    [0xed, 0xa0, 0x80, 0x61], [0xe2, 0x82], Array("=cmd|' /C calc'!A0".utf8),
    Array("line\u{2028}separator\u{2029}".utf8),
  ]

  private static func stream(_ names: [[UInt8]]) -> [UInt8] {
    var writer = StreamWriter(.start(), .modelParameters)
    writer.append(
      UnitPlan(.topology).set(.topologyStorageFormat, 6)
        .set(.countTopologyElementsMinus2, names.count - 2)
        .with(.topologyElemIdList, names.map(UnitPlan.Coded.bytes)))
    for name in names {
      writer.append(
        UnitPlan(.compressedData).set(.payloadType, 2).set(.inputParametersPresentFlag, 1)
          .set(.topologyElemId, bytes: name).set(.tensorDimensionsFlag, 1)
          .set(.countTensorDimensions, 1).set(.tensorDimensions, 1)
          .set(.rawFloat32Parameter, bytes: [0, 0, 0, 0]))
    }
    return writer.bytes
  }

  private static let commands = [
    ["units"], ["syntax"], ["tensors"], ["check"], ["tensors", "--no-decode"], ["updates"],
  ]

  /// The first character of `output` that could act or hide; nil if there is none.
  private func firstHostile(_ output: [UInt8], crlf: Bool) -> String? {
    let text = String(decoding: output, as: UTF8.self)
    guard Array(text.utf8) == output else { return "the output is no UTF-8" }
    let rest = crlf ? text.replacing("\r\n", with: "\n") : text
    let hostile = rest.unicodeScalars.first { scalar in
      scalar != "\n"
        && [.control, .format, .lineSeparator, .paragraphSeparator, .surrogate]
          .contains(scalar.properties.generalCategory)
    }
    return hostile.map { "U+\(String($0.value, radix: 16))" }
  }

  @Test(arguments: commands, [[], ["--csv"], ["--json"]]) func nothingHostileComesOut(
    _ command: [String], _ form: [String]
  ) throws {
    let file = try TemporaryFile(Self.stream(Self.names))
    let run = try Nnrscope.run(command + form + [file.path])
    #expect(run.output.count > 100)
    let hostile = firstHostile(run.output, crlf: form == ["--csv"])
    #expect(hostile == nil, "\(hostile ?? "") in \(command) \(form)")
    if form == ["--csv"] {
      let fields = run.text.split(whereSeparator: { $0 == "," || $0.isNewline })
      #expect(!fields.contains { $0.hasPrefix("=") || $0.hasPrefix("\"=") }, "a formula")
    }
  }

  @Test(arguments: commands) func aNameOfAMegabyteIsElidedForPeopleOnly(_ command: [String]) throws
  {
    let long = [UInt8](repeating: 0x61, count: 1 << 20)
    let file = try TemporaryFile(Self.stream([long, long]))
    let people = try Nnrscope.run(command + [file.path])
    #expect(people.output.count < 64 << 10, "\(people.output.count) bytes")
    let json = try Nnrscope.run(command + ["--json", file.path])
    #expect(firstHostile(json.output, crlf: false) == nil)
  }
}
