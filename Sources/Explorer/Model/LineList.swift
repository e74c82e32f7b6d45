import TerminalScreen

/// The list that a pane consists of: where its selection is kept, and the number of its lines.
struct LineList {
  let state: WritableKeyPath<ExplorerModel, ListState>
  let count: Int
}

extension ExplorerModel {
  /// The list of a pane that is one; nil for those whose selection is a place in the stream, or that have none.
  func lines(of pane: Pane) -> LineList? {
    switch pane {
    case .tensors:
      LineList(state: \.document.tensors.list, count: document.tensors.order.count)
    case .diagnostics: LineList(state: \.document.findingsList, count: document.survey.shown.count)
    case .diagnosis: LineList(state: \.diagnosis.list, count: diagnosis.rows.count)
    case .updates:
      // The sum is a line too.
      LineList(state: \.updates.list, count: updates.rows.isEmpty ? 0 : updates.rows.count + 1)
    case .diff: LineList(state: \.diff.list, count: diff.rows.count)
    case .notes: LineList(state: \.notesList, count: noteRows.count)
    case .costs where document.costs.mode == .tree:
      LineList(state: \.document.costs.list, count: document.costs.rows.count)
    case .costs:
      LineList(
        state: \.document.costs.unitList, count: document.figures.costs?.ledger.units.count ?? 0)
    case .outline, .syntax, .bits, .detail, .decode, .bins, .lesson, .heat, .values: nil
    }
  }

  /// The selected line of a pane.
  func selectedLine(of pane: Pane) -> Int {
    lines(of: pane).map { self[keyPath: $0.state].selection } ?? 0
  }

  /// Selects a line of a pane.
  mutating func selectLine(_ line: Int, of pane: Pane) {
    guard let list = lines(of: pane) else { return }
    self[keyPath: list.state].select(line, count: list.count, page: page(pane))
  }

  /// Selects the line that a pane shows in a row of its table, the heading being row 0.
  mutating func clickLine(_ row: Int, of pane: Pane) {
    guard let list = lines(of: pane) else { return }
    selectLine(self[keyPath: list.state].top + row - 1, of: pane)
  }

  /// Moves the selection of a pane.
  mutating func moveLine(_ motion: Motion, of pane: Pane) {
    guard let list = lines(of: pane) else { return }
    self[keyPath: list.state].move(motion, count: list.count, page: page(pane))
  }
}
