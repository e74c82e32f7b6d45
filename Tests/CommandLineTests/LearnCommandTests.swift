import Foundation
import NNRSamples
import TerminalScreen
import TestSupport
import Testing

/// `learn` from the outside: the list, lessons as text, lessons in files, scripts over lessons.
@Suite struct LearnCommandTests {
  @Test func listsTheLessons() throws {
    let run = try Nnrscope.run("learn")
    #expect(run.ending == .exit(0))
    for (name, _) in BundledSamples.lessons {
      #expect(run.lines.contains { $0.hasPrefix("\(name): ") }, "\(name)")
    }
  }

  /// Nothing beside the binary is needed, wherever it is run.
  @Test(arguments: BundledSamples.lessons.map(\.name)) func printsALesson(_ name: String) throws {
    let run = try Nnrscope.run("learn", name, "--text")
    #expect(run.ending == .exit(0), "\(run.complaint)")
    #expect(run.errors.isEmpty)
    #expect(!run.text.contains("{"), "every place for a value is filled")
    let quiz = try Nnrscope.run("learn", name, "--text", "--quiz")
    #expect(quiz.lines.contains { $0.hasPrefix("? ") })
    #expect(!quiz.lines.contains { $0.hasPrefix("= ") })
  }

  @Test func playsALessonOfAFile() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "lesson-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(try Fixture("mlp_iris").bytes()).write(to: folder.appending(path: "mine.nnc"))
    let file = folder.appending(path: "mine.lesson").path
    func write(_ text: String) throws {
      try Data("title: Mine\nopen: mine\nopen: codebook\n== One\n\(text)\n".utf8).write(
        to: URL(fileURLWithPath: file))
    }
    try write(": unit 3\nIt has {unit:size} bytes, {stream:files} files.\n? Size?\n= {unit:size}")
    let run = try Nnrscope.run("learn", file, "--text")
    #expect(run.ending == .exit(0), "\(run.complaint)")
    #expect(run.text.contains("2 files."))
    // What is not in the stream, and what is no lesson, is said with its place.
    try write(": unit 3\n{value:codebook_size__}")
    let missing = try Nnrscope.run("learn", file, "--text")
    #expect(missing.ending == .exit(2))
    #expect(missing.complaint.contains("{value:codebook_size__}"))
    try write(": quit\ntext")
    let wrong = try Nnrscope.run("learn", file, "--text")
    #expect(wrong.ending == .exit(2))
    #expect(wrong.complaint.contains("line 5: quit is not for lessons"))
  }

  @Test func writesTheSamples() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "samples-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let mine = folder.appending(path: "codebook.nnc")
    try Data([1, 2, 3]).write(to: mine)
    #expect(try Nnrscope.run("learn", "--samples", folder.path).ending == .exit(0))
    #expect(try Data(contentsOf: mine) == Data([1, 2, 3]))
    for (name, bytes) in BundledSamples.streams where name != "codebook" {
      let file = try Data(
        contentsOf: folder.appending(path: name.contains(".") ? name : name + ".nnc"))
      #expect([UInt8](file) == bytes, "\(name)")
    }
    #expect(try Nnrscope.run("learn", "--samples", mine.path + "/below").ending == .exit(3))
  }

  @Test func saysWhatIsMissing() throws {
    #expect(try Nnrscope.run("learn", "nonsense").ending == .exit(2))
    #expect(try Nnrscope.run("learn", "./nowhere.lesson").ending == .exit(3))
    let lost = try TemporaryFile(Array("title: x\nopen: nowhere\n== One\ntext\n".utf8))
    let run = try Nnrscope.run("learn", lost.path, "--text")
    #expect(run.ending == .exit(3))
    #expect(run.complaint.contains("nowhere"))
  }

  /// In a terminal, where work is done in the background: steps, a quiz, the way out.
  @Test func aLessonInATerminal() throws {
    let program = try PtyProgram(
      BuiltProgram.nnrscope, ["learn", "weights", "--quiz"],
      environment: ["SWIFT_BACKTRACE": "enable=no"], size: Size(80, 24))
    let modes = program.modesBefore
    try program.wait(forText: "1/8", seconds: TerminalSession.patience)
    program.send(keys: "> >")
    try program.wait(
      forText: "What is the integer under the cursor", seconds: TerminalSession.patience)
    try program.wait(forText: "???", seconds: TerminalSession.patience)
    program.send(keys: "= 2 Enter")
    try program.wait(forText: "right: 2", seconds: TerminalSession.patience)
    try program.wait(forText: "1 of 7 right", seconds: TerminalSession.patience)
    program.send(keys: "q")
    #expect(try program.waitForEnd(seconds: TerminalSession.patience) == .exit(0))
    #expect(program.modes == modes)
  }

  @Test func aScriptPlaysOnALesson() throws {
    let script = try TemporaryFile(
      Array(
        """
        wait
        expect "1/6"
        next-step
        wait
        expect "2/6"
        answer 7
        expect "7 is not it"
        answer 21
        expect "right: 21"
        save-screen -
        """.utf8))
    let run = try Nnrscope.run(
      "learn", "units", "--quiz", "--script", script.path, "--size", "80x24", "--glyphs", "ascii")
    #expect(run.ending == .exit(0), "\(run.complaint)")
    #expect(run.lines.count == 24)
    #expect(run.output.allSatisfy { $0 < 0x7f })
  }
}
