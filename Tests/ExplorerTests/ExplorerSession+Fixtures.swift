import Explorer
import NNRBits
import NNRModel
import TerminalScreen
import TestSupport

extension ExplorerSession {
  /// An explorer over fixtures, its short work done.
  init(_ fixtures: String..., size: Size = Size(120, 40)) throws {
    let session = Session(
      try fixtures.map { (MemorySource(try Fixture($0).bytes()), $0 + ".nnc") })
    self.init(ExplorerModel(session.opened(), size: size))
    work()
  }

  /// Presses keys, spelled as in scripts, and does the work that follows.
  mutating func keys(_ spelling: String) {
    for key in Key.sequence(spelling) ?? [] {
      press([key])
      work()
    }
  }

  /// Runs a command line and does the work that follows.
  mutating func command(_ line: String) {
    execute(line)
    work()
  }

  /// The screen as text.
  var screen: String { ScreenText.plain(model.draw()) }
}

extension Fixture {
  /// The stream alone, as an explorer opens it.
  func opened(as path: String = "") throws -> [OpenStream] {
    Session([(MemorySource(try bytes()), name)]).opened(as: [path])
  }
}
