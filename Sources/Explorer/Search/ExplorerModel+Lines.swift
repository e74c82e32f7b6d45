import NNRReport
import TerminalScreen

/// The lists that fill the screen, as lines of text.
extension ExplorerModel {
  /// The number of lines; 0 in views that are no list.
  var lineCount: Int {
    switch view {
    case .tensors: document.tensors.order.count
    case .diagnostics: document.survey.shown.count
    case .updates: updates.rows.isEmpty ? 0 : updates.rows.count + 1
    case .diff: diff.rows.count
    case .notes: noteRows.count
    case .costs where document.costs.mode == .tree: document.costs.rows.count
    case .costs: document.figures.costs?.ledger.units.count ?? 0
    case .explorer, .diagnosis, .bins, .heat, .values: 0
    }
  }

  /// The selected line.
  var selectedLine: Int {
    switch view {
    case .tensors: document.tensors.list.selection
    case .diagnostics: document.findingsList.selection
    case .updates: updates.list.selection
    case .diff: diff.list.selection
    case .notes: notesList.selection
    case .costs where document.costs.mode == .tree: document.costs.list.selection
    case .costs: document.costs.unitList.selection
    case .explorer, .diagnosis, .bins, .heat, .values: 0
    }
  }

  /// Selects a line.
  mutating func selectLine(_ line: Int) {
    let count = lineCount
    switch view {
    case .tensors: document.tensors.list.select(line, count: count, page: page(.tensors))
    case .diagnostics: document.findingsList.select(line, count: count, page: page(.diagnostics))
    case .updates: updates.list.select(line, count: count, page: page(.updates))
    case .diff: diff.list.select(line, count: count, page: page(.diff))
    case .notes: notesList.select(line, count: count, page: page(.notes))
    case .costs where document.costs.mode == .tree:
      document.costs.list.select(line, count: count, page: page(.costs))
    case .costs: document.costs.unitList.select(line, count: count, page: page(.costs))
    case .explorer, .diagnosis, .bins, .heat, .values: break
    }
  }

  /// What a line says, numbers left out; not safe to print.
  ///
  /// `notes` are the rows of the list of notes.
  func lineTexts(_ line: Int, notes: [NoteRow]) -> [String] {
    switch view {
    case .tensors:
      let lines = document.figures.lines
      let place = document.tensors.order[line]
      guard lines.indices.contains(place) else { return [] }
      return document.tensors.columns.compactMap { TensorColumns.places[$0] }
        .filter { !TensorColumns.all[$0].kind.isNumeric }
        .map { CellText.human(lines[place].cells[$0], in: TensorColumns.all[$0]) }
    case .diagnostics:
      let finding = document.survey.shown[line]
      return ["\(finding.diagnostic.rule.id) u\(finding.unit) \(finding.diagnostic.message)"]
    case .updates: return line == 0 ? [] : [updates.rows[line - 1].name]
    case .diff:
      let row = diff.rows[line]
      return [row.text, row.a, row.b, row.note]
    // Rows that are made anew whenever they are asked for: `notes` has them.
    case .notes: return notes.indices.contains(line) ? [notes[line].name, notes[line].text] : []
    case .costs: return costTexts(line)
    case .explorer, .diagnosis, .bins, .heat, .values: return []
    }
  }

  private func costTexts(_ line: Int) -> [String] {
    guard let sheet = document.figures.costs else { return [] }
    guard document.costs.mode == .tree else {
      let unit = sheet.ledger.units[line]
      return [unit.type?.name ?? ""] + sheet.ledger.tensors[unit.tensors].map(\.name)
    }
    switch document.costs.rows[line] {
    case .node(let place): return [sheet.tree.nodes[place].name]
    case .cost(_, let costClass): return [costClass.name]
    case .parts, .part, .more: return []
    }
  }
}
