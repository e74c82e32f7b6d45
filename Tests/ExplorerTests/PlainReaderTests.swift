import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// The conversation in lines says what the screen would show.
@Suite struct PlainReaderTests {
  private final class Files { var texts: [String: String] = [:] }

  private func reader(
    _ fixture: String = "cnn_digits_pyt", size: Size = Size(80, 24), files: Files = Files()
  ) throws -> PlainReader {
    let session = Session([(MemorySource(try Fixture(fixture).bytes()), "x.nnc")])
    return PlainReader(
      ScriptPlayer(
        ExplorerModel(
          session.opened(as: ["x.nnc"]), size: size),
        glyphs: .ascii,
        write: { path, text in
          files.texts[path] = text
          return nil
        }, open: { session.opened() }))
  }

  @Test func everyPaneSpeaks() throws {
    // A command that leads to each pane, from the registry of commands.
    for pane in Views.standard.panes where ![.explorer, .diff, .lesson].contains(pane) {
      var reader = try reader()
      _ = reader.start()
      _ = reader.take("next-tensor")
      let answer = reader.take(pane.name)
      if pane == .outline {
        // It had the keyboard before.
        #expect(answer.contains("conv1.weight"))
        continue
      }
      let lines = answer.split(separator: "\n")
      #expect(lines.first?.hasPrefix("== ") == true, "\(pane): \(answer)")
      #expect(lines.contains { $0.hasPrefix("> ") }, "\(pane): \(answer)")
      #expect(lines.count > 1, "\(pane): \(answer)")
      #expect(!answer.unicodeScalars.contains { $0 != "\n" && !(32..<127).contains($0.value) })
    }
  }

  @Test func theDiffSpeaksOfTwoStreams() throws {
    let session = Session(
      try ["cnn_digits_pyt", "mlp_iris"].map { (MemorySource(try Fixture($0).bytes()), $0) })
    var reader = PlainReader(
      ScriptPlayer(
        ExplorerModel(session.opened(as: session.streams.map(\.name)), size: Size(80, 24)),
        glyphs: .ascii,
        write: { _, _ in nil }, open: { session.opened() }))
    _ = reader.start()
    let answer = reader.take("diff")
    #expect(answer.contains(", Diff"))
    #expect(answer.contains("\n> "))
  }

  @Test func aMoveSaysTheRow() throws {
    var reader = try reader()
    #expect(reader.start().contains(">  > NNR_STR"))
    #expect(
      reader.take("") == reader.take("show").split(separator: "\n").first {
        $0.hasPrefix("> ")
      }.map { $0.dropFirst(2) + "\n" } ?? "nothing")
    #expect(reader.take("]t").contains("NNR_NDU conv1.weight"))
    #expect(reader.take("k").contains("NNR_TPL"))
    #expect(reader.take("key j j").contains("bn1.weight"))
  }

  @Test func asksWhatAPromptAsks() throws {
    var reader = try reader()
    _ = reader.start()
    #expect(reader.take("/") == "")
    #expect(reader.question == "/")
    #expect(reader.take("fc.bias").hasPrefix("match 1 of "))
    #expect(reader.question == "")
    #expect(reader.take("m") == "")
    #expect(reader.question == "mark: a letter")
    #expect(reader.take("a").contains("mark a set"))
  }

  @Test func explanationsLeadToTheirPlace() throws {
    var reader = try reader()
    _ = reader.start()
    let answer = reader.take("explain dq_flag")
    #expect(answer.contains("8-state"))
    #expect(reader.take("").contains("dq_flag"))
  }

  @Test func mistakesAreSaidOnce() throws {
    var reader = try reader()
    _ = reader.start()
    let answer = reader.take("frobnicate")
    #expect(answer.hasPrefix("! no command or place frobnicate"))
    #expect(answer.split(separator: "\n").filter { $0.hasPrefix("!") }.count == 1)
    // It is over with the next command.
    #expect(!reader.take("down").contains("!"))
  }

  @Test func savesAndEnds() throws {
    let files = Files()
    var reader = try reader(files: files)
    _ = reader.start()
    _ = reader.take("save-screen here")
    #expect(files.texts["here"]?.contains("NNR_STR") == true)
    #expect(!reader.hasQuit)
    #expect(reader.take("q") == "")
    #expect(reader.hasQuit)
  }
}
