import Foundation
import TestSupport
import Testing

/// The forms of output: text, JSON, CSV; columns, order and filters.
@Suite struct OutputFormTests {
  private let digits = Nnrscope.path("cnn_digits_pyt")

  @Test(arguments: [
    ["units"], ["syntax"], ["tensors"], ["tensors", "--hash"], ["tensors", "--model"],
    ["tensors", "--no-decode"], ["cost"], ["check"], ["check", "--rules"], ["diagnose"],
    ["bench", "--rounds", "1"], ["trace", "--tensor", "conv1.weight", "--count", "9"], ["updates"],
    ["whatif"], ["whatif", "--all"],
  ]) func jsonIsOneDocument(_ command: [String]) throws {
    let run = try Nnrscope.run(command + [digits, "--json"])
    #expect(run.ending == .exit(0), "\(run.complaint)")
    let document = try run.document()
    #expect(!document.isEmpty)
    if !command.contains("--rules") {
      #expect((document["file"] as? String) == digits)
    }
  }

  @Test func jsonOfTensorsHasTheManifestsFigures() throws {
    let manifest = try Fixture("cnn_digits_pyt").manifest()
    let document = try Nnrscope.run("tensors", "--json", "--hash", digits).document()
    let tensors = try #require(document["coded_tensors"] as? [[String: Any]])
    #expect(tensors.compactMap { $0["name"] as? String } == manifest.coded_tensors.map(\.name))
    let hashes = tensors.map { ($0["levels"] as? [String: Any])?["sha256_i32le"] as? String }
    #expect(hashes.allSatisfy { $0?.count == 64 })
  }

  @Test func chainIsOneDocument() throws {
    let document = try Nnrscope.run(
      "tensors", "--json", Nnrscope.path("tca_update1"), Nnrscope.path("tca_update2")
    ).document()
    #expect((document["files"] as? [[String: Any]])?.count == 2)
  }

  @Test func brokenStreamIsStillADocument() throws {
    let file = try TemporaryFile([UInt8]("this is no stream".utf8))
    for command in ["units", "syntax", "tensors", "cost", "check", "updates"] {
      let run = try Nnrscope.run(command, "--json", file.path)
      #expect(run.ending == .exit(1), "\(command)")
      #expect((try run.document()["file"] as? String) == file.path, "\(command)")
    }
  }

  @Test func columnsAreChosen() throws {
    let run = try Nnrscope.run("units", "--csv", "--columns", "type,size", digits)
    #expect(run.lines.first == "type,size")
    #expect(run.lines.dropFirst().first == "NNR_STR,4")
  }

  @Test(arguments: ["size", "-size"]) func rowsAreSorted(_ order: String) throws {
    let run = try Nnrscope.run("units", "--csv", "--columns", "size", "--sort", order, digits)
    let sizes = run.lines.dropFirst().compactMap { Int($0) }
    #expect(sizes.count == 20)
    #expect(sizes == (order == "size" ? sizes.sorted() : sizes.sorted(by: >)))
  }

  @Test func rowsAreFiltered() throws {
    let all = try Nnrscope.run("units", "--csv", "--columns", "size", digits)
    let few = try Nnrscope.run(
      "units", "--csv", "--columns", "size", "--filter", "size > 1K", digits)
    let large = all.lines.dropFirst().compactMap { Int($0) }.filter { $0 > 1000 }
    #expect(!large.isEmpty && large.count < all.lines.count - 1)
    #expect(few.lines.count - 1 == large.count)
    let none = try Nnrscope.run("tensors", "--csv", "--filter", "name ~ nonsense", digits)
    #expect(none.lines.count == 1)
    #expect(none.ending == .exit(0))
  }

  @Test func everyCommandListsItsColumns() throws {
    for command in ["units", "syntax", "tensors", "check", "updates"] {
      let run = try Nnrscope.run(command, "--columns", "help")
      let columns = run.lines.compactMap { $0.split(separator: " ").first.map(String.init) }
      #expect(columns.count > 3, "\(command)")
      let all = try Nnrscope.run(
        command, "--csv", "--columns", columns.joined(separator: ","), digits)
      #expect(all.ending == .exit(0), "\(command): \(all.complaint)")
      #expect(all.lines.first == columns.joined(separator: ","))
    }
  }

  @Test func scriptsPlayWithoutATerminal() throws {
    let run = try Nnrscope.run(
      "explore", digits, "--script", "-", "--size", "80x24",
      input: Array("key ] t\nsave-screen -\nquit\n".utf8), environment: ["TERM": "dumb"])
    #expect(run.ending == .exit(0), "\(run.complaint)")
    #expect(run.text.contains("conv1.weight"))
    #expect(run.text.split(separator: "\n", omittingEmptySubsequences: false).count == 25)
    let wrong = try Nnrscope.run(
      "explore", digits, "--script", "-", input: Array("\nexpect \"unheard of\"\n".utf8))
    #expect(wrong.ending == .exit(2))
    #expect(wrong.complaint.contains("line 2"))
  }

  @Test(arguments: ["rows", "blocks", "contexts"])
  func partsOfATensorSumToIt(_ kind: String) throws {
    let whole = try Nnrscope.run(
      "cost", "--by", "tensor", "--csv", "--columns", "bits", "--filter", "name == fc.weight",
      digits)
    let wanted = try #require(whole.lines.dropFirst().first.flatMap { Double($0) })
    let parts = try Nnrscope.run(
      "cost", "--by", kind, "--tensor", "fc.weight", "--csv", "--columns", "bits", digits)
    let bits = parts.lines.dropFirst().compactMap { Double($0) }
    #expect(bits.count > 4)
    #expect((bits.reduce(0, +) - wanted).magnitude < 1e-6)
    let document = try Nnrscope.run(
      "cost", "--by", kind, "--tensor", "fc.weight", "--json", digits
    ).document()
    let tensors = try #require(document["tensors"] as? [[String: Any]])
    let named = tensors.filter { $0[kind] != nil }.compactMap { $0["name"] as? String }
    #expect(named == ["fc.weight"])
    #expect(try Nnrscope.run("cost", "--by", kind, digits).ending == .exit(2))
    #expect(try Nnrscope.run("cost", "--by", kind, "--tensor", "fc", digits).ending == .exit(2))
  }

  @Test func whatWasWrittenIsADocument() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "nnrscope-forms-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appendingPathComponent("page.html").path
    let report = try Nnrscope.run("report", digits, "-o", page, "--json").document()
    #expect(report["output"] as? String == page)
    let size = try FileManager.default.attributesOfItem(atPath: page)[.size] as? Int
    #expect(report["bytes"] as? Int == size)
    let model = folder.appendingPathComponent("model.safetensors").path
    let export = try Nnrscope.run("export", digits, "-o", model, "--json").document()
    let written = try #require(export["written"] as? [[String: Any]])
    let names = written.compactMap { $0["name"] as? String }
    #expect(names.contains("fc.weight") && (export["failed"] as? [Any])?.isEmpty == true)
    #expect(try Nnrscope.run("report", digits, "-o", "-", "--json").ending == .exit(2))
    let both = try Nnrscope.run("export", digits, "-o", "-", "--json", "--format", "safetensors")
    #expect(both.ending == .exit(2))
  }

  @Test(arguments: ["units", "syntax", "tensors", "cost", "check", "diff", "trace", "updates"])
  func tablesAreSelected(_ command: String) throws {
    let more =
      command == "trace"
      ? ["--tensor", "conv1.weight"] : command == "diff" ? [Nnrscope.path("names")] : []
    let help = try Nnrscope.run([command, digits] + more + ["--columns", "help"])
    #expect(help.ending == .exit(0), "\(help.complaint)")
    let column = try #require(help.lines.first?.split(separator: " ").first.map(String.init))
    let all = try Nnrscope.run([command, digits] + more + ["--csv", "--columns", column])
    #expect(all.lines.first == column)
    let last = try #require(all.lines.dropFirst().last { !$0.isEmpty })
    let value = Double(last) == nil ? "\"\(last)\"" : last
    let chosen = [
      "--csv", "--columns", column, "--sort", "-" + column, "--filter", "\(column) == \(value)",
    ]
    let rows = try Nnrscope.run([command, digits] + more + chosen).lines.filter { !$0.isEmpty }
    #expect(rows.first == column && rows.count > 1)
    #expect(rows.dropFirst().allSatisfy { $0 == last })
  }
}
