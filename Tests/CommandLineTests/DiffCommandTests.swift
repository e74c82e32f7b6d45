import Foundation
import TestSupport
import Testing

/// The commands of debugging, run as programs: what they print and how they end.
@Suite struct DiffCommandTests {
  private func path(_ name: String) -> String { Fixture(name).path }

  @Test func diffEndsWithFour() throws {
    let same = try Nnrscope.run("diff", path("names"), path("names"))
    #expect(same.ending == .exit(0) && same.text.hasPrefix("no differences: "))
    let other = try Nnrscope.run("diff", path("bitdepth_4"), path("bitdepth_8"))
    #expect(other.ending == .exit(4) && other.text.contains("first differing level"))
    let ignored = try Nnrscope.run(
      "diff", path("bitdepth_4"), path("bitdepth_8"), "--ignore", "nnr_unit_size", "--ignore",
      "nnr_compressed_data_unit_payload")
    #expect(ignored.ending == .exit(0))
    #expect(try Nnrscope.run("diff", path("names")).ending == .exit(2))
    let misspelt = try Nnrscope.run(
      "diff", path("bitdepth_4"), path("bitdepth_8"), "--ignore", "nnr_unit_sise")
    #expect(misspelt.ending == .exit(2) && misspelt.text.isEmpty)
    #expect(
      misspelt.complaint.contains("no element nnr_unit_sise; did you mean nnr_unit_size"))
    for name in ["tensor_dimensions[0]", "codebook__[12]", "unparsed", "dq_flag"] {
      let known = try Nnrscope.run("diff", path("names"), path("names"), "--ignore", name)
      #expect(known.ending == .exit(0), "\(name)")
    }
    for name in ["tensor_dimensions[x]", "tensor_dimensions[", "[0]", "nnr_unit", ""] {
      let unknown = try Nnrscope.run("diff", path("names"), path("names"), "--ignore", name)
      #expect(unknown.ending == .exit(2), "\(name)")
    }
    let chain = try Nnrscope.run(
      "diff", path("tca_base"), path("tca_update1"), "--with", path("tca_base"),
      path("tca_update1"), "--json")
    #expect(chain.ending == .exit(0) && chain.text.hasPrefix("{\"equal\":true,"))
  }

  @Test func traceListsBins() throws {
    let run = try Nnrscope.run("trace", path("int_tensors"), "--tensor", "nope")
    #expect(run.ending == .exit(2) && run.text.isEmpty && run.complaint.contains("no tensor nope"))
    let names = try Nnrscope.run("tensors", path("bitdepth_1"), "--columns", "name", "--csv")
    #expect(names.text.contains("pos\r\n"))
    let bins = try Nnrscope.run(
      "trace", path("bitdepth_1"), "--tensor", "pos", "--from", "3", "--count", "4", "--csv")
    #expect(bins.ending == .exit(0))
    #expect(
      bins.text.split(separator: "\r\n").dropFirst().map { $0.prefix(2) } == [
        "3,", "4,", "5,", "6,",
      ])
    let lps = try Nnrscope.run(
      "trace", path("bitdepth_1"), "--tensor", "pos", "--until-lps", "--csv")
    let last = try #require(lps.text.split(separator: "\r\n").last).split(separator: ",")
    #expect(last.count > 14 && last[2] == "context" && last[12] != last[13])
  }

  @Test func traceListsContexts() throws {
    let text = try Nnrscope.run(
      "trace", path("cnn_digits_pyt"), "--tensor", "conv2.weight", "--contexts")
    #expect(text.ending == .exit(0) && text.text.contains("sign_flag, nb = 0"))
    let csv = try Nnrscope.run(
      "trace", path("cnn_digits_pyt"), "--tensor", "conv2.weight", "--contexts", "--csv")
    let bins = try Nnrscope.run(
      "trace", path("cnn_digits_pyt"), "--tensor", "conv2.weight", "--csv")
    let rows = csv.text.split(separator: "\r\n").dropFirst().map { $0.split(separator: ",") }
    let coded = bins.text.split(separator: "\r\n").dropFirst().filter { $0.contains(",context,") }
    // Names hold commas: counts are told from the end.
    #expect(rows.compactMap { Int($0[$0.count - 8]) }.reduce(0, +) == coded.count)
    let json = try Nnrscope.run(
      "trace", path("cnn_digits_pyt"), "--tensor", "conv2.weight", "--contexts", "--json")
    #expect(json.text.contains("\"contexts\":[{\"context\":"))
    let both = try Nnrscope.run(
      "trace", path("names"), "--tensor", "x", "--contexts", "--from", "3")
    #expect(both.ending == .exit(2))
  }

  /// In the explorer a file that is compared stands in the place of the one shown, as a session of its own.
  @Test func theExplorerOpensOthersToCompare() throws {
    func play(_ script: String, _ files: String...) throws -> ProgramRun {
      let file = try TemporaryFile(Array(script.utf8))
      return try Nnrscope.run(["explore", "--script", file.path] + files.map(path))
    }
    let update = try play(
      """
      file 2
      diff \(path("tca_update1"))
      expect "no difference"
      """, "tca_base", "tca_update1", "tca_update2")
    #expect(update.ending == .exit(0), "\(update.complaint)")
    // The second update needs the first: behind the base alone it misses it, in a chain of its own it does not.
    let alone = try play(
      """
      file 2
      diff \(path("tca_update2"))
      expect "U02: "
      diff \(path("tca_base")) \(path("tca_update1")) \(path("tca_update2"))
      refute "E payload"
      expect "8 units differ"
      file 6
      expect "tca_update2"
      reload
      key 7
      refute "E payload"
      """, "tca_base", "tca_update1")
    #expect(alone.ending == .exit(0), "\(alone.complaint)")
    let missing = try play("diff /nowhere/at.all", "names")
    #expect(missing.ending == .exit(2))
    #expect(
      missing.complaint.contains("/nowhere/at.all: cannot open /nowhere/at.all: No such file"))
  }

  @Test func againstAnExport() throws {
    let folder = NSTemporaryDirectory() + "nnrscope-against-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/model.safetensors"
    #expect(try Nnrscope.run("export", path("bitdepth_8"), "-o", file).ending == .exit(0))
    let same = try Nnrscope.run(
      "tensors", path("bitdepth_8"), "--against", file, "--columns", "name,max_error,rmse", "--csv")
    #expect(same.ending == .exit(0) && same.text.contains("pos,0,0\r\n"))
    let sorted = try Nnrscope.run(
      "tensors", path("bitdepth_4"), "--against", file, "--sort=-max_error", "--columns",
      "name,max_error", "--csv")
    #expect(sorted.ending == .exit(0))
    let rows = sorted.text.split(separator: "\r\n").dropFirst().map { $0.split(separator: ",") }
    let errors = rows.compactMap { $0.count > 1 ? Double($0[1]) : nil }
    #expect(errors.count == 3 && errors == errors.sorted(by: >) && errors[0] > 0)
    #expect(
      try Nnrscope.run("tensors", path("bitdepth_4"), "--against", path("names")).ending == .exit(3)
    )
    for flag in ["--accumulate", "--no-accumulate"] {
      #expect(try Nnrscope.run("tensors", path("bitdepth_4"), flag).ending == .exit(2))
    }
    // One file is nothing to add up.
    #expect(!same.text.contains("added up"))
    let alone = try Nnrscope.run("tensors", path("bitdepth_4"), "--against", file)
    #expect(alone.lines.contains("against \(file): 3 compared"))
  }

  /// Several files are one original; what is not compared, or cannot be read, is told and decides the status.
  @Test func againstOriginals() throws {
    let folder = Fixture.folder.appending(path: "Originals").path + "/"
    func compared(_ options: String...) throws -> ProgramRun {
      try Nnrscope.run(["tensors", folder + "model.nnc"] + options)
    }
    let shards = (1...2).flatMap { ["--against", folder + "model-0000\($0)-of-00002.safetensors"] }
    let both = try Nnrscope.run(["tensors", folder + "model.nnc"] + shards)
    #expect(both.ending == .exit(0) && both.text.contains(": 8 compared\n"))
    let other = try compared("--against", folder + "tied.safetensors")
    #expect(other.ending == .exit(1))
    #expect(other.complaint.contains("nothing was compared with \(folder)tied.safetensors"))
    let prefixed = try compared("--against", folder + "prefixed.safetensors", "--csv")
    #expect(prefixed.ending == .exit(0))
    #expect(prefixed.complaint.contains("names matched without \"model.\" in the file"))
    let record = try compared("--against", folder + "record.npy")
    #expect(record.ending == .exit(3) && record.complaint.contains("a structured array"))
    #expect(try compared("--map", folder + "record.npy").ending == .exit(2))
    let map = try compared("--against", folder + "m.onnx", "--map", folder + "record.npy")
    #expect(map.ending == .exit(3) && map.complaint.contains("the map is no text"))
  }

  /// A chain is compared with its sum unless that is not wanted.
  @Test func againstAChain() throws {
    let folder = NSTemporaryDirectory() + "nnrscope-chain-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/sum.safetensors"
    let chain = ["tca_base", "tca_update1", "tca_update2"].map { path($0) }
    #expect(
      try Nnrscope.run(["export"] + chain + ["--accumulate", "-o", file]).ending == .exit(0))
    func compared(_ flags: String...) throws -> ([String: Any], String) {
      let arguments = ["tensors"] + chain + ["--against", file] + flags
      let text = try Nnrscope.run(arguments)
      let json = try Nnrscope.run(arguments + ["--json"])
      #expect(text.ending == .exit(0) && json.ending == .exit(0), "\(text.complaint)")
      let documents = try json.document()["files"] as? [[String: Any]]
      return (try #require(documents?.last?["against"] as? [String: Any]), text.text)
    }
    func largest(_ against: [String: Any]) -> Double? {
      (against["tensors"] as? [[String: Any]])?.compactMap { $0["max_error"] as? Double }.max()
    }
    for flags in [[], ["--accumulate"]] {
      let (against, text) = try flags.isEmpty ? compared() : compared(flags[0])
      #expect(largest(against) == 0)
      #expect(against["accumulated"] as? Bool == true && against["files"] as? Int == 3)
      #expect(text.contains(" compared, 3 files added up\n"))
    }
    let (against, text) = try compared("--no-accumulate")
    #expect(try #require(largest(against)) > 0)
    #expect(against["accumulated"] as? Bool == false && against["files"] as? Int == 1)
    #expect(text.contains(" compared, file 3 of 3 alone\n"))
  }

  @Test func diagnoseNamesTheUnit() throws {
    let fine = try Nnrscope.run("diagnose", path("bitdepth_4"))
    #expect(fine.ending == .exit(0) && fine.text == "all payloads end well\n")
    let empty = try TemporaryFile(StreamWriter(.start(), .modelParameters).bytes)
    let none = try Nnrscope.run("diagnose", empty.path)
    #expect(none.ending == .exit(0) && none.text == "there is no coded payload\n")
    let broken = try Nnrscope.run("diagnose", path("tca_update2"), "--unit", "3")
    #expect(broken.ending == .exit(1) && broken.text.contains("needs the base stream"))
    #expect(try Nnrscope.run("diagnose", path("tca_update2"), "--unit", "0").ending == .exit(2))
  }
}
