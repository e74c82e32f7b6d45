import Foundation
import TestSupport
import Testing

/// The commands `whatif` and `recode`, run as people run them.
@Suite struct RecodeCommandTests {
  private let ecq4 = Nnrscope.path("mlp_ecq4_uniform")

  /// A folder that goes with the test.
  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "recode-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  @Test func theSummaryIsALine() throws {
    let run = try Nnrscope.run("recode", ecq4, "--dry-run")
    #expect(run.ending == .exit(0), "\(run.complaint)")
    let line = try #require(run.lines.first)
    #expect(line.hasPrefix("mlp_ecq4_uniform.nnc 10,477 → "))
    #expect(line.hasSuffix(" %, 6 of 6 tensors equal"))
    #expect(run.lines.last == "nothing was written: --dry-run")
  }

  @Test func aFileIsWrittenAndTheInputStays() throws {
    try inFolder { folder in
      let before = try bytes(ecq4)
      let out = folder.appending(path: "small.nnc").path
      let document = try Nnrscope.run("recode", ecq4, "-o", out, "--json").document()
      #expect(try bytes(ecq4) == before)
      let files = try #require(document["files"] as? [[String: Any]])
      let file = try #require(files.first)
      #expect(file["file"] as? String == ecq4)
      #expect(file["out"] as? String == out)
      #expect(file["size"] as? Int == before.count)
      #expect(file["out_size"] as? Int == (try bytes(out)).count)
      #expect(file["equal"] as? Int == 6)
      #expect(document["out_size"] as? Int == file["out_size"] as? Int)
      let units = try #require(file["units"] as? [[String: Any]])
      #expect(units.contains { ($0["changes"] as? [String: [Int]])?["cabac_unary_length"] != nil })
      let levels = try [ecq4, out].map { path in
        let tensors =
          try Nnrscope.run("tensors", "--json", "--hash", path).document()["coded_tensors"]
          as? [[String: Any]]
        return tensors?.map { ($0["levels"] as? [String: Any])?["sha256_i32le"] as? String }
      }
      #expect(levels[0] == levels[1])
      #expect(levels[0]?.count == 6)
    }
  }

  @Test func inPlaceIsAskedFor() throws {
    try inFolder { folder in
      let path = folder.appending(path: "a.nnc").path
      try FileManager.default.copyItem(atPath: ecq4, toPath: path)
      let same = try Nnrscope.run("recode", path, "-o", path)
      #expect(same.ending == .exit(2))
      #expect(try Nnrscope.run("recode", path).ending == .exit(2))
      #expect(try bytes(path) == bytes(ecq4))
      let date = Date(timeIntervalSince1970: 1_000_000_000)
      try FileManager.default.setAttributes(
        [.modificationDate: date, .posixPermissions: 0o640], ofItemAtPath: path)
      #expect(try Nnrscope.run("recode", path, "--in-place", "-p", "-q").text.isEmpty)
      #expect(try bytes(path).count < bytes(ecq4).count / 2 + 100)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.modificationDate] as? Date == date)
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      // Nothing is gained a second time: the file is left, and that is fine.
      let written = try bytes(path)
      let again = try Nnrscope.run("recode", path, "--in-place")
      #expect(again.ending == .exit(0))
      #expect(try bytes(path) == written)
      #expect(again.text.contains("±0 %"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.nnc"])
    }
  }

  @Test func aChainGoesIntoAFolder() throws {
    try inFolder { folder in
      let names = ["tca_base", "tca_update1", "tca_update2"]
      let out = folder.appending(path: "out").path
      let run = try Nnrscope.run(["recode"] + names.map(Nnrscope.path) + ["-o", out])
      #expect(run.ending == .exit(0), "\(run.complaint)")
      #expect(run.lines.count == 4)
      #expect(run.lines.last?.hasPrefix("3 of 3 files, ") ?? false)
      let written = names.map { "\(out)/\($0).nnc" }
      let levels = try [names.map(Nnrscope.path), written].map { files in
        try Nnrscope.run(["tensors", "--ndjson", "--columns", "name,max,sum"] + files).lines.map {
          $0.drop { $0 != "," }
        }
      }
      #expect(levels[0] == levels[1])
      let single = try Nnrscope.run(["recode"] + written + ["-o", "-"])
      #expect(single.ending == .exit(2))
    }
  }

  @Test func standardOutputHoldsTheStreamAlone() throws {
    let run = try Nnrscope.run("recode", ecq4, "-o", "-")
    #expect(run.output.starts(with: [0, 4, 2, 1]))
    #expect(String(decoding: run.errors, as: UTF8.self).contains("6 of 6 tensors equal"))
  }

  @Test func aDamagedUnitIsLeftAndTold() throws {
    let run = try Nnrscope.run("recode", Nnrscope.path("walk_units"), "--dry-run")
    #expect(run.ending == .exit(1))
    #expect(run.complaint.contains("is left as it is"))
  }

  @Test(arguments: [
    ["--unary", "257"], ["--unary", "x"], ["--scan", "5"], ["--row-skip", "maybe"],
    ["--states", "new"], ["--egk", "16"],
  ]) func wrongKnobsAreUsage(_ knob: [String]) throws {
    #expect(try Nnrscope.run(["recode", ecq4, "--dry-run"] + knob).ending == .exit(2))
  }

  /// Codebooks change the integers, so that no chain may have them.
  @Test func codebooksAreMadeWhereTheyAreAskedFor() throws {
    let run = try Nnrscope.run("recode", ecq4, "--dry-run", "--codebooks", "--json")
    let files = try #require(try run.document()["files"] as? [[String: Any]])
    let size = try #require(files.first?["out_size"] as? Int)
    #expect(size < 10_477 * 36 / 100 && files.first?["equal"] as? Int == 6)
    let units = try #require(files.first?["units"] as? [[String: Any]])
    let changes = units.compactMap { $0["changes"] as? [String: [Int]] }
    #expect(changes.contains { $0["codebook_present_flag"] == [0, 1] })
    let chain = ["tca_base", "tca_update1"].map(Nnrscope.path)
    let refused = try Nnrscope.run(["recode", "--codebooks", "--dry-run"] + chain)
    #expect(refused.ending == .exit(2) && refused.complaint.contains("one file"))
    let whatif = try Nnrscope.run("whatif", "--json", "--codebooks", ecq4).document()
    #expect(whatif["best_size"] as? Int == size)
    let tensors = try #require(whatif["tensors"] as? [[String: Any]])
    let best = tensors.compactMap { ($0["best"] as? [String: Any])?["codebook_size"] as? Int }
    #expect(!best.isEmpty)
  }

  /// What the tables say that tensors could save is what `recode` saves.
  @Test(arguments: [["tensors", "coded_tensors"], ["cost", "tensors"]])
  func tablesSayWhatCouldBeSaved(_ command: [String]) throws {
    let path = Nnrscope.path("mlp_ec2t_uniform")
    let recoded = try Nnrscope.run("recode", path, "--dry-run", "--json").document()
    let saved = try #require(recoded["size"] as? Int) - (try #require(recoded["out_size"] as? Int))
    let by = command[0] == "cost" ? ["--by", "tensor"] : []
    let rows = try Nnrscope.run(
      [command[0], path, "--search", "--csv", "--columns", "could_save"] + by)
    #expect(rows.lines.dropFirst().compactMap { Int($0) }.reduce(0, +) == 8 * saved)
    let document = try Nnrscope.run([command[0], path, "--search", "--json"]).document()
    let tensors = try #require(document[command[1]] as? [[String: Any]])
    #expect(tensors.compactMap { $0["could_save"] as? Int }.reduce(0, +) == 8 * saved)
    let plain = try Nnrscope.run([command[0], path, "--csv"] + by)
    #expect(plain.ending == .exit(0) && !plain.text.contains("could_save"))
    let groups = try Nnrscope.run([command[0], path, "--search", "--group-by", "role"])
    #expect(groups.ending == .exit(2) && groups.output.isEmpty)
  }

  /// Groups sum up to all tensors.
  @Test func groupsAddUp() throws {
    let path = Nnrscope.path("cnn_digits_pyt")
    func sums(_ more: String...) throws -> [Int] {
      let rows = try Nnrscope.run(
        ["whatif", path, "--csv", "--columns", "bits,best_bits,saving"] + more)
      return rows.lines.dropFirst().reduce(into: [0, 0, 0]) { sums, line in
        for (place, number) in line.split(separator: ",").enumerated() {
          sums[place] += Int(number) ?? 0
        }
      }
    }
    let all = try sums()
    #expect(try sums("--group-by", "role") == all && all[2] == all[0] - all[1] && all[2] > 0)
    #expect(try sums("--group", "norm=bn?.*") == all)
    let document = try Nnrscope.run("whatif", path, "--json", "--group-by", "role").document()
    #expect((document["groups"] as? [[String: Any]])?.count ?? 0 > 2)
    let refused = try Nnrscope.run("whatif", path, "--group-by", "role", "--all")
    #expect(refused.ending == .exit(2) && refused.output.isEmpty)
  }

  /// Other steps against the original: tensors where a bit buys most first, or a row for each step.
  @Test func otherStepsAreEstimated() throws {
    let folder = Fixture.folder.appending(path: "Sweep")
    let path = folder.appending(path: "plain_qp-24.nnc").path
    let original = ["--against", folder.appending(path: "original.npz").path]
    let run = try Nnrscope.run(["whatif", path, "--qp", "-2..+2"] + original)
    #expect(run.ending == .exit(0), "\(run.complaint)")
    #expect(run.lines.first?.contains("an estimate: ") == true)
    #expect(run.text.contains("% bits at equal error"))
    let steps = try Nnrscope.run(
      ["whatif", path, "--qp", "-2..+2", "--tensor", "layers.0.weight", "--csv"] + original)
    #expect(steps.lines.count == 11)
    let document = try Nnrscope.run(["whatif", path, "--json"] + original).document()
    #expect(document["estimate"] as? Bool == true)
    let tensors = try #require(document["tensors"] as? [[String: Any]])
    #expect(tensors.count == 6)
    #expect(tensors.allSatisfy { ($0["steps"] as? [[String: Any]])?.count == 14 })
    for wrong in ["3..1", "x", "-2..", "1..2..3", "-65..0", "-9223372036854775808"] {
      let refused = try Nnrscope.run(["whatif", path, "--qp", wrong] + original)
      #expect(refused.ending == .exit(2) && refused.output.isEmpty, "\(wrong)")
    }
    #expect(try Nnrscope.run("whatif", path, "--qp", "-1..1").ending == .exit(2))
    let nothing = try Nnrscope.run(["whatif", Nnrscope.path("cnn_sparse")] + original)
    #expect(nothing.ending == .exit(1) && nothing.complaint.contains("nothing was estimated"))
  }

  @Test func alternativesHaveBitsByClass() throws {
    let name = "conv1.weight"
    let path = Nnrscope.path("cnn_sparse")
    let tensors = try #require(
      try Nnrscope.run("whatif", "--json", path).document()["tensors"] as? [[String: Any]])
    let names = tensors.compactMap { $0["name"] as? String }
    let tensor = try #require(names.first { $0 == name } ?? names.first)
    let found = try #require(
      try Nnrscope.run("whatif", "--json", "--tensor", tensor, path)
        .document()["tensors"] as? [[String: Any]])
    let alternatives = try #require(found.first?["alternatives"] as? [[String: Any]])
    let knobs = Set(alternatives.compactMap { $0["knob"] as? String })
    #expect(knobs.isSuperset(of: ["cabac_unary_length", "states"]))
    let kept = try #require(alternatives.first { $0["value"] as? String == "keep" })
    #expect(kept["bits"] as? Int == found.first?["bits"] as? Int)
    let rows = try Nnrscope.run("whatif", "--csv", "--tensor", tensor, path)
    #expect(rows.lines.count == alternatives.count + 1)
  }
}
