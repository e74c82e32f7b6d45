import Foundation
import TerminalScreen
import TestSupport
import Testing

/// Where the explorer cannot run it says why, and batch commands run everywhere.
@Suite struct NoTerminalTests {
  private let stream = Nnrscope.path("mlp_iris")

  @Test func noTerminalAtAll() throws {
    for command in [[stream], ["explore", stream]] {
      let run = try Nnrscope.run(command)
      #expect(run.ending == .exit(3))
      #expect(run.output.isEmpty)
      #expect(run.complaint.contains("no terminal"), "\(run.complaint)")
      #expect(run.complaint.contains("--help"))
    }
  }

  @Test(arguments: [
    ("dumb", "cannot move the cursor"), ("no-such-terminal", "not a known terminal"),
    ("", "TERM is not set"),
  ]) func unusableTerminal(_ name: String, _ reason: String) throws {
    let program = try PtyProgram(
      BuiltProgram.nnrscope, [stream], environment: ["TERM": name], size: Size(160, 24))
    let before = program.modes
    #expect(try program.waitForEnd() == .exit(3))
    #expect(program.screen.text.contains(reason), "\(program.screen.text)")
    #expect(program.modes == before)
    #expect(!program.transcript.contains(0x1b))
  }

  @Test func batchCommandsNeedNone() throws {
    let run = try Nnrscope.run("units", stream, environment: ["TERM": "dumb", "LC_ALL": "C"])
    #expect(run.ending == .exit(0))
    #expect(!run.output.contains(0x1b))
  }

  @Test func missingFileIsSaidBeforeTheScreenIsTaken() throws {
    let program = try PtyProgram(BuiltProgram.nnrscope, ["/nonexistent.nnc"], size: Size(160, 24))
    #expect(try program.waitForEnd() == .exit(3))
    #expect(program.screen.text.contains("nonexistent"))
    #expect(!program.transcript.contains(0x1b))
  }
}
