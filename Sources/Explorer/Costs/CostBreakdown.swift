import NNRAnalysis
import PlainText
import TerminalScreen

/// What bits are spent on, as stacked bars: the selection's and the stream's.
extension ExplorerModel {
  /// Draws two bars and their legend.
  func drawBreakdown(_ grid: inout Grid, _ rect: Rect, _ sheet: CostSheet) {
    let selected = selectedCosts(sheet)
    let stream = CostSheet.groups(sheet.totals)
    let lead = min(24, max(10, rect.width / 4))
    let rows = [(selected.name, selected.groups), ("stream", stream)]
    for (line, row) in rows.enumerated() {
      grid.write(
        fitting: StyledText(row.0, line == 0 ? .name : .normal),
        in: rect.columns(from: 0, count: lead - 1).row(line))
      StackedBar(row.1.enumerated().map { BarPart($1, series: $0) }).draw(
        on: &grid, in: rect.columns(from: lead).row(line))
    }
    var x = 0
    let legend = rect.row(2)
    let total = selected.groups.reduce(0, +)
    for group in CostGroup.allCases {
      let bits = selected.groups[group.place]
      guard bits > 0 || stream[group.place] > 0 else { continue }
      let share = total > 0 ? bits * 100 / total : 0
      let text = " \(group.heading) \(NumberText.fixed(share, 1)) %"
      guard x + text.count + 3 <= legend.width else { break }
      grid.write(
        grid.glyphs.seriesFill(group.place), at: Point(x, 0), in: legend,
        style: Style(.series(group.place)))
      x = grid.write(text, at: Point(x + 1, 0), in: legend) + 2
    }
  }

  private func selectedCosts(_ sheet: CostSheet) -> (name: String, groups: [Double]) {
    let costs = document.costs
    if costs.mode == .units {
      let unit = costs.unitList.selection
      guard sheet.ledger.units.indices.contains(unit) else {
        return ("", Array(repeating: 0, count: 8))
      }
      return ("u\(unit)", CostSheet.groups(sheet.ledger.costs(ofUnit: unit)))
    }
    let node = costs.selected?.node ?? 0
    let name = node == 0 ? "(stream)" : ShownText.line(sheet.tree.nodes[node].path)
    return (name, Array(sheet.groups(of: node)))
  }
}
