import Foundation
import TestSupport
import Testing

/// The forms of `compare`, and how it ends.
@Suite struct CompareOutputTests {
  private static func path(_ file: String) -> String { CompareCommandTests.path(file) }
  private let runs = ["plain_qp-16.nnc", "plain_qp-24.nnc", "dq_qp-24.nnc"].map(path)

  @Test func textSaysWhyBitsChanged() throws {
    let run = try Nnrscope.run(["compare", "--sort", "-spread"] + runs)
    #expect(run.ending == .exit(0) && run.errors.isEmpty, "\(run.complaint)")
    let header = try #require(run.lines.first { $0.contains("bits 1") })
    #expect(header.contains("bits 3") && header.contains("spread") && header.contains("why"))
    let rows = run.lines.filter { $0.hasPrefix("layers") }
    #expect(rows.first?.hasPrefix("layers.0.weight") == true, "the one that differs most")
    #expect(rows.first?.contains("abs_remainder") == true)
  }

  @Test func theCurveIsDrawnAndTheDifferenceSaid() throws {
    let run = try Nnrscope.run(
      "compare", "--against", Self.path("original.npz"), "--series",
      "plain=\(Self.path("plain_*"))", "--series", "dq=\(Self.path("dq_*"))")
    #expect(run.ending == .exit(0) && run.errors.isEmpty, "\(run.complaint)")
    #expect(run.text.contains("dq against plain, Bjøntegaard by PCHIP: −0.50 % bits at equal SNR"))
    #expect(run.text.contains("over 3 of 6 tensors"))
    #expect(run.text.contains("only 73 % of the SNR are common to both"))
    #expect(run.text.contains("a plain   b dq"))
  }

  @Test func theCurveIsADrawing() throws {
    let file = try TemporaryFile([])
    let run = try Nnrscope.run(
      "compare", "--json", "--against", Self.path("original.npz"), "--svg", file.path, "--series",
      "a<b=\(Self.path("plain_*"))", "--series", "dq=\(Self.path("dq_*"))")
    #expect(run.ending == .exit(0), "\(run.complaint)")
    let text = try String(contentsOf: file.url, encoding: .utf8)
    #expect(text.hasPrefix("<svg ") && text.hasSuffix("</svg>\n"))
    #expect(text.components(separatedBy: "<circle").count == 13)
    #expect(text.components(separatedBy: "<polyline").count == 3)
    #expect(text.contains("a&lt;b") && text.contains("dq_qp-16.nnc: 16,168 bit, 13.65 dB"))
    let none = try Nnrscope.run(["compare", "--svg", file.path] + runs)
    #expect(none.ending == .exit(2))
  }

  @Test func rowsAreChosenByTheSameColumns() throws {
    let csv = try Nnrscope.run(
      [
        "compare", "--csv", "--columns", "name,bits_3,why", "--filter",
        "bits_3 > bits_1 and name ~ weight",
      ]
        + runs)
    #expect(csv.lines.first == "name,bits_3,why")
    #expect(csv.lines.count == 4)
    let help = try Nnrscope.run("compare", "--columns", "help")
    let keys = help.lines.compactMap { $0.split(separator: " ").first.map(String.init) }
    let all = try Nnrscope.run(
      ["compare", "--csv", "--columns", keys.joined(separator: ",")] + runs)
    #expect(all.ending == .exit(0) && all.lines.first == keys.joined(separator: ","))
    let wrong = try Nnrscope.run(["compare", "--columns", "bits_4"] + runs)
    #expect(wrong.ending == .exit(2) && wrong.text.isEmpty)
  }

  @Test func ndjsonHasARowForEachTensorOfEachFile() throws {
    let run = try Nnrscope.run(["compare", "--ndjson"] + runs)
    let rows = try run.lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(rows.count == 18)
    #expect(
      rows.compactMap { $0["file"] as? String }
        == runs.flatMap { [String](repeating: $0, count: 6) })
    let byRun = try Nnrscope.run(
      ["compare", "--csv", "--by", "run", "--columns", "file,bits"] + runs)
    #expect(byRun.lines.dropFirst().first == "\(runs[0]),19272")
    let classes = try Nnrscope.run(
      ["compare", "--csv", "--by", "class", "--columns", "bits_1"] + runs)
    let sum = classes.lines.dropFirst().compactMap { Double($0) }.reduce(0, +)
    #expect((sum - 19272).magnitude < 1e-6, "every bit has a class")
  }

  @Test func unreadableFilesAreSaidAndTheOthersCompared() throws {
    let run = try Nnrscope.run(
      ["compare", "--json", "/nonexistent/\u{1b}[31m.nnc", Fixture.folder.path] + runs)
    #expect(run.ending == .exit(3))
    #expect(run.complaint.contains("\\x1b[31m.nnc") && run.complaint.contains("2 of 5 files"))
    #expect(try CompareCommandTests.document(run).runs.map(\.file) == runs)
    let foreign = try Nnrscope.run(["compare"] + runs + [Self.path("original.npz")])
    #expect(foreign.ending == .exit(3) && foreign.complaint.contains("npz file of numpy"))
  }

  @Test func nothingComparedIsAStatus() throws {
    let one = try Nnrscope.run("compare", "--json", runs[0])
    #expect(one.ending == .exit(1) && one.complaint.contains("there is one run"))
    let strangers = try Nnrscope.run("compare", runs[0], Nnrscope.path("cnn_sparse"))
    #expect(strangers.ending == .exit(1) && strangers.complaint.contains("no two runs"))
    let original = try Nnrscope.run(
      "compare", "--against", Self.path("original.npz"), Nnrscope.path("cnn_sparse"),
      Nnrscope.path("cnn_sparse"))
    #expect(original.ending == .exit(1))
    #expect(original.complaint.contains("nothing was compared with the original"))
    let alone = try Nnrscope.run("compare", "--against", Self.path("original.npz"), runs[0])
    #expect(alone.ending == .exit(0), "one run and its original are a comparison")
  }

  @Test func brokenRunsAreSaid() throws {
    let bytes = try Data(contentsOf: URL(filePath: runs[1])).dropLast(40)
    let file = try TemporaryFile([UInt8](bytes))
    let run = try Nnrscope.run("compare", "--json", runs[0], file.path)
    #expect(run.ending == .exit(1) && run.complaint.contains(file.path))
    let found = try CompareCommandTests.document(run)
    #expect(found.rows.contains { $0.cells[1].bits == nil && $0.change == nil })
  }

  /// An update holds differences, which are no weights to compare with an original.
  @Test func updatesAreNotComparedWithAnOriginal() throws {
    let run = try Nnrscope.run(
      "compare", "--json", "--against", Self.path("original.npz"), runs[0],
      Nnrscope.path("tca_update1"))
    let found = try CompareCommandTests.document(run)
    #expect(found.runs.count == 2 && found.runs[0].snr != nil && found.runs[1].snr == nil)
    #expect(run.complaint.contains("is an update"))
  }

  @Test func curvesThatAreNoneAreAnError() throws {
    let original = Self.path("original.npz")
    // The larger file of dependent quantization at −20 is worse than the plain one at −24 is small.
    let mixed = ["plain_qp-16.nnc", "dq_qp-20.nnc", "plain_qp-20.nnc", "dq_qp-16.nnc"].map(
      Self.path)
    let arguments = [
      "compare", "--json", "--against", original, "--series", "a=\(mixed.joined(separator: ","))",
      "--series", "b=\(mixed[0]),\(mixed[0])",
    ]
    let run = try Nnrscope.run(arguments)
    #expect(run.ending == .exit(1) && run.complaint.contains("one point is no curve"))
    let found = try CompareCommandTests.document(run)
    #expect(found.bd.count == 1 && found.bd[0].rate_percent == nil && found.bd[0].problem != nil)
  }

  @Test(arguments: [
    ["--series", "a"], ["--series", "=x"], ["--series", "a="],
    ["--series", "a=/nonexistent/*.nnc"],
    ["--map", "x"], ["--method", "linear"], ["--by", "nonsense"], ["--filter", "bits_9 > 1"],
    ["--json", "--csv"],
  ]) func wrongUsage(_ options: [String]) throws {
    let run = try Nnrscope.run(["compare"] + runs + options)
    #expect(run.ending == .exit(2), "\(run.complaint)")
    #expect(run.output.isEmpty && run.complaint.hasPrefix("nnrscope: "))
  }
}
