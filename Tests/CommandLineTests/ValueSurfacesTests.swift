import Foundation
import NNRSyntax
import TestSupport
import Testing

/// NaN, infinities, −0 and the ends of 32 bits look the same wherever weights are shown.
@Suite struct ValueSurfacesTests {
  private static let special: [(word: String, value: Float)] = [
    ("nan", .nan), ("inf", .infinity), ("-inf", -.infinity),
  ]

  /// A stream of a raw tensor "x" of 4 × 4 weights of 0.25, with others at places in C order.
  private func stream(_ changes: [Int: Float]) throws -> TemporaryFile {
    var weights = [Float](repeating: 0.25, count: 16)
    for (place, value) in changes { weights[place] = value }
    let bytes = weights.flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
    }
    var writer = StreamWriter(.start(), .modelParameters, .emptyTopology)
    writer.append(
      UnitPlan(.compressedData).set(.independentlyDecodableFlag, 1).set(.payloadType, 2)
        .set(.inputParametersPresentFlag, 1).set(.topologyElemId, texts: "x")
        .set(.tensorDimensionsFlag, 1).set(.countTensorDimensions, 2).set(.tensorDimensions, 4, 4)
        .set(.rawFloat32Parameter, bytes: bytes))
    return try TemporaryFile(writer.bytes)
  }

  @Test(arguments: special.map(\.word)) func tables(_ word: String) throws {
    let value = try #require(Self.special.first { $0.word == word }).value
    let file = try stream([6: value])
    let text = try Nnrscope.run("tensors", file.path)
    #expect(text.text.contains("x: 1 weight not finite"))
    #expect(text.text.contains("the first at [1, 2]"))
    #expect(text.text.contains("are of the other 15"))
    let csv = try Nnrscope.run(
      "tensors", file.path, "--csv", "--columns",
      "nonfinite,first_nonfinite,min_value,max_value,mean")
    #expect(
      csv.lines == [
        "nonfinite,first_nonfinite,min_value,max_value,mean",
        "1,\"[1, 2] \(word)\",0.25,0.25,0.25",
      ])
    let document = try Nnrscope.run("tensors", file.path, "--json").document()
    let tensor = try #require((document["coded_tensors"] as? [[String: Any]])?.first)
    let values = try #require(tensor["values"] as? [String: Any])
    #expect(values["mean"] is NSNull && values["max"] is NSNull)
    #expect(values["nonfinite"] as? Int == 1 && values["first_nonfinite"] as? [Int] == [1, 2])
    #expect(
      values[["nan": "nan", "inf": "positive_infinity"][word] ?? "negative_infinity"] as? Int == 1)
    let check = try Nnrscope.run("check", file.path)
    #expect(check.text.contains("1 weights of x are not finite, the first at row 1, column 2"))
    let export = try Nnrscope.run(
      "export", file.path, "--tensor", "x", "--format", "csv", "-o", "-")
    #expect(export.lines[1] == "0.25,0.25,\(word),0.25")
    let page = try TemporaryFile([], named: "page.html")
    let report = try Nnrscope.run("report", file.path, "-o", page.path)
    #expect(report.ending == .exit(0))
    let html = try String(contentsOf: page.url, encoding: .utf8)
    #expect(html.contains(word == "nan" ? "1 NaN" : "1 infinite"))
  }

  @Test(arguments: special.map(\.word)) func comparisons(_ word: String) throws {
    let value = try #require(Self.special.first { $0.word == word }).value
    let (one, other) = (try stream([3: 0.5]), try stream([6: value]))
    let diff = try Nnrscope.run("diff", one.path, other.path)
    #expect(diff.ending == .exit(4))
    #expect(diff.text.contains("x: not finite: 1 weight on the second side, 0 on the first"))
    #expect(diff.text.contains("at [1, 2]: 0.25 → \(word)"))
    #expect(diff.text.contains("first differing weight at row 0, column 3: 0.5 → 0.25"))
    #expect(diff.text.contains("0.25*") && !diff.text.contains("SNR dB   inf"))
    let mirrored = try Nnrscope.run("diff", other.path, one.path)
    #expect(mirrored.text.contains("x: not finite: 0 weights on the second side, 1 on the first"))
    let rows = try #require(
      try Nnrscope.run("diff", one.path, other.path, "--json").document()["weights"]
        as? [[String: Any]])
    let comparison = try #require(rows.first?["comparison"] as? [String: Any])
    #expect(comparison["nonfinite"] as? Int == 1 && comparison["nonfinite_values"] as? Int == 1)
    #expect(comparison["nonfinite_reference"] as? Int == 0 && comparison["snr_db"] is NSNull)
    let original = try TemporaryFile([], named: "x.npy")
    _ = try Nnrscope.run("export", one.path, "--tensor", "x", "-o", original.path)
    let against = try Nnrscope.run("tensors", other.path, "--against", original.path)
    #expect(against.ending == .exit(0), "\(against.complaint)")
    #expect(against.text.contains("x: not finite: 1 weight here, 0 in the reference"))
    let pair = against.lines.first { $0.contains("[1, 2]") && $0.hasPrefix("x ") }
    #expect(pair?.contains(word) == true && pair?.contains("0.25") == true)
  }

  @Test func minusZeroKeepsItsSign() throws {
    let (one, other) = (try stream([2: 0]), try stream([2: -0.0]))
    let export = try Nnrscope.run(
      "export", other.path, "--tensor", "x", "--format", "csv", "-o", "-")
    #expect(export.lines[0] == "0.25,0.25,-0.0,0.25")
    let diff = try Nnrscope.run("diff", one.path, other.path)
    #expect(diff.text.contains("first differing weight at row 0, column 2: 0 → -0.0"))
  }

  @Test func rawFloatsAreFloats() throws {
    let paths = ["raw-a.nnc", "raw-b.nnc"].map(Fixture.caseFile)
    let diff = try Nnrscope.run(["diff"] + paths)
    #expect(diff.text.contains("x.weight: 63 of 64 weights the same"))
    #expect(
      diff.text.contains(
        "first differing weight at row 2, column 3: -0.025719224 → 0.47428077"))
    let table = try Nnrscope.run(
      "tensors", paths[0], "--csv", "--columns", "min_value,max_value,min_level")
    let cells = table.lines[1].split(separator: ",", omittingEmptySubsequences: false)
    #expect(cells.count == 3 && cells[2].isEmpty)
    #expect(cells.prefix(2).allSatisfy { Double($0).map { $0.magnitude < 1 } ?? false })
  }

  @Test func oneInfiniteWeightIsNamed() throws {
    let paths = ["finite.nnc", "one-weight-inf.nnc"].map(Fixture.caseFile)
    let diff = try Nnrscope.run(["diff"] + paths)
    #expect(
      diff.text.contains("x.weight: not finite: 2 weights on the second side, 1 on the first"))
    #expect(diff.text.contains("at [1, 1]: 0.02941 → inf") && !diff.text.contains("  inf  "))
    let summary = "1 pair of weights not finite, the greatest error of the others 0"
    #expect(diff.lines[0].contains(summary))
    let markdown = try Nnrscope.run(["diff", "--markdown"] + paths)
    #expect(markdown.text.contains(summary) && markdown.text.contains("| 0, 1 not finite |"))
    let rows = try Nnrscope.run(
      ["diff", "--by", "tensor", "--csv", "--columns", "name,error,nonfinite"] + paths)
    #expect(rows.lines.dropFirst() == ["x.weight,0,1"])
    let budget = try Nnrscope.run(["diff", "--max-error", "1000000"] + paths)
    #expect(budget.ending == .exit(4))
  }

  /// Errors of runs are of the rest where a weight is not finite, and every form says so.
  @Test func runsCountWhatIsNotFinite() throws {
    let paths = [Fixture.caseFile("nan-dq.nnc"), "--against", Fixture.caseFile("nan-dq.npz")]
    let text = try Nnrscope.run(["compare"] + paths)
    #expect(text.lines[0].hasSuffix("not finite"))
    #expect(text.complaint.contains("1 pair of weights not finite: errors are of the others"))
    let runs = try Nnrscope.run(
      ["compare", "--by", "run", "--csv", "--columns", "snr,nonfinite,compared"] + paths)
    #expect(runs.lines.dropFirst() == [",1,511"])
    let cells = try Nnrscope.run(
      ["compare", "--by", "cell", "--csv", "--columns", "name,nonfinite"] + paths)
    #expect(cells.lines.contains("w,1") && cells.lines.contains("ok,0"))
    let json = try Nnrscope.run(["compare", "--json"] + paths)
    #expect(json.text.contains("\"snr\":null") && json.text.contains("\"nonfinite\":1"))
  }

  @Test func theLeastIntegerIsShown() throws {
    let path = Fixture.caseFile("int32-min.nnc")
    let export = try Nnrscope.run("export", path, "--tensor", "0", "--format", "csv", "-o", "-")
    #expect(export.lines == ["-2147483648,5"] && export.ending == .exit(0))
    let csv = try Nnrscope.run("tensors", path, "--csv", "--columns", "min_level,max_level,error")
    #expect(csv.lines[1] == "-2147483648,5,")
    let trace = try Nnrscope.run("trace", path, "--tensor", "0", "--csv")
    #expect(trace.ending == .exit(0) && trace.text.contains("-2147483648"))
    let against = try Nnrscope.run(
      "tensors", path, "--against", Fixture.caseFile("int32-min.npz"), "--csv", "--columns",
      "max_error,error")
    #expect(against.ending == .exit(0) && against.lines[1] == "0,")
  }

  @Test func whereAWeightBecameNaN() throws {
    let run = try Nnrscope.run(
      "tensors", Fixture.caseFile("nan-dq.nnc"), "--against", Fixture.caseFile("nan-dq.npz"))
    #expect(run.text.contains("w: not finite: 0 weights here, 1 in the reference"))
    let line = run.lines.first { $0.hasPrefix("w ") && $0.contains("[") && $0.contains("nan") }
    #expect(line != nil, "\(run.text)")
  }
}
