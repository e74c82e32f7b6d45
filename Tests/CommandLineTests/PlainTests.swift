import TestSupport
import Testing

/// `--plain` needs no terminal and writes lines only.
@Suite struct PlainTests {
  @Test(arguments: ["dumb", "xterm", ""]) func talksInLines(_ terminal: String) throws {
    let run = try Nnrscope.run(
      "explore", "--plain", Nnrscope.path("cnn_digits_pyt"),
      input: Array("]t\n3\nfrobnicate\nquit\nunread\n".utf8), environment: ["TERM": terminal])
    #expect(run.ending == .exit(0))
    #expect(run.text.contains("NNR_NDU conv1.weight"))
    #expect(run.text.contains("== cnn_digits_pyt.nnc, Costs, by bits =="))
    #expect(run.text.contains("! no command or place frobnicate"))
    #expect(!run.text.contains("unread"))
    #expect(run.output.allSatisfy { $0 == 10 || (32..<127).contains($0) })
  }

  @Test func endsWithItsInput() throws {
    let run = try Nnrscope.run(
      "explore", "--plain", Nnrscope.path("cnn_digits_pyt"), input: Array("down".utf8))
    #expect(run.ending == .exit(0))
    #expect(run.lines.last?.contains("NNR_MPS") == true)
  }

  @Test func standardInputIsForCommands() throws {
    let run = try Nnrscope.run("explore", "--plain", "-", input: [])
    #expect(run.ending == .exit(2))
  }
}
