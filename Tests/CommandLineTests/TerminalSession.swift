import Foundation
import TerminalScreen
import TestSupport
import Testing

/// The explorer in a pseudo-terminal, with the terminal's state from before.
struct TerminalSession {
  /// The program.
  let program: PtyProgram
  /// The modes that the terminal had.
  let modes: String

  /// Starts the explorer over a fixture, in a shell that did `setup` before, and waits for its first frame.
  init(
    _ fixture: String = "cnn_digits_pyt", _ options: [String] = [],
    environment: [String: String] = [:], size: Size = Size(100, 30), input: Int32 = -1,
    output: Int32 = -1, setup: String = ":"
  ) throws {
    let path = input >= 0 ? "-" : Nnrscope.path(fixture)
    program = try PtyProgram(
      "/bin/sh",
      ["-c", setup + "; exec \"$0\" \"$@\"", BuiltProgram.nnrscope, path, "--no-state"] + options,
      environment: ["SWIFT_BACKTRACE": "enable=no"].merging(environment) { $1 }, size: size,
      input: input, output: output)
    modes = program.modes
    try program.wait(forText: "NNR_STR", seconds: Self.patience)
    #expect(program.screen.isAlternate)
    #expect(program.modes != modes)
  }

  /// How long a condition may take on a machine that is busy.
  static let patience = 180.0

  /// Types keys and waits until a text is shown.
  func type(_ keys: String, expecting text: String) throws {
    program.send(keys: keys)
    try program.wait(forText: text, seconds: Self.patience)
  }

  /// Waits for the end and checks that the terminal is as it was found.
  func end(_ expected: PtyProgram.Ending) throws {
    #expect(try program.waitForEnd(seconds: Self.patience) == expected)
    expectTerminalAsFound()
  }

  /// The main screen is back, with its modes, its cursor and nothing of ours switched on.
  func expectTerminalAsFound() {
    #expect(program.modes == modes)
    #expect(!program.screen.isAlternate)
    #expect(program.screen.modes.contains(25), "the cursor is hidden")
    #expect(program.screen.modes.isDisjoint(with: [1000, 1002, 1003, 1006, 2004, 2026]))
    #expect(program.screen.strays == [])
  }
}
