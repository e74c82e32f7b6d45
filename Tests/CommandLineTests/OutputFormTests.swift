import Foundation
import TestSupport
import Testing

/// The forms of output: text, JSON, CSV; columns, order and filters.
@Suite struct OutputFormTests {
  private let digits = Nnrscope.path("cnn_digits_pyt")

  @Test(arguments: [
    ["units"], ["syntax"], ["tensors"], ["tensors", "--hash"], ["tensors", "--model"],
    ["tensors", "--no-decode"], ["cost"], ["check"], ["check", "--rules"], ["diagnose"],
    ["bench", "--rounds", "1"], ["trace", "--tensor", "conv1.weight", "--count", "9"],
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
    for command in ["units", "syntax", "tensors", "cost", "check"] {
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
    for command in ["units", "syntax", "tensors", "check"] {
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
}
