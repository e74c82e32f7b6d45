import Foundation
import TestSupport
import Testing

/// How commands end: 0 fine, 1 errors in the stream, 2 wrong usage, 3 unusable file or terminal, 4 differences.
@Suite struct ExitStatusTests {
  private static let printing = [
    ["units"], ["syntax"], ["tensors"], ["cost"], ["check"], ["bench", "--rounds", "1"],
    ["diagnose"], ["updates"], ["report", "-o", "-"],
    ["export", "--format", "safetensors", "-o", "-"],
  ]

  @Test(arguments: printing) func fine(_ command: [String]) throws {
    let run = try Nnrscope.run(command + [Nnrscope.path("mlp_iris")])
    #expect(run.ending == .exit(0))
    #expect(!run.output.isEmpty)
    #expect(run.errors.isEmpty, "\(run.complaint)")
  }

  @Test(arguments: [
    ["units"], ["syntax"], ["tensors"], ["cost"], ["check"], ["updates"], ["report", "-o", "-"],
  ])
  func errorsInTheStream(_ command: [String]) throws {
    let bytes = try Fixture("mlp_iris").bytes().dropLast(20)
    let file = try TemporaryFile(Array(bytes))
    let run = try Nnrscope.run(command + [file.path])
    #expect(run.ending == .exit(1))
    #expect(!run.output.isEmpty, "what could be shown was shown")
  }

  @Test(arguments: [
    ["units"], ["units", "--nonsense"], ["units", "--sort", "nonsense"],
    ["units", "--columns", "nonsense"], ["units", "--filter", "size >"],
    ["tensors", "--threads", "0"],
    ["units", "--max-memory", "lots"], ["units", "--json", "--csv"], ["syntax", "--unit", "9999"],
    ["trace", "--tensor", "nonsense"], ["check", "--explain", "Z99"],
    ["check", "--severity", "grave"],
    ["export", "-o", "x"], ["export", "-o", "-", "--format", "npy"], ["bench", "--rounds", "0"],
    ["explore", "--script", "-", "--size", "8"], ["units", "--dims", "a=bxc"], ["diff"],
  ]) func wrongUsage(_ command: [String]) throws {
    let files = command.count > 1 ? [Nnrscope.path("mlp_iris")] : []
    let run = try Nnrscope.run(command + files, input: [])
    #expect(run.ending == .exit(2), "\(run.complaint)")
    #expect(run.output.isEmpty, "\(run.text)")
    #expect(run.complaint.hasPrefix("nnrscope: "), "\(run.complaint)")
  }

  @Test(arguments: printing) func noSuchFile(_ command: [String]) throws {
    let run = try Nnrscope.run(command + ["/nonexistent/\u{1b}[31m.nnc"])
    #expect(run.ending == .exit(3))
    #expect(run.output.isEmpty)
    #expect(run.complaint.contains("\\x1b[31m.nnc"), "\(run.complaint)")
    #expect(run.lines.count <= 1)
  }

  @Test func folderIsNoStream() throws {
    let run = try Nnrscope.run("units", Fixture.folder.path)
    #expect(run.ending == .exit(3))
    #expect(!run.errors.isEmpty)
  }

  @Test func differences() throws {
    let (left, right) = (Nnrscope.path("mlp_iris"), Nnrscope.path("cnn_digits_pyt"))
    #expect(try Nnrscope.run("diff", left, left).ending == .exit(0))
    let run = try Nnrscope.run("diff", left, right)
    #expect(run.ending == .exit(4))
    #expect(!run.output.isEmpty)
    #expect(run.errors.isEmpty)
  }

  @Test(arguments: [
    ["--help"], ["--version"], ["units", "--help"], ["units", "--columns", "help"],
  ])
  func questionsAreAnswered(_ command: [String]) throws {
    let run = try Nnrscope.run(command)
    #expect(run.ending == .exit(0))
    #expect(!run.output.isEmpty)
    #expect(run.errors.isEmpty)
  }

  @Test func completionsForShells() throws {
    for shell in ["bash", "zsh", "fish"] {
      let run = try Nnrscope.run("--generate-completion-script", shell)
      #expect(run.ending == .exit(0))
      #expect(run.text.contains("nnrscope"))
    }
  }

  @Test func rulesAreExplained() throws {
    let run = try Nnrscope.run("check", "--rules")
    #expect(run.ending == .exit(0))
    let id = try #require(run.lines.first?.prefix { $0.isLetter || $0.isNumber })
    let explained = try Nnrscope.run("check", "--explain", String(id))
    #expect(explained.ending == .exit(0))
    #expect(explained.text.contains(id))
    let limits = try Nnrscope.run("check", "--rules", "--filter", "id ~ L0")
    #expect(limits.lines.count > 1 && limits.lines.dropFirst().allSatisfy { $0.hasPrefix("L") })
  }
}
