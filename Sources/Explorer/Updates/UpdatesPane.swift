import NNRAnalysis
import NNRModel
import NNRReport
import PlainText
import TerminalScreen

extension Pane {
  /// The update tree.
  public static let updates = Pane("updates", "Updates")
}

/// Parameters as rows, rounds of updates as columns.
struct UpdatesView: View {
  let pane = Pane.updates
  let commands = Command.updating
  let isInBar = true

  func lines(_ model: ExplorerModel) -> LineList? {
    let rows = model.updates.rows
    // The sum is a line too.
    return LineList(state: \.updates.list, count: rows.isEmpty ? 0 : rows.count + 1) {
      $0 == 0 ? [] : [rows[$0 - 1].name]
    }
  }

  func selection(ofLine line: Int, _ model: ExplorerModel) -> Selection? {
    let (rows, round) = (model.updates.rows, model.updates.column)
    guard rows.indices.contains(line - 1), let place = rows[line - 1].updates[round]?.place,
      model.documents.indices.contains(place.stream)
    else { return nil }
    return Selection(document: place.stream, location: Location(unit: place.unit))
  }

  func take(_ selection: Selection, _ model: inout ExplorerModel) {
    model.updates.column = min(selection.document, model.updates.rounds - 1)
  }

  func note(_ model: ExplorerModel) -> String { model.updatesNote }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawUpdates(&grid, rect)
  }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int { model.updatesPage(rect) }

  func move(sideways step: Int, _ model: inout ExplorerModel) -> [Effect] {
    model.moveRound(step)
    model.selectLineUnderCursor()
    return model.decodeSelection()
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] {
    let updates = model.updates
    if updates.selected == nil, updates.list.selection > 0 {
      model.tell("this round does not code it")
      return []
    }
    model.remember()
    model.enter(.explorer)
    if updates.selected == nil, model.documents.indices.contains(updates.column) {
      model.current = updates.column
    }
    model.follow()
    return model.decodeSelection()
  }

  func enterHint(_ model: ExplorerModel) -> String? { "go there" }

  func hints(_ model: ExplorerModel) -> [KeyHint] {
    model.updates.rounds > 1
      ? [KeyHint(model.shownKey(of: "right"), "next round", priority: 6)] : []
  }

  func click(_ point: Point, _ rect: Rect, _ model: inout ExplorerModel) {
    model.clickUpdate(point, in: rect)
  }

  func follow(_ model: inout ExplorerModel) -> [Effect] { model.followUpdates() }
}

/// The update tree over the open files: parameters as rows, rounds as columns.
extension ExplorerModel {
  private static let cellWidth = 23

  /// Divides the room into the table and the lines about the selected cell.
  private func updatesParts(_ rect: Rect) -> (table: Rect, panel: Rect) {
    let panel =
      rect.height >= 24
      ? 8 : rect.height >= 18 ? 6 : rect.height >= 14 ? 5 : rect.height >= 7 ? 2 : 0
    return (
      rect.rows(from: 0, count: rect.height - panel),
      rect.rows(from: rect.height - panel, count: panel)
    )
  }

  /// The rows that fit.
  func updatesPage(_ rect: Rect) -> Int { max(1, updatesParts(rect).table.height - 1) }

  /// Draws table and panel.
  func drawUpdates(_ grid: inout Grid, _ rect: Rect) {
    let parts = updatesParts(rect)
    let state = updates
    let shown = shownRounds(rect.width)
    updatesTable(shown).draw(on: &grid, in: parts.table)
    if state.rows.isEmpty { grid.placeCursor(Point(0, 0), in: rect) }
    for (row, line) in updateLines(parts.panel.width).prefix(parts.panel.height).enumerated() {
      grid.write(fitting: line, in: parts.panel.row(row))
    }
  }

  private func updatesTable(_ shown: Range<Int>) -> TableView {
    let state = updates
    var columns = [
      TableColumn("parameter", width: 10, weight: 1, priority: 9, cut: .shared),
      TableColumn("id", width: 7, priority: 2),
    ]
    for round in shown {
      let title = "\(round + 1) " + ShownText.line(documents[round].title)
      columns.append(
        TableColumn(
          String(title.prefix(Self.cellWidth)), width: Self.cellWidth,
          priority: 8 - round + shown.lowerBound))
    }
    return TableView(
      updates.list, columns: columns,
      count: updates.rows.isEmpty ? 0 : updates.rows.count + 1,
      placeholder: StyledText(
        updates.fraction < 1 ? "reading …" : "no tensors in the open files", .dim)
    ) { row in
      guard row > 0 else {
        return [StyledText("all parameters", .heading), ""]
          + shown.map { round in
            round == state.column ? sumCell(round).on(.element) : sumCell(round)
          }
      }
      let parameter = state.rows[row - 1]
      return [
        StyledText(ShownText.line(parameter.name), .name),
        StyledText(Self.identity(parameter), .dim),
      ]
        + shown.map { round in
          let cell = Self.text(parameter.updates[round])
          return round == state.column && row == state.list.selection ? cell.on(.element) : cell
        }
    }
  }

  /// Selects the parameter and the round at a point of the screen.
  mutating func clickUpdate(_ point: Point, in rect: Rect) {
    let shown = shownRounds(rect.width)
    let table = updatesTable(shown)
    let part = updatesParts(rect).table
    // Columns are found by their headings, which stand over all rows.
    if part.contains(point), let column = table.heading(at: Point(point.x, part.y), in: part),
      column >= 2, column - 2 < shown.count
    {
      updates.column = shown.lowerBound + column - 2
    }
    guard let row = table.index(at: point, in: part) else { return }
    selectLine(row, of: .updates)
  }

  /// The rounds that fit, the selected one among them.
  private func shownRounds(_ width: Int) -> Range<Int> {
    let room = max(1, (width - 24) / (Self.cellWidth + 1))
    let first = max(0, min(updates.column - room + 1, updates.rounds - room))
    return first..<min(updates.rounds, first + room)
  }

  /// `+   1,893 b  61 % 12rTH`: kind, bits, zeros, skipped rows, contexts.
  private static func text(_ update: ParameterUpdate?) -> StyledText {
    guard let update else { return StyledText("-", .dim) }
    let worst = update.complaints.first
    guard let figures = update.figures, worst?.severity != .error else {
      let why = worst.map { "\($0.severity.letter) \(ShownText.line($0.text))" } ?? "not decoded"
      return StyledText(why, worst?.severity == .error ? .error : .warning)
    }
    var text =
      if let worst {
        StyledText("\(worst.severity.letter)", .warning)
      } else {
        StyledText(update.parent == nil ? "=" : "+", update.parent == nil ? .dim : .derived)
      }
    text.append(pad("\(NumberText.grouped(figures.bits)) b", 10), .number)
    text.append(pad(share(figures), 6))
    text.append(pad(figures.skippedRows > 0 ? "\(figures.skippedRows)r" : "", 4), .dim)
    text.append(update.usesTemporalContexts ? "T" : " ", .derived)
    text.append(figures.history == true ? "H" : "", .derived)
    return text
  }

  /// `d0 p3`, `d0,1 p3` where two devices code a parameter, `d0…7 p3` where more do.
  private static func identity(_ row: UpdateTree.Row) -> String {
    func list(_ numbers: [Int]) -> String {
      guard numbers.count > 2, let first = numbers.first, let last = numbers.last else {
        return numbers.map { "\($0)" }.joined(separator: ",")
      }
      return "\(first)…\(last)"
    }
    return row.devices.isEmpty ? "" : "d\(list(row.devices)) p\(list(row.parameters))"
  }

  private func sumCell(_ round: Int) -> StyledText {
    let sum = updates.tree.sums[round]
    let figures = sum.figures
    var text = StyledText(" " + Self.pad("\(NumberText.grouped(figures.bits)) b", 10), .number)
    text.append(Self.pad(Self.share(figures), 6))
    if sum.errors > 0 {
      text.append(" E \(sum.errors)", .error)
    } else if sum.warnings > 0 {
      text.append(" W \(sum.warnings)", .warning)
    }
    return text
  }

  /// The zeros in percent: `61 %`; nothing without weights.
  private static func share(_ figures: ParameterUpdate.Figures) -> String {
    guard figures.count > 0 else { return "" }
    return NumberFormat.percent(Double(figures.zeros) / Double(figures.count), decimals: 0)
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// What the selected cell is, in words.
  func updateLines(_ width: Int) -> [StyledText] {
    let round = updates.column
    guard documents.indices.contains(round) else { return [] }
    let title = "round \(round + 1) · \(ShownText.line(documents[round].title))"
    guard let update = updates.selected else {
      guard updates.list.selection == 0 else {
        let text = "this round does not code it: it stays as it was"
        return [StyledText(title, .title), StyledText(text, .dim)]
      }
      return [StyledText(title, .title)] + sumLines(round, width)
    }
    var lines = [
      StyledText("\(ShownText.line(update.name)) · u\(update.place.unit) · \(title)", .title)
    ]
    for (severity, text) in update.complaints {
      lines += StyledText.wrap(
        "\(severity.letter) \(ShownText.line(text))", width: width,
        style: severity == .error ? .error : .warning)
    }
    lines += StyledText.wrap(Self.place(update, documents), width: width)
    guard let figures = update.figures else { return lines }
    var parts = Self.parts(figures)
    if update.usesTemporalContexts { parts.append("contexts look at the parent's integers") }
    if let history = figures.history {
      parts.append("hist_dep_sig_prob_enabled_flag \(history ? 1 : 0)")
    }
    return lines + StyledText.wrap(parts.joined(separator: "; "), width: width)
  }

  /// A round summed up, and what the letters of the table mean.
  private func sumLines(_ round: Int, _ width: Int) -> [StyledText] {
    let sum = updates.tree.sums[round]
    var parts = Self.parts(sum.figures)
    if sum.temporal > 0 {
      parts.append("contexts of \(sum.temporal) of \(sum.parameters) look at their parents")
    }
    return StyledText.wrap(parts.joined(separator: "; "), width: width)
      + StyledText.wrap(
        "+ difference, = whole value; zeros in %, r rows skipped, T temporal contexts, H history",
        width: width, style: .dim)
  }

  private static func parts(_ figures: ParameterUpdate.Figures) -> [String] {
    let perWeight = NumberText.fixed(Double(figures.bits) / Double(max(1, figures.count)), 3)
    let zeros = NumberText.percent(figures.zeros, of: figures.count)
    var parts = [
      "\(NumberText.grouped(figures.bits)) payload bits, \(perWeight) a weight",
      "\(zeros) of \(NumberText.grouped(figures.count)) integers are 0",
    ]
    if figures.skippedRows > 0 {
      parts.append("\(figures.skippedRows) of \(figures.rows) rows skipped")
    }
    return parts
  }

  private static func place(_ update: ParameterUpdate, _ documents: [DocumentState]) -> String {
    let node =
      update.node.map { "device \($0.device), parameter \($0.parameter), depth \($0.depth)" }
      ?? "no node"
    guard let parent = update.parent else { return "\(node); no parent: a whole value" }
    let named = "parent \(UpdateText.parent(parent, digits: 12))"
    guard let place = update.parentPlace, documents.indices.contains(place.stream) else {
      return "\(node); \(named): not among the open files"
    }
    let file = ShownText.line(documents[place.stream].title)
    return "\(node); \(named) → u\(place.unit) of \(file)"
  }

  /// The right-hand note of the title.
  var updatesNote: String {
    let differences = updates.tree.sums.reduce(0) { $0 + $1.differences }
    return NumberText.count(updates.rounds, "round") + ", "
      + NumberText.count(differences, "difference")
  }
}
