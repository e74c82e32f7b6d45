import Foundation
import TestSupport
import Testing

/// Rows for other programs, and what is said of filters.
@Suite struct RowOutputTests {
  private let digits = Nnrscope.path("cnn_digits_pyt")

  private func objects(_ run: ProgramRun) throws -> [[String: Any]] {
    try run.text.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  /// The commands that print tables, with what they need besides a file.
  private static let commands: [[String]] = [
    ["units"], ["syntax"], ["tensors"], ["updates"], ["cost"], ["cost", "--by", "tensor"],
    ["cost", "--by", "unit"], ["cost", "--by", "class"],
    ["cost", "--by", "rows", "--tensor", "fc.weight"],
    ["trace", "--tensor", "fc.weight", "--count", "9"],
    ["trace", "--tensor", "fc.weight", "--contexts"], ["diff", Nnrscope.path("names")],
  ]

  /// An object a row with the name of its file, and the columns of the CSV.
  @Test(arguments: commands) func ndjsonIsTheTable(_ command: [String]) throws {
    let rows = try objects(try Nnrscope.run(command + ["--ndjson", digits]))
    let csv = try Nnrscope.run(command + ["--csv", digits]).lines
    #expect(!rows.isEmpty && rows.count == csv.count - 1)
    let keys = Set(csv[0].split(separator: ",").map(String.init))
    for row in rows {
      #expect(row["file"] is String)
      #expect(Set(row.keys).subtracting(["file"]) == keys.subtracting(["file"]))
    }
  }

  /// The tables of several streams are one behind the other, and each row says whose it is.
  @Test func ndjsonOfSeveralFiles() throws {
    let files = ["tca_base", "tca_update1"].map(Nnrscope.path)
    for columns in [[], ["--columns", "bits"]] {
      let rows = try objects(try Nnrscope.run(["tensors", "--ndjson"] + columns + files))
      #expect(Set(rows.compactMap { $0["file"] as? String }) == Set(files))
      #expect(rows.allSatisfy { $0["bits"] is Double })
    }
    let found = try objects(try Nnrscope.run(["check", "--ndjson", "--columns", "id"] + files))
    #expect(found.allSatisfy { $0.count == 2 && files.contains($0["file"] as? String ?? "") })
    #expect(try Nnrscope.run("units", "--ndjson", "--csv", digits).ending == .exit(2))
  }

  /// Weights that are no finite numbers: null, and counts.
  @Test func whatIsNotFiniteIsCounted() throws {
    let rows = try objects(
      try Nnrscope.run("tensors", "--ndjson", Nnrscope.path("raw_float_special")))
    let special = rows.filter { ($0["nonfinite"] as? Int ?? 0) > 0 }
    #expect(!special.isEmpty)
    for row in special {
      let null = row.filter { $0.value is NSNull && ["mean", "std"].contains($0.key) }
      #expect(row["nonfinite_cells"] as? Int ?? 0 <= null.count)
    }
    for row in rows where row["qp"] is Int { #expect(row["step"] is Double) }
  }

  @Test(arguments: [
    ("shape == 10x512", "shape == 10×512"), ("type == FLOAT", "type == NNR_PT_FLOAT"),
    ("bpw > 2", "bits_per_weight > 2"), ("step_size < 1", "step < 1"),
  ]) func synonyms(_ typed: String, _ meant: String) throws {
    let runs = try [typed, meant].map {
      try Nnrscope.run("tensors", "--csv", "--filter", $0, digits)
    }
    #expect(runs.allSatisfy { $0.ending == .exit(0) })
    #expect(runs[0].text == runs[1].text)
  }

  @Test func filtersThatCannotFit() throws {
    let none = try Nnrscope.run("tensors", "--csv", "--filter", "weights > 1T", digits)
    #expect(none.ending == .exit(0) && none.lines.count == 1)
    #expect(none.complaint.contains("nothing fits the filter weights > 1T"))
    let some = try Nnrscope.run("tensors", "--json", "--filter", "weights > 1", digits)
    #expect(some.complaint.isEmpty)
    let wrong = try Nnrscope.run("tensors", "--filter", "type == FLOOT", digits)
    #expect(wrong.ending == .exit(2) && wrong.text.isEmpty)
    #expect(wrong.complaint.contains("there is INT, FLOAT, RAW_FLOAT, BLOCK"))
    let near = try Nnrscope.run("tensors", "--columns", "nmae", digits)
    #expect(near.ending == .exit(2) && near.complaint.contains("did you mean name?"))
  }
}
