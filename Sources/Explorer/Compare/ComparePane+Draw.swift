import NNRAnalysis
import NNRReport
import PlainText
import TerminalScreen

/// The comparison on the screen.
extension ExplorerModel {
  private static let cellWidth = 12

  /// Divides the room into the table and the lines about the selected cell.
  func compareParts(_ rect: Rect) -> (table: Rect, panel: Rect) {
    let panel = rect.height >= 18 ? 6 : rect.height >= 12 ? 4 : rect.height >= 7 ? 2 : 0
    return (
      rect.rows(from: 0, count: rect.height - panel),
      rect.rows(from: rect.height - panel, count: panel)
    )
  }

  /// Draws the table and what is under the cursor, or the plot.
  func drawRuns(_ grid: inout Grid, _ rect: Rect) {
    if compare.isPlotted, let comparison = compare.comparison, comparison.isAgainst {
      drawPlot(comparison, &grid, rect)
      return
    }
    let parts = compareParts(rect)
    runsTable(rect.width).draw(on: &grid, in: parts.table)
    if compare.lines.isEmpty { grid.placeCursor(Point(0, 0), in: rect) }
    for (row, line) in runLines(parts.panel.width).prefix(parts.panel.height).enumerated() {
      grid.write(fitting: line, in: parts.panel.row(row))
    }
  }

  private func drawPlot(_ comparison: RunComparison, _ grid: inout Grid, _ rect: Rect) {
    let plot = PointPlot.rates(comparison, [])
    for (row, line) in plot.lines(width: rect.width, height: rect.height).prefix(rect.height)
      .enumerated()
    {
      grid.write(fitting: StyledText(line), in: rect.row(row))
    }
    grid.placeCursor(Point(0, 0), in: rect)
  }

  private func runsTable(_ width: Int) -> TableView {
    let state = compare
    let shown = shownRuns(width)
    var columns = [TableColumn("name", width: 10, weight: 1, priority: 9, cut: .shared)]
    for run in shown {
      let title = "\(run + 1) " + ShownText.line(documents[run].title)
      columns.append(
        TableColumn(
          String(title.prefix(Self.cellWidth)), .right, width: Self.cellWidth,
          priority: 8 - run + shown.lowerBound))
    }
    columns.append(TableColumn("Δ bits", .right, width: 9, priority: 8))
    columns.append(TableColumn("why", width: 12, weight: 1, priority: 1))
    let empty =
      state.problem ?? (documents.count < 2 ? "one file is open: name several" : "decoding …")
    return TableView(
      state.list, columns: columns, count: state.lines.count, placeholder: StyledText(empty, .dim)
    ) { row in
      guard state.lines.indices.contains(row) else { return [] }
      let line = state.lines[row]
      let name = StyledText(ShownText.line(line.name), row == 0 ? .heading : .name)
      let cells = shown.map { run -> StyledText in
        let cell = StyledText(
          Self.text(line, state.figure, of: state.documents.firstIndex(of: run)), .number)
        return run == state.column && row == state.list.selection ? cell.on(.element) : cell
      }
      return [name] + cells
        + [
          StyledText(line.greatestChange.map { CompareRow.signed($0.bits) } ?? "", .number),
          StyledText(CompareRow.why(line.changes) ?? "", .dim),
        ]
    }
  }

  /// The runs that fit, the selected one among them.
  private func shownRuns(_ width: Int) -> Range<Int> {
    let room = max(1, (width - 36) / (Self.cellWidth + 1))
    let count = documents.count
    let first = max(0, min(compare.column - room + 1, count - room))
    return first..<min(count, first + room)
  }

  /// A figure of a row in a run; `run` is its place among those that are decoded.
  private static func text(_ row: CompareRow, _ figure: CompareState.Figure, of run: Int?) -> String
  {
    guard let run, row.cells.indices.contains(run), let cell = row.cells[run] else { return "-" }
    let text: String? =
      switch figure {
      case .bits: cell.bits.map { NumberFormat.fixed($0, decimals: 0) }
      case .change: row.change(of: run).map { CompareRow.signed($0) }
      case .bitsPerWeight: cell.bitsPerWeight.map { NumberFormat.significant($0) }
      case .qp: cell.qp.map { "\($0)" }
      case .zeros: cell.zeroFraction.map { NumberFormat.percent($0) }
      case .snr: cell.errors?.snr.map { NumberFormat.significant($0) }
      case .rmse:
        // The star stands for "of the finite rest", as in the other tables.
        cell.errors.flatMap { errors in
          errors.rmse.map {
            NumberFormat.significant($0) + (errors.nonfinite > 0 ? "*" : "")
          }
        }
      }
    return text ?? "-"
  }

  /// What the selected cell is, in words.
  private func runLines(_ width: Int) -> [StyledText] {
    guard let row = compare.selected, documents.indices.contains(compare.column) else { return [] }
    let title =
      "\(ShownText.line(row.name)) · run \(compare.column + 1) · "
      + ShownText.line(documents[compare.column].title)
    guard let run = compare.run else {
      return [StyledText(title, .title), StyledText("not decoded yet", .dim)]
    }
    guard let cell = row.cells[run] else {
      return [StyledText(title, .title), StyledText("this run does not code it", .dim)]
    }
    var parts: [String] = []
    if let bits = cell.bits { parts.append("\(NumberFormat.fixed(bits, decimals: 0)) bits") }
    if let change = row.change(of: run), run > 0 {
      parts.append("\(CompareRow.signed(change)) against run 1")
    }
    if let rate = cell.bitsPerWeight {
      parts.append("\(NumberFormat.significant(rate)) bits a weight")
    }
    if let qp = cell.qp { parts.append("QP \(qp)") }
    if let zeros = cell.zeroFraction { parts.append("\(NumberFormat.percent(zeros)) zeros") }
    if let spread = row.spread {
      parts.append("\(NumberFormat.fixed(spread, decimals: 0)) bits between least and most")
    }
    var lines = [StyledText(title, .title)]
    lines += StyledText.wrap(parts.joined(separator: "; "), width: width)
    if let why = CompareRow.why(row.changes(of: run)) {
      lines += StyledText.wrap("changed by \(why)", width: width, style: .derived)
    }
    if let errors = cell.errors {
      let snr = errors.snr.map {
        $0.isFinite ? "SNR \(NumberFormat.significant($0)) dB" : "no error"
      }
      let text =
        [
          snr, errors.rmse.map { "RMSE \(NumberFormat.significant($0))" },
          errors.greatest.map { "worst \(NumberFormat.significant($0))" },
          errors.nonfinite > 0
            ? "\(NumberFormat.count(errors.nonfinite, "pair")) not finite and in no error" : nil,
        ].compactMap(\.self)
      lines += StyledText.wrap(
        "against the original: \(text.joined(separator: ", "))", width: width)
    }
    return lines
  }
}
