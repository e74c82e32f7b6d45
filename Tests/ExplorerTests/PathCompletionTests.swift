import Foundation
import TestSupport
import Testing

@testable import Explorer

/// Paths are completed where a command wants one.
@Suite struct PathCompletionTests {
  @Test func filesAndFolders() throws {
    let file = try TemporaryFile([])
    let folder = file.url.deletingLastPathComponent()
    for name in ["model.pt", "model-2.pt", ".hidden"] {
      try Data().write(to: folder.appending(path: name))
    }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "models"), withIntermediateDirectories: true)
    let lead = folder.path + "/"
    #expect(
      PathCompletion.paths(lead + "mo")
        == ["model-2.pt", "model.pt", "models/"].map { lead + $0 })
    #expect(PathCompletion.paths(lead + ".h") == [lead + ".hidden"])
    #expect(!PathCompletion.paths(lead).contains(lead + ".hidden"))
    #expect(PathCompletion.paths(lead + "nothing").isEmpty)
    #expect(PathCompletion.paths("/nowhere/at/all").isEmpty)
    let session = try ExplorerSession("mlp_iris")
    #expect(session.model.completions("against \(lead)models") == ["against \(lead)models/"])
  }
}
