import Foundation
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// Names out of a stream, of files and of commands never reach standard output or standard error raw.
@Suite struct HostileOutputTests {
  /// A title, a colour by C1, a reversal, broken UTF-8, a formula, a line break, a zero-width space.
  private static let names: [[UInt8]] = [
    Array("\u{1b}]0;owned\u{7}.w".utf8), [0xc2, 0x9b, 0x33, 0x31, 0x6d, 0x78],
    Array("\u{202e}gnp.w".utf8), [0xff, 0xfe, 0x41], Array("=1+cmd|' /C calc'!A0".utf8),
    Array("two\nlines\r.w".utf8), Array("in\u{200b}visible\u{feff}".utf8),
    [0xed, 0xa0, 0x80, 0x7f],
  ]

  private func stream() throws -> TemporaryFile {
    var writer = StreamWriter(.start(), .modelParameters, .emptyTopology)
    for name in Self.names {
      // The payload of the format reference's worked example: four weights.
      writer.append(
        UnitPlan.tensor("", 4, payload: [0xf7, 0xdf, 0xa0, 0x03, 0x05, 0x94, 0xf8])
          .set(.topologyElemId, bytes: name))
    }
    return try TemporaryFile(writer.bytes)
  }

  /// The first character of a text that should not be there; ends of lines are allowed.
  private func stray(in bytes: [UInt8], isTable: Bool = false) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return "broken UTF-8" }
    let found = text.unicodeScalars.first { scalar in
      if scalar == "\n" || scalar == "\r" && isTable { return false }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        return true
      default: return false
      }
    }
    return found.map { "U+" + String($0.value, radix: 16) }
  }

  @Test(arguments: [
    ["units"], ["units", "--json"], ["units", "--csv"], ["syntax"], ["syntax", "--json"],
    ["syntax", "--csv"], ["tensors"], ["tensors", "--json", "--hash", "--model"],
    ["tensors", "--csv"], ["cost"], ["cost", "--json"], ["cost", "--csv"], ["check"],
    ["updates"], ["updates", "--json"],
    ["updates", "--csv"], ["check", "--json"], ["check", "--csv"], ["diagnose"],
    ["diagnose", "--json"],
    ["bench", "--rounds", "1"], ["bench", "--rounds", "1", "--json"], ["whatif"],
    ["whatif", "--json", "--all"], ["whatif", "--all"], ["recode", "--dry-run"],
    ["recode", "--dry-run", "--json"],
    ["trace", "--tensor", "two\nlines\r.w"], ["trace", "--tensor", "\u{202e}gnp.w", "--json"],
    ["report", "-o", "-"], ["tensors", "--filter", "name ~ \u{1b}[31m"],
    ["tensors", "--sort", "\u{202e}"], ["trace", "--tensor", "\u{1b}[2J"],
    ["syntax", "--element", "\u{9b}31m"], ["export", "--format", "csv", "-o", "\u{1b}[2J/none/x"],
  ]) func staysOutside(_ command: [String]) throws {
    let file = try stream()
    let run = try Nnrscope.run(command + [file.path])
    #expect(!run.output.isEmpty || !run.errors.isEmpty)
    // CSV ends its lines by both characters; neither stands alone.
    #expect(stray(in: run.output, isTable: command.contains("--csv")) == nil)
    #expect(run.text.unicodeScalars.count { $0 == "\r" } == run.text.count { $0 == "\r\n" })
    #expect(stray(in: run.errors) == nil)
  }

  @Test func differencesNameThem() throws {
    let file = try stream()
    let run = try Nnrscope.run("diff", file.path, Nnrscope.path("mlp_iris"))
    #expect(run.ending == .exit(4))
    #expect(stray(in: run.output) == nil)
  }

  @Test func screensEscapeThem() throws {
    let file = try stream()
    let run = try Nnrscope.run(
      "explore", file.path, "--script", "-", "--size", "160x50",
      input: Array("key t\nsave-screen -\nkey 2\nwait\nsave-screen -\nkey 6\nsave-screen -\n".utf8))
    #expect(run.ending == .exit(0), "\(run.complaint)")
    #expect(stray(in: run.output) == nil)
    #expect(run.text.contains("\\u{202e}gnp"))
  }

  @Test func formulasAreDisarmed() throws {
    let file = try stream()
    let run = try Nnrscope.run("tensors", "--csv", "--columns", "name", file.path)
    #expect(run.text.contains("cmd|"))
    #expect(!run.lines.contains { $0.hasPrefix("=") || $0.hasPrefix("\"=") })
  }

  @Test func namesComeBackExactlyFromJSON() throws {
    let file = try stream()
    let document = try Nnrscope.run("tensors", "--no-decode", "--json", file.path).document()
    let tensors = try #require(document["coded_tensors"] as? [[String: Any]])
    let names = tensors.compactMap { $0["name"] as? String }
    #expect(names == Self.names.map { String(decoding: $0, as: UTF8.self) })
  }

  @Test func filesWithHostileNames() throws {
    let file = try stream()
    let hostile = file.url.deletingLastPathComponent().appending(path: "\u{1b}[31m\u{202e}.nnc")
    try FileManager.default.moveItem(at: file.url, to: hostile)
    for command in ["units", "tensors", "cost", "check", "diagnose", "updates"] {
      let run = try Nnrscope.run(command, hostile.path)
      #expect(stray(in: run.output) == nil, "\(command)")
      #expect(stray(in: run.errors) == nil, "\(command)")
    }
  }
}
