import TerminalScreen
import TestSupport
import Testing

/// What someone sees who types the name of the program, or a word that it does not know.
@Suite struct FirstContactTests {
  @Test func aTerminalIsGreeted() throws {
    let program = try PtyProgram(BuiltProgram.nnrscope, size: Size(80, 40))
    #expect(try program.waitForEnd() == .exit(0))
    let text = program.screen.text
    for word in ["nnrscope FILE...", "learn units", "--samples", "--help", "parting", "digits-cnn"]
    {
      #expect(text.contains(word), "\(word)\n\(text)")
    }
    #expect(!program.transcript.contains(0x1b))
  }

  @Test func aProgramIsTold() throws {
    let run = try Nnrscope.run()
    #expect(run.ending == .exit(2))
    #expect(run.output.isEmpty)
    #expect(run.complaint.hasPrefix("nnrscope: no file is named"))
    #expect(run.complaint.contains("--help"))
    #expect(run.complaint.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    (["tesnors", "x.nnc"], "tensors"), (["tensor"], "tensors"), (["dif", "a", "b"], "diff"),
    (["chekc", "--severity", "error", "x.nnc"], "check"), (["lern"], "learn"),
    (["Cost", "--by", "tensor"], "cost"), (["install-doc"], "install-docs"),
  ]) func aCommandIsMeant(_ words: [String], _ meant: String) throws {
    let run = try Nnrscope.run(words)
    #expect(run.ending == .exit(2))
    #expect(run.output.isEmpty)
    #expect(run.complaint.contains("no command and no file is called \(words[0])"))
    #expect(run.complaint.contains("did you mean \(meant)"), "\(run.complaint)")
  }

  @Test func aWordIsNothing() throws {
    let run = try Nnrscope.run("frobnicate", "x.nnc")
    #expect(run.ending == .exit(2))
    #expect(run.complaint.contains("no command and no file is called frobnicate"))
    #expect(run.complaint.contains("--help"))
  }

  @Test func aFileThatIsNotThereIsNoCommand() throws {
    for name in ["model.nnc", "./tensor", "/dev/null/none"] {
      let run = try Nnrscope.run(name)
      #expect(run.ending == .exit(3))
      #expect(run.complaint.contains("cannot open \(name)"), "\(run.complaint)")
    }
  }

  @Test func anOptionIsMeant() throws {
    let run = try Nnrscope.run("tensors", "--jsn", Nnrscope.path("mlp_iris"))
    #expect(run.ending == .exit(2))
    #expect(run.complaint.contains("Did you mean '--json'?"), "\(run.complaint)")
  }
}
