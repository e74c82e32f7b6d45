import Explorer
import NNRBits
import NNRModel
import TerminalScreen
import TestSupport

/// Text as a script.
struct ScriptInput {
  private let script: String

  /// Reads the text; the lines beyond the fiftieth are left out, for they take time only.
  init(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    script = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(50)
      .map { $0.prefix(200) }.joined(separator: "\n")
  }

  /// Plays the text as a script and as a lesson; the sentences say what does not hold.
  func broken() -> [String] { brokenScript() + brokenLesson() }

  private func brokenLesson() -> [String] {
    guard let bytes = try? Fixture("mlp_iris").bytes() else { return ["no fixture"] }
    let session = Session([(MemorySource(bytes), "fuzz.nnc")])
    let model = ExplorerModel(session.opened(), size: Size(80, 24))
    let lesson: Lesson
    do throws(LessonProblem) {
      lesson = try Lesson(Array(script.utf8), name: "fuzz")
    } catch {
      return error.text.isEmpty || error.line < 0 ? ["the problem is \(error)"] : []
    }
    var player = LessonPlayer(lesson, model, quiz: script.utf8.count % 2 == 0)
    var found: [String] = []
    for page in player.pages() where page.title.isEmpty { found.append("a step without a title") }
    for command in ["answer 1", "show-answer", "previous-step", "step 1", "again", "code-word"] {
      player.command(command)
      found += ScreenInvariants.broken(player.session.model)
    }
    // A lesson writes nothing.
    for effect in player.effects {
      if case .save = effect { found.append("a lesson writes the screen") }
      if case .write = effect { found.append("a lesson writes a file") }
      if case .open = effect { found.append("a lesson opens a file") }
    }
    return found
  }

  private func brokenScript() -> [String] {
    guard let bytes = try? Fixture("mlp_iris").bytes() else { return ["no fixture"] }
    let session = Session([(MemorySource(bytes), "fuzz.nnc")])
    let streams = session.opened(as: ["fuzz.nnc"])
    var player = ScriptPlayer(
      ExplorerModel(streams, size: Size(60, 16)),
      glyphs: .ascii, write: { path, _ in path.isEmpty ? "no path" : nil }, open: { streams })
    do throws(ScriptPlayer.Problem) {
      try player.play(script)
    } catch {
      let lines = script.split(separator: "\n", omittingEmptySubsequences: false).count
      guard (1...lines).contains(error.line), !error.text.isEmpty else {
        return ["the problem is in line \(error.line) of \(lines): \(error.text)"]
      }
    }
    return ScreenInvariants.broken(player.session.model)
  }
}
