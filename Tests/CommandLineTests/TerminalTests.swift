import Foundation
import TerminalScreen
import TestSupport
import Testing

/// The explorer in a real terminal: every way in and out leaves the terminal as it was found.
@Suite(.serialized) struct TerminalTests {
  @Test func browsesAndQuits() throws {
    let session = try TerminalSession()
    try session.type("] t", expecting: "conv1.weight")
    try session.type("?", expecting: "Help")
    session.program.send(keys: "Esc")
    try session.program.wait(for: "the help to close", seconds: TerminalSession.patience) {
      !$0.text.contains("Help ·")
    }
    try session.type(": u 9 Enter", expecting: "NNR_NDU u9")
    try session.type("/ f c Enter", expecting: "match")
    session.program.send(keys: "q")
    try session.end(.exit(0))
  }

  @Test func changesItsColours() throws {
    let session = try TerminalSession()
    let program = session.program
    // Palette.light has a white ground, which the colours of the terminal do not have.
    func isWhite() -> Bool {
      String(decoding: program.transcript, as: UTF8.self).contains("48;5;231")
    }
    #expect(!isWhite())
    program.send(":theme light\r")
    try program.wait(for: "a white ground", seconds: TerminalSession.patience) { _ in isWhite() }
    session.program.send(keys: "q")
    try session.end(.exit(0))
  }

  @Test func resizes() throws {
    let session = try TerminalSession()
    for size in [Size(1, 1), Size(220, 70), Size(20, 4), Size(100, 30)] {
      session.program.resize(size)
    }
    session.program.send(keys: "C-l")
    try session.program.wait(for: "the last row", seconds: TerminalSession.patience) {
      $0.text.contains("NNR_STR") && $0.lines.last?.contains("quit") == true
    }
    session.program.send(keys: "q")
    try session.end(.exit(0))
  }

  /// Stops as any program of a shell does, and comes back with the screen.
  @Test func suspendsAndResumes() throws {
    let script = """
      set -m; "$0" "$@"; echo "[stopped $?]"; read -r answer; fg >/dev/null; echo "[ended $?]"
      """
    let program = try PtyProgram(
      "/bin/sh",
      ["-c", script, BuiltProgram.nnrscope, "--no-state", Nnrscope.path("cnn_digits_pyt")],
      size: Size(100, 30))
    let modes = program.modesBefore
    try program.wait(forText: "NNR_STR", seconds: TerminalSession.patience)
    program.send(keys: "C-z")
    try program.wait(forText: "[stopped", seconds: TerminalSession.patience)
    #expect(!program.screen.isAlternate)
    #expect(program.modes == modes)
    #expect(program.screen.modes.isDisjoint(with: [1000, 1006, 2004]))
    program.send("\r")
    try program.wait(for: "the screen", seconds: TerminalSession.patience) {
      $0.isAlternate && $0.text.contains("NNR_STR")
    }
    #expect(program.modes != modes)
    program.send(keys: "q")
    try program.wait(forText: "[ended 0]", seconds: TerminalSession.patience)
    #expect(try program.waitForEnd(seconds: TerminalSession.patience) == .exit(0))
    #expect(program.modes == modes)
    #expect(!program.screen.isAlternate)
  }

  @Test func repaintsAfterStopAndContinue() throws {
    let session = try TerminalSession()
    session.program.signal(SIGSTOP)
    try session.program.waitForStop(seconds: TerminalSession.patience)
    session.program.resize(Size(60, 20))
    session.program.signal(SIGCONT)
    try session.program.wait(for: "the last row", seconds: TerminalSession.patience) {
      $0.isAlternate && $0.lines.last?.contains("quit") == true
    }
    session.program.send(keys: "q")
    try session.end(.exit(0))
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT]) func endsBySignal(_ number: Int32) throws {
    let session = try TerminalSession()
    session.program.signal(number)
    try session.end(.signal(number))
  }

  @Test(
    .enabled(if: Sanitizer.leavesFaults, "a sanitizer handles faults"),
    arguments: [SIGSEGV, SIGABRT, SIGILL])
  func crashes(_ number: Int32) throws {
    let session = try TerminalSession()
    session.program.signal(number)
    try session.end(.signal(number))
  }

  @Test func losesItsTerminal() throws {
    let session = try TerminalSession()
    session.program.hangUp()
    #expect(try session.program.waitForEnd(seconds: TerminalSession.patience) == .signal(SIGHUP))
  }

  @Test func paintsWithoutColour() throws {
    let colour = /\e\[(?:\d+;)*(?:3[0-8]|4[0-8]|9\d|10\d)(?:;\d+)*m/
    let session = try TerminalSession(environment: ["NO_COLOR": "1"])
    try session.type("] t", expecting: "conv1.weight")
    session.program.send(keys: "q")
    try session.end(.exit(0))
    let text = String(decoding: session.program.transcript, as: UTF8.self)
    #expect(text.firstMatch(of: colour) == nil)
    let coloured = try TerminalSession()
    coloured.program.send(keys: "q")
    try coloured.end(.exit(0))
    let colours = String(decoding: coloured.program.transcript, as: UTF8.self)
    #expect(colours.firstMatch(of: colour) != nil)
  }

  /// A locale that is not UTF-8, and the wish itself, give ASCII.
  @Test(
    arguments: [
      (["LC_ALL": "de_DE.ISO-8859-1"], []), (["LC_ALL": "C"], []),
      (["LC_ALL": "C.UTF-8"], ["--glyphs", "ascii"]),
    ] as [([String: String], [String])])
  func paintsInASCII(_ environment: [String: String], _ options: [String]) throws {
    let session = try TerminalSession("cnn_digits_pyt", options, environment: environment)
    try session.type("] t", expecting: "conv1.weight")
    session.program.send(keys: "q")
    try session.end(.exit(0))
    #expect(session.program.transcript.allSatisfy { $0 < 0x80 })
  }

  /// The stream comes from a pipe and standard output is a file: the screen still is the terminal.
  @Test func drawsOnTheTerminalWhateverTheStandardDescriptors() throws {
    let stream = open(Nnrscope.path("cnn_digits_pyt"), O_RDONLY | O_CLOEXEC)
    let file = try TemporaryFile([])
    let output = open(file.path, O_WRONLY | O_CLOEXEC)
    try #require(stream >= 0 && output >= 0)
    defer {
      close(stream)
      close(output)
    }
    let session = try TerminalSession(input: stream, output: output)
    try session.type("] t", expecting: "conv1.weight")
    session.program.send(keys: "q")
    try session.end(.exit(0))
    #expect(try Data(contentsOf: file.url).isEmpty)
  }
}
