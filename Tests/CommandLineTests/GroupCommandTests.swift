import Foundation
import TestSupport
import Testing

/// Rows that are groups, and columns out of a file.
@Suite struct GroupCommandTests {
  private let digits = Nnrscope.path("cnn_digits_pyt")
  private let runs = ["plain_qp-16.nnc", "dq_qp-24.nnc"].map(CompareCommandTests.path)

  private func objects(_ run: ProgramRun) throws -> [[String: Any]] {
    try run.lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func groupsAddUpToTheFile() throws {
    let run = try Nnrscope.run(
      "cost", "--ndjson", "--group", "convs=conv*", "--group-by", "role", digits)
    let rows = try objects(run)
    let bits = rows.compactMap { $0["bits"] as? Double }.reduce(0, +)
    let size = try Data(contentsOf: URL(filePath: digits)).count
    #expect((bits - 8 * Double(size)).magnitude < 1e-6)
    #expect(rows.first?["name"] as? String == "convs" && rows.first?["file"] as? String == digits)
    #expect(rows.contains { $0["name"] as? String == "bias" })
    let document = try Nnrscope.run("cost", "--json", "--group", "convs=conv*", digits).document()
    let groups = try #require(document["groups"] as? [[String: Any]])
    #expect(groups.compactMap { $0["name"] as? String }.contains("(other)"))
  }

  @Test func groupsOfTensorsAndRuns() throws {
    let tensors = try objects(
      try Nnrscope.run(
        "tensors", "--ndjson", "--group-by", "role", "--against",
        CompareCommandTests.path("original.npz"), runs[0]))
    #expect(tensors.compactMap { $0["name"] as? String } == ["weight", "bias"])
    let compared = try CompareCommandTests.document(
      try Nnrscope.run(
        [
          "compare", "--json", "--group-by", "role", "--against",
          CompareCommandTests.path("original.npz"),
        ]
          + runs))
    #expect(compared.rows.map(\.name) == ["weight", "bias"])
    for (row, tensor) in zip(compared.rows, tensors) {
      #expect(row.cells[0].bits == tensor["bits"] as? Double)
      let (rmse, wanted) = (row.cells[0].rmse ?? 0, tensor["rmse"] as? Double ?? -1)
      #expect((rmse - wanted).magnitude < 1e-12)
    }
  }

  @Test func columnsOfAFileAreShownSortedFilteredAndGroupedBy() throws {
    let file = try TemporaryFile(
      [UInt8]("name,sensitivity,kind\nconv1.weight,0.5,first\nfc.weight,2,last\n".utf8))
    let shown = try Nnrscope.run(
      "tensors", "--csv", "--join", file.path, "--columns", "name,sensitivity", "--sort",
      "-sensitivity", "--filter", "sensitivity > 0", digits)
    #expect(shown.lines == ["name,sensitivity", "fc.weight,2", "conv1.weight,0.5"])
    #expect(shown.complaint.contains("has no row for"))
    let cost = try Nnrscope.run(
      "cost", "--by", "tensor", "--join", file.path, "--csv", "--columns", "kind", digits)
    #expect(cost.lines.contains("first") && cost.ending == .exit(0))
    let grouped = try Nnrscope.run(
      "tensors", "--csv", "--join", file.path, "--group-by", "kind", "--columns", "name,tensors",
      digits)
    #expect(grouped.lines.contains("first,1") && grouped.lines.contains("last,1"))
    let compare = try Nnrscope.run(
      ["compare", "--csv", "--join", file.path, "--columns", "name,kind"] + runs)
    #expect(compare.ending == .exit(0))
  }

  @Test(arguments: [
    ["tensors", "--group", "norm"], ["tensors", "--group", "=x"], ["cost", "--group-by", "colour"],
    ["cost", "--group-by", "depth:0"], ["cost", "--group-by", "role", "--by", "unit"],
    ["compare", "--group-by", "role", "--by", "class"], ["cost", "--join", "x.csv"],
  ]) func wrongUsage(_ command: [String]) throws {
    let run = try Nnrscope.run(command + [digits])
    #expect(run.ending == .exit(2), "\(run.complaint)")
    #expect(run.output.isEmpty && run.complaint.hasPrefix("nnrscope: "))
  }

  @Test func filesThatCannotBeJoined() throws {
    let broken = try TemporaryFile([UInt8]("name,v\n\"a,\u{1b}[31m\n".utf8))
    for path in ["/nonexistent/x.csv", broken.path] {
      let run = try Nnrscope.run("tensors", "--join", path, digits)
      #expect(run.ending == .exit(3) && run.output.isEmpty)
      #expect(!run.complaint.contains("\u{1b}"))
    }
  }
}
