import Foundation
import NNRModel
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

  @Test func copyAndRecordingReachTheOutside() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let tour = folder + "/tour"
    let running = try program(["--no-state"])
    running.send(keys: ":")
    running.send("record \(tour)\r")
    try running.wait(forText: "recording to", seconds: TerminalSession.patience)
    running.send(keys: "] t : c o p y Space h e x Enter")
    try running.wait(forText: "copied as hex", seconds: TerminalSession.patience)
    let stream = try Fixture("cnn_digits_pyt").stream()
    let unit = try #require(stream.index.entries.first { $0.type == .compressedData })
    let hex = try stream.source.read(unit.bytes).map { String(format: "%02x", $0) }.joined()
    let sequence = "\u{1b}]52;c;" + Data(hex.utf8).base64EncodedString() + "\u{7}"
    #expect(String(decoding: running.transcript, as: UTF8.self).contains(sequence))
    running.send(keys: ": r e c o r d Enter")
    try running.wait(forText: "written to", seconds: TerminalSession.patience)
    try quit(running)
    let screen = folder + "/screen"
    let script = try String(contentsOfFile: tour, encoding: .utf8)
    #expect(script.contains("\nnext-tensor\ncopy hex\n"))
    let play = tour + "-again"
    try (script + "save-screen \(screen)\n").write(
      toFile: play, atomically: true, encoding: .utf8)
    let again = try Nnrscope.run("explore", Nnrscope.path("cnn_digits_pyt"), "--script", play)
    #expect(again.ending == .exit(0))
    #expect(try String(contentsOfFile: screen, encoding: .utf8).contains("conv1.weight"))
  }
}
