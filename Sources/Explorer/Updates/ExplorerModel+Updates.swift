import NNRModel
import TerminalScreen

extension Command {
  /// The update tree.
  static let updating: [Command] = [
    .opening(.updates, ["5"], "the tree of parameter updates over the open files")
  ]
}

/// The view of updates.
extension ExplorerModel {
  /// Reads the rounds, if that was not begun yet.
  mutating func followUpdates() -> [Effect] {
    guard !updates.isLoaded else { return [] }
    let session = documents[0].source.session
    guard session.streams.count <= documents.count else {
      updates.fraction = 1
      return []
    }
    let column = min(current, session.streams.count - 1)
    let list = updates.list
    updates = UpdatesState(rounds: session.streams.count)
    updates.column = column
    updates.list = list
    updates.isLoaded = true
    return start(.updates(session))
  }

  /// Moves by rounds.
  mutating func moveRound(_ step: Int) {
    updates.column = min(max(0, updates.column + step), updates.rounds - 1)
  }
}
