import Foundation
import TerminalScreen
import TestSupport
import Testing

/// What a run leaves for the next one, in the state folder and nowhere else.
@Suite(.serialized) struct StateTests {
  private let folder = NSTemporaryDirectory() + "nnrscope-state-\(UUID().uuidString)"

  private func program(_ options: [String] = [], showing text: String = "NNR_STR") throws
    -> PtyProgram
  {
    let program = try PtyProgram(
      BuiltProgram.nnrscope, [Nnrscope.path("cnn_digits_pyt")] + options,
      environment: ["XDG_STATE_HOME": folder], size: Size(100, 30))
    try program.wait(forText: text, seconds: TerminalSession.patience)
    return program
  }

  private func quit(_ program: PtyProgram) throws {
    program.send(keys: "q")
    #expect(try program.waitForEnd(seconds: TerminalSession.patience) == .exit(0))
  }

  private var kept: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder + "/nnrscope/places")) ?? []
  }

  @Test func notesAndPlaceComeBackUnlessToldOtherwise() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let untouched = try program(["--no-state"])
    untouched.send(keys: ": u 9 Enter M z z Enter")
    try untouched.wait(forText: "noted on u9", seconds: TerminalSession.patience)
    try quit(untouched)
    #expect(!FileManager.default.fileExists(atPath: folder))

    let first = try program()
    first.send(keys: ": u 8 Enter M l a r g e Enter")
    try first.wait(forText: "noted on u8", seconds: TerminalSession.patience)
    try quit(first)
    #expect(kept.count == 1)

    let second = try program()
    try second.wait(
      forText: "back at u8, where you left; 1 note", seconds: TerminalSession.patience)
    second.send(keys: "\"")
    try second.wait(forText: "large", seconds: TerminalSession.patience)
    try quit(second)
    #expect(kept.count == 1)

    // The list of notes was open at the end, and is again.
    let third = try program(showing: "1 note, 0 marks")
    try quit(third)

    let without = try program(["--no-state"])
    #expect(!without.screen.text.contains("large"))
    try quit(without)
  }
}
