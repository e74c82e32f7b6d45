import TerminalScreen
import TestSupport
import Testing

/// What terminals send to the explorer, whatever `TERM` says: keys act, and nothing else does.
@Suite struct TerminalKeysTests {
  private static let terminals = ["xterm-256color", "rxvt", "linux", "tmux-256color"]

  private func start(_ terminal: String) throws -> PtyProgram {
    let program = try PtyProgram(
      BuiltProgram.nnrscope, [Nnrscope.path("cnn_digits_pyt"), "--no-state"],
      environment: ["TERM": terminal], size: Size(100, 30))
    try program.wait(forText: "NNR_STR", seconds: TerminalSession.patience)
    return program
  }

  /// The screen but for its last row, which holds the prompt.
  private func body(_ screen: VTScreen) -> [String] { Array(screen.lines.dropLast()) }

  @Test(arguments: terminals) func nothingElseActs(_ terminal: String) throws {
    let program = try start(terminal)
    program.send(keys: "] t")
    try program.wait(for: "the checked stream", seconds: TerminalSession.patience) {
      $0.text.contains("u3 ") && $0.text.contains("Problems 1W")
        && $0.lines.last?.contains("quit") == true
    }
    // What the prompt itself changes on the screen is no act of a sequence.
    try typed(":ab", behind: "", ":ab", program)
    let before = body(program.screen)
    try typed("x", behind: "", ":abx", program)
    let further = body(program.screen)
    try close(program)
    #expect(TerminalSequence.silent.count >= 60)
    for sequence in TerminalSequence.silent {
      try typed(":ab", behind: sequence.bytes, ":ab", program)
      #expect(body(program.screen) == before, "\(sequence) with \(terminal)")
      // A pasted text belongs into a prompt.
      if !sequence.bytes.contains("[200~") {
        try typed("x", behind: sequence.bytes, ":abx", program)
        #expect(body(program.screen) == further, "\(sequence) in the prompt, with \(terminal)")
      }
      try close(program)
    }
    program.send(keys: "q")
    #expect(try program.waitForEnd(seconds: TerminalSession.patience) == .exit(0))
  }

  @Test(arguments: terminals) func keysActInAPrompt(_ terminal: String) throws {
    let program = try start(terminal)
    let texts = [
      "Home": ":xab", "End": ":abx", "Left": ":axb", "Del": ":abx", "BS": ":ax", "a": ":abax",
      "A": ":abAx", "!": ":ab!x", "7": ":ab7x",
    ]
    var tried = 0
    for sequence in TerminalSequence.keys {
      guard let text = texts[sequence.key ?? ""] else { continue }
      tried += 1
      program.send(":ab")
      try typed("x", behind: sequence.bytes, text, program)
      try close(program)
    }
    #expect(tried >= 23)
    // Pasted lines are one text.
    program.send(":")
    try typed("z", behind: "\u{1B}[200~q\rw\u{1B}[201~", ":q wz", program)
    try close(program)
    program.send(keys: "q")
    #expect(try program.waitForEnd(seconds: TerminalSession.patience) == .exit(0))
  }

  /// Types behind a sequence, and waits for the prompt to show a text.
  private func typed(
    _ text: String, behind sequence: String, _ shown: String, _ program: PtyProgram
  ) throws {
    program.send(sequence + text)
    try program.wait(for: shown, seconds: TerminalSession.patience) { screen in
      screen.lines.last.map { $0.split(separator: " ").joined(separator: " ") }?
        .hasPrefix(shown) == true
    }
  }

  private func close(_ program: PtyProgram) throws {
    program.send(keys: "Esc")
    try program.wait(for: "no prompt", seconds: TerminalSession.patience) {
      $0.lines.last?.contains("quit") == true
    }
  }
}
