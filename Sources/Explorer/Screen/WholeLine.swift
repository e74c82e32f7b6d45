import TerminalScreen

/// The selected row of a table uncut, in some lines below it.
extension ExplorerModel {
  /// The room of the table and of the lines below.
  func tableAndLine(_ rect: Rect) -> (table: Rect, line: Rect) {
    let low = rect.height >= 14 ? 3 : rect.height >= 6 ? 1 : 0
    return (
      rect.rows(from: 0, count: rect.height - low), rect.rows(from: rect.height - low)
    )
  }

  /// The rows of the table that fit.
  func tablePage(_ rect: Rect) -> Int { max(1, tableAndLine(rect).table.height - 1) }

  /// Draws a text over the lines.
  func drawWhole(_ text: String, _ grid: inout Grid, _ rect: Rect) {
    let lines = StyledText.wrap(text, width: max(8, rect.width))
    for (row, line) in lines.prefix(rect.height).enumerated() {
      grid.write(fitting: line, in: rect.row(row))
    }
  }
}
