import TerminalScreen
import TestSupport
import Testing

/// Colours of what is printed: on a terminal, if they are wanted, and never in what programs read.
@Suite struct ColorTests {
  private let stream = Nnrscope.path("cnn_digits_pyt")

  @Test func aPipeHasNoneUnlessAskedFor() throws {
    for command in [
      ["tensors", stream], ["units", stream], ["check", stream], ["cost", stream],
    ] {
      let plain = try Nnrscope.run(command)
      #expect(!plain.output.contains(0x1b))
      #expect(try Nnrscope.run(command + ["--color", "never"]).output == plain.output)
      let painted = try Nnrscope.run(
        command + ["--color", "always"], environment: ["NO_COLOR": "1"])
      #expect(painted.output.contains(0x1b), "\(command)")
      #expect(uncoloured(painted.text) == plain.text)
    }
    for form in ["--csv", "--json", "--ndjson"] {
      #expect(try !Nnrscope.run("tensors", stream, form, "--color", "always").output.contains(0x1b))
    }
  }

  @Test func aDiffHasThem() throws {
    let files = [Nnrscope.path("hdsp_notca_update1"), Nnrscope.path("hdsp_notca_update2")]
    let painted = try Nnrscope.run(["diff", "--color", "always"] + files)
    #expect(painted.text.contains("\u{1b}[33m~ unit"))
    #expect(try uncoloured(painted.text) == Nnrscope.run(["diff"] + files).text)
  }

  @Test(arguments: [
    (["TERM": "xterm-256color"], true), (["TERM": "xterm", "NO_COLOR": "1"], false),
    (["TERM": "dumb"], false), (["TERM": "xterm", "NO_COLOR": ""], true),
  ]) func aTerminalHasThem(_ environment: [String: String], _ hasColour: Bool) throws {
    let program = try PtyProgram(
      BuiltProgram.nnrscope, ["units", stream], environment: environment, size: Size(160, 40))
    #expect(try program.waitForEnd(seconds: TerminalSession.patience) == .exit(0))
    #expect(program.transcript.contains(0x1b) == hasColour)
  }

  /// A name with an escape in it stays escaped, colours or none.
  @Test func namesStayEscaped() throws {
    let writer = StreamWriter(
      .start(), .modelParameters, .emptyTopology,
      .tensor("a\u{1b}[31m", 2, 3, payload: [0xf7, 0xdf]))
    let file = try TemporaryFile(writer.bytes)
    let run = try Nnrscope.run("units", file.path, "--color", "always")
    #expect(run.text.contains("a\\x1b[31m") && !run.text.contains("a\u{1b}[31m"))
  }

  private func uncoloured(_ text: String) -> String {
    text.replacing(/\u{1b}\[[0-9]+m/, with: "")
  }
}
