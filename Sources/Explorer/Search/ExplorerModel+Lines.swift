import NNRReport

/// What the lists that fill the screen say.
extension ExplorerModel {
  /// Reads the lines of the list that is open, numbers left out; what it gives is not safe to print.
  func lineTexts() -> (Int) -> [String] {
    switch view {
    case .tensors:
      let (lines, order) = (document.figures.lines, document.tensors.order)
      let columns = document.tensors.columns.compactMap { TensorColumns.places[$0] }
        .filter { !TensorColumns.all[$0].kind.isNumeric }
      return { line in
        guard lines.indices.contains(order[line]) else { return [] }
        return columns.map {
          ValueText.human(lines[order[line]].cells[$0], in: TensorColumns.all[$0])
        }
      }
    case .diagnostics:
      let findings = document.survey.shown
      return { line in
        let diagnostic = findings[line].diagnostic
        return ["\(diagnostic.rule.id) u\(findings[line].unit) \(diagnostic.message)"]
      }
    case .updates:
      let rows = updates.rows
      return { $0 == 0 ? [] : [rows[$0 - 1].name] }
    case .diff:
      let rows = diff.rows
      return { [rows[$0].text, rows[$0].a, rows[$0].b, rows[$0].note] }
    case .notes:
      let rows = noteRows
      return { [rows[$0].name, rows[$0].text] }
    case .diagnosis:
      let rows = diagnosis.rows
      return { [rows[$0].text, rows[$0].note] }
    case .costs: return costTexts()
    case .explorer, .bins, .heat, .values: return { _ in [] }
    }
  }

  private func costTexts() -> (Int) -> [String] {
    guard let sheet = document.figures.costs else { return { _ in [] } }
    guard document.costs.mode == .tree else {
      return { line in
        let unit = sheet.ledger.units[line]
        return [unit.type?.name ?? ""] + sheet.ledger.tensors[unit.tensors].map(\.name)
      }
    }
    let rows = document.costs.rows
    return { line in
      switch rows[line] {
      case .node(let place): [sheet.tree.nodes[place].name]
      case .cost(_, let costClass): [costClass.name]
      case .parts, .part, .more: []
      }
    }
  }
}
