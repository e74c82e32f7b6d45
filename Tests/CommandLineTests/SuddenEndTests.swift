import Foundation
import TerminalScreen
import TestSupport
import Testing

/// The explorer ends by a signal at whatever moment, and the terminal is as it was found.
@Suite(.serialized) struct SuddenEndTests {
  private static let signals =
    [SIGTERM, SIGINT, SIGHUP, SIGQUIT]
    + (Sanitizer.leavesFaults ? [SIGSEGV, SIGABRT, SIGBUS] : [])

  /// Checks modes and screen after the end.
  private func expectTerminalAsFound(_ program: PtyProgram, _ modes: String, _ when: String) {
    #expect(program.modes == modes, "\(when)")
    #expect(!program.screen.isAlternate, "\(when)")
    #expect(program.screen.modes.contains(25), "\(when): the cursor is hidden")
    #expect(
      program.screen.modes.isDisjoint(with: [1000, 1002, 1003, 1006, 2004, 2026]), "\(when)")
  }

  /// While it starts: before it has written anything, and after so many bytes of its first screens.
  @Test(arguments: signals, [0, 1, 40, 400, 4000]) func whileItStarts(_ number: Int32, _ bytes: Int)
    throws
  {
    let program = try PtyProgram(
      BuiltProgram.nnrscope, [Nnrscope.path("cnn_digits_pyt"), "--no-state"],
      environment: ["SWIFT_BACKTRACE": "enable=no"], size: Size(100, 30))
    let modes = program.modesBefore
    try program.wait(forBytes: bytes, seconds: TerminalSession.patience)
    program.signal(number)
    #expect(try program.waitForEnd(seconds: TerminalSession.patience) == .signal(number))
    expectTerminalAsFound(program, modes, "signal \(number) after \(bytes) bytes")
  }

  /// While it decodes ten million weights.
  @Test(arguments: signals) func whileItWorks(_ number: Int32) throws {
    let session = try TerminalSession("large_10m")
    try session.type("D", expecting: "checking")
    session.program.signal(number)
    try session.end(.signal(number))
  }

  @Test func whileItWorksItLosesItsTerminal() throws {
    let session = try TerminalSession("large_10m")
    try session.type("D", expecting: "checking")
    session.program.hangUp()
    #expect(try session.program.waitForEnd(seconds: TerminalSession.patience) == .signal(SIGHUP))
  }

  /// What a crash has to say is read on the screen that was there before.
  @Test(.enabled(if: Sanitizer.leavesFaults, "a sanitizer handles faults"))
  func aCrashSaysWhy() throws {
    let program = try PtyProgram(
      BuiltProgram.nnrscope, [Nnrscope.path("cnn_digits_pyt"), "--no-state"],
      environment: ["SWIFT_BACKTRACE": "enable=no"], size: Size(100, 30))
    let modes = program.modesBefore
    try program.wait(forText: "NNR_STR", seconds: TerminalSession.patience)
    program.signal(SIGSEGV)
    try program.wait(for: "the reason", seconds: TerminalSession.patience) {
      !$0.isAlternate && $0.text.contains("nnrscope: crashed by SIGSEGV")
    }
    #expect(try program.waitForEnd(seconds: TerminalSession.patience) == .signal(SIGSEGV))
    expectTerminalAsFound(program, modes, "a crash")
  }
}
