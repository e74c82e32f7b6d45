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

  /// Plays the script; the sentences say what does not hold.
  func broken() -> [String] {
    guard let bytes = try? Fixture("mlp_iris").bytes() else { return ["no fixture"] }
    let session = Session([(MemorySource(bytes), "fuzz.nnc")])
    let streams = session.streams
    var player = ScriptPlayer(
      ExplorerModel(
        streams.map { ($0, "fuzz.nnc") }, size: Size(60, 16), decoder: SessionDecoder(session)),
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
