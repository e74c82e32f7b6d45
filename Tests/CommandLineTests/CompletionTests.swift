import Foundation
import TestSupport
import Testing

@testable import nnrscope

/// How lines may go on, as the program tells shells.
@Suite struct CompletionTests {
  /// The words that go on from a line, and whether files do.
  private func complete(_ words: String..., shell: String = "fish") throws -> (
    words: [String], others: [String]
  ) {
    let run = try Nnrscope.run(["complete", shell, "--"] + words)
    #expect(run.ending == .exit(0) && run.errors.isEmpty, "\(run.complaint)")
    let lines = run.lines.map { String($0.prefix { $0 != "\t" }) }
    return (lines.filter { !$0.hasPrefix(":") }, lines.filter { $0.hasPrefix(":") })
  }

  private let stream = Nnrscope.path("cnn_digits_pyt")

  @Test func theFirstWordIsACommandOrAFile() throws {
    let (words, others) = try complete("")
    for command in try CommandOutline.program().commands {
      #expect(words.contains(command.commandName))
    }
    #expect(others == [":files"])
    #expect(try complete("lea") == (["learn"], [":files"]))
    #expect(!words.contains("complete"), "what shells ask is nothing to type")
  }

  @Test func furtherWordsAreFiles() throws {
    #expect(try complete(stream, "") == ([], [":files"]))
    #expect(try complete("diff", stream, "x") == ([], [":files"]))
    #expect(try complete("units", "--", "--no") == ([], [":files"]))
    #expect(try complete("extract", stream, "") == ([], []), "extract takes one file")
    #expect(try complete("install-docs", "--prefix", "") == ([], [":folders"]))
  }

  @Test func optionsAreThoseOfTheCommand() throws {
    #expect(try complete("--th").words == ["--theme"])
    #expect(try complete("cost", "--b").words == ["--by"])
    #expect(try complete("cost", "--by", "tensor", "--b").words == [])
    #expect(try complete("tensors", "--against", "x", "--again").words == ["--against"])
    #expect(try complete("learn", "--qu").words == ["--quiz"])
    #expect(try complete("--vers").words == ["--version"])
  }

  @Test func valuesAreThoseOfTheOption() throws {
    #expect(try complete("cost", "--by", "ro").words == ["rows"])
    #expect(try complete("cost", "--by=ro").words == ["--by=rows"])
    #expect(try complete("check", "--severity", "").words == ["error", "warning", "info"])
    #expect(try complete("check", "--explain", "R0").words == ["R01", "R02", "R03", "R04", "R05"])
    #expect(try complete("diff", "--ignore", "dq").words == ["dq_flag"])
    #expect(try complete("reference", "2.4").words == ["2.4"])
    #expect(try complete("help", "ten").words == ["tensors"])
    #expect(try complete("tensors", "--threads", "") == ([], []))
  }

  @Test func lessonsAndFiles() throws {
    #expect(try complete("learn", "pa") == (["parameter-set", "parting"], [":files"]))
  }

  /// Columns are those of the table that the line prints.
  @Test func columns() throws {
    #expect(try complete("units", "--columns", "payload_b").words == ["payload_bytes"])
    #expect(
      try complete("tensors", "--columns", "name,bits").words == [
        "name,bits", "name,bits_per_weight",
      ])
    #expect(try complete("tensors", "--columns", "bits,bits").words == ["bits,bits_per_weight"])
    #expect(try complete("tensors", "--sort", "-bits").words == ["-bits", "-bits_per_weight"])
    #expect(try complete("tensors", stream, "--columns", "snr").words == [])
    #expect(try complete("tensors", stream, "--against", "x", "--columns", "snr").words == ["snr"])
    let contexts = try complete("cost", "--tensor", "w", "--by", "contexts", "--columns", "co")
    #expect(contexts.words.contains("context"))
    #expect(try complete("cost", "--by", "unit", "--columns", "co").words != contexts.words)
    #expect(try complete("tensors", "--filter", "qp > -20 an").words == ["qp > -20 and"])
  }

  @Test func tensorsOfTheFiles() throws {
    #expect(try complete("trace", stream, "--tensor", "fc").words == ["fc.weight", "fc.bias"])
    #expect(try complete("trace", "--tensor", "fc.b").words == [], "no file is named")
    #expect(
      try complete("export", "/nonexistent", stream, "-o", "x", "--tensor", "fc.b").words == [
        "fc.bias"
      ])
    #expect(try complete("cost", stream, "--rows", "conv1").words == ["conv1.weight"])
    #expect(try complete("tensors", stream, "--dims", "fc.b").words == ["fc.bias="])
    #expect(
      try complete("trace", "'\(stream)'", "--tensor", "\"fc.b", shell: "bash").words == ["fc.bias"]
    )
  }

  /// A name that would do something when it is typed is not offered.
  @Test func namesWithControlCharactersAreLeftOut() throws {
    let writer = StreamWriter(
      .start(), .modelParameters, .emptyTopology,
      .tensor("a\u{1b}[31m", 2, 3, payload: [0xf7, 0xdf]),
      .tensor("a\nb", 2, 3, payload: [0xf7, 0xdf]), .tensor("a$(b)", 2, 3, payload: [0xf7, 0xdf]))
    let file = try TemporaryFile(writer.bytes)
    #expect(try complete("trace", file.path, "--tensor", "").words == ["a$(b)"])
  }

  @Test func nothingIsReadFromAPipe() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let pipe = folder.appending(path: "pipe").path
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(try complete("trace", pipe, folder.path, "--tensor", "").words == [])
  }
}
