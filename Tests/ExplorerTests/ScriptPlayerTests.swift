import Explorer
import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

/// Scripts run the same commands as keys do, and say where they fail.
@Suite struct ScriptPlayerTests {
  private final class Files { var texts: [String: String] = [:] }

  private func play(_ script: String, size: Size = Size(80, 24)) throws -> [String: String] {
    let files = Files()
    let streams = try Fixture("cnn_digits_pyt").opened(as: "x.nnc")
    var player = ScriptPlayer(
      ExplorerModel(streams, size: size), glyphs: .ascii,
      write: { path, text in
        files.texts[path] = text
        return path == "refused" ? "no" : nil
      }, open: { streams })
    try player.play(script)
    return files.texts
  }

  @Test func savesScreens() throws {
    let texts = try play(
      """
      # a comment
      key ] t
      expect "conv1.weight"
      refute "no such text"
      save-screen first
      resize 40x10
      type /fc.b
      key Enter
      save-screen -
      quit
      this is not reached
      """)
    #expect(texts["first"]?.split(separator: "\n", omittingEmptySubsequences: false).count == 25)
    #expect(texts["-"]?.contains("cnn_digits_pyt") == true)
  }

  @Test(arguments: [
    ("\nkey Nope", 2, "no key"), ("expect \"gone\"", 1, "not on the screen"),
    ("frobnicate", 1, "no command"), ("unit 99", 1, "numbered"), ("resize 8", 1, "no size"),
    ("save-screen refused", 1, "cannot write"), ("file 2", 1, "file:"),
  ])
  func saysWhere(_ script: String, _ line: Int, _ part: String) {
    do {
      _ = try play(script)
      Issue.record("\(script) should fail")
    } catch let problem as ScriptPlayer.Problem {
      #expect(problem.line == line)
      #expect(problem.text.contains(part), "\(problem)")
    } catch {
      Issue.record("\(error)")
    }
  }
}
