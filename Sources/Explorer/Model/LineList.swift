import TerminalScreen

/// The list that a view consists of: where its selection is kept, the number of its lines, and what they say.
struct LineList {
  /// Where selection and scroll position are kept.
  let state: WritableKeyPath<ExplorerModel, ListState>
  /// The number of lines.
  let count: Int
  /// What a line says, numbers left out; not safe to print.
  let texts: (Int) -> [String]
}

extension ExplorerModel {
  /// The selected line of a pane.
  func selectedLine(of pane: Pane) -> Int {
    views[pane].lines(self).map { self[keyPath: $0.state].selection } ?? 0
  }

  /// Selects a line of a pane.
  mutating func selectLine(_ line: Int, of pane: Pane) {
    guard let list = views[pane].lines(self) else { return }
    self[keyPath: list.state].select(line, count: list.count, page: page(pane))
    selectLineUnderCursor()
  }

  /// Selects the line that a pane shows in a row of its table, the heading being row 0.
  mutating func clickLine(_ row: Int, of pane: Pane) {
    guard let list = views[pane].lines(self) else { return }
    selectLine(self[keyPath: list.state].top + row - 1, of: pane)
  }

  /// Moves the selection of a pane.
  mutating func moveLine(_ motion: Motion, of pane: Pane) {
    guard let list = views[pane].lines(self) else { return }
    self[keyPath: list.state].move(motion, count: list.count, page: page(pane))
    selectLineUnderCursor()
  }

  /// The rows that a pane shows.
  func page(_ pane: Pane) -> Int { views[pane].page(self, layout.body(pane) ?? .zero) }
}
