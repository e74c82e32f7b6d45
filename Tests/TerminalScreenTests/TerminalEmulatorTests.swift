import TerminalScreen
import TestSupport
import Testing

/// The emulator and the pty driver that other tests rely on.
@Suite struct TerminalEmulatorTests {
  private func screen(_ output: String, _ size: Size = Size(10, 4)) -> VTScreen {
    var screen = VTScreen(size)
    screen.feed(Array(output.utf8))
    return screen
  }

  @Test func movesErasesAndScrolls() {
    #expect(screen("abc\u{1B}[2;3Hx\u{1B}[1;1H\u{1B}[K").lines == ["", "  x", "", ""])
    #expect(screen("1\r\n2\r\n3\r\n4\r\n5").lines == ["2", "3", "4", "5"])
    #expect(screen("1\r\n2\r\n3\u{1B}[1;2r\u{1B}[2;1H\n").lines == ["2", "", "3", ""])
    #expect(screen("abcdef\u{1B}[1;2H\u{1B}[2P").lines[0] == "adef")
    #expect(screen("ab漢e\u{301}\u{1B}[3b").lines[0].hasPrefix("ab漢e\u{301}"))
    #expect(screen("0123456789ab").lines == ["0123456789", "ab", "", ""])
  }

  @Test func knowsModesAndStrays() {
    var shown = screen("main\u{1B}[?1049h\u{1B}[?25lalt")
    #expect(shown.isAlternate && !shown.modes.contains(25))
    shown.feed(Array("\u{1B}[?1049l".utf8))
    #expect(shown.lines[0] == "main")
    #expect(screen("a\u{01}\u{1B}]0;title\u{07}b").strays == [1])
    #expect(screen("\u{1B}[7mab\u{1B}[38;5;7mc\u{1B}[0md").reversedTexts == ["abc"])
  }

  @Test func drivesAProgram() throws {
    let program = try PtyProgram(
      "/bin/sh", ["-c", "stty size; read x; echo got $x; exit 3"], size: Size(50, 9))
    try program.wait(forText: "9 50")
    program.send("hello\r")
    try program.wait(forText: "got hello")
    #expect(try program.waitForEnd() == .exit(3))
  }

  @Test func seesSignalsAndMissingText() throws {
    let program = try PtyProgram("/bin/sh", ["-c", "echo ready; read x"])
    try program.wait(forText: "ready")
    #expect(throws: PtyProgram.Failure.self) { try program.wait(forText: "never", seconds: 0.05) }
    program.signal(15)
    #expect(try program.waitForEnd() == .signal(15))
  }
}
