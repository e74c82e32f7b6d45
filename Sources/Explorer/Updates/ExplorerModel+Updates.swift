import NNRModel
import TerminalScreen

extension Command {
  /// The update tree.
  static let updating: [Command] = [
    Command("updates", ["5"], .look, "the tree of parameter updates over the open files") {
      model, _ in
      model.view = .updates
      model.updates.column = model.current
      let effects = model.followUpdates()
      model.updates.column = min(model.updates.column, model.updates.rounds - 1)
      return effects
    }
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
    let column = min(updates.column, session.streams.count - 1)
    updates = UpdatesState(rounds: session.streams.count)
    updates.column = column
    updates.isLoaded = true
    return start(.updates(session))
  }

  /// Moves by rounds.
  mutating func moveRound(_ step: Int) {
    updates.column = min(max(0, updates.column + step), updates.rounds - 1)
  }

  /// Opens the unit of the selected cell in the first view.
  mutating func openUpdate() {
    guard documents.indices.contains(updates.column), updates.column < updates.rounds else {
      return
    }
    guard let cell = updates.selected else {
      if updates.list.selection > 0 { return tell("this round does not code it") }
      remember()
      view = .explorer
      current = updates.column
      return follow()
    }
    remember()
    view = .explorer
    current = cell.place.stream
    select(Location(unit: cell.place.unit))
  }
}
