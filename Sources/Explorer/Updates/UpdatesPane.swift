import NNRModel
import TerminalScreen

/// The update tree over the open files: parameters as rows, rounds as columns.
extension ExplorerModel {
  private static let cellWidth = 23

  /// Divides the room into the table and the lines about the selected cell.
  private func updatesParts(_ rect: Rect) -> (table: Rect, panel: Rect) {
    let panel = rect.height >= 24 ? 8 : rect.height >= 14 ? 5 : rect.height >= 7 ? 2 : 0
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
    let glyphs = grid.glyphs
    let shown = shownRounds(rect.width)
    var columns = [
      TableColumn("parameter", width: 10, weight: 1, priority: 9),
      TableColumn("id", width: 7, priority: 2),
    ]
    for round in shown {
      let title = "\(round + 1) " + ShownText.line(documents[round].title)
      columns.append(
        TableColumn(
          String(title.prefix(Self.cellWidth)), width: Self.cellWidth,
          priority: 8 - round + shown.lowerBound))
    }
    let names = (0..<state.rounds).map { sumCell($0) }
    TableView(
      state.list, columns: columns, count: state.rows.isEmpty ? 0 : state.rows.count + 1,
      placeholder: StyledText(
        state.fraction < 1 ? "reading …" : "no tensors in the open files", .dim)
    ) { row in
      guard row > 0 else {
        return [StyledText("all parameters", .heading), ""]
          + shown.map { round in
            round == state.column ? names[round].on(.element) : names[round]
          }
      }
      let parameter = state.rows[row - 1]
      let id = Self.identity(parameter.cells.values.compactMap(\.node))
      return [
        StyledText(ShownText.line(parameter.name), .name), StyledText(id, .dim),
      ]
        + shown.map { round in
          let cell = Self.text(parameter.cells[round], glyphs)
          return round == state.column && row == state.list.selection ? cell.on(.element) : cell
        }
    }.draw(on: &grid, in: parts.table)
    if state.rows.isEmpty { grid.placeCursor(Point(0, 0), in: rect) }
    for (row, line) in updateLines(parts.panel.width).prefix(parts.panel.height).enumerated() {
      grid.write(fitting: line, in: parts.panel.row(row))
    }
  }

  /// The rounds that fit, the selected one among them.
  private func shownRounds(_ width: Int) -> Range<Int> {
    let room = max(1, (width - 24) / (Self.cellWidth + 1))
    let first = max(0, min(updates.column - room + 1, updates.rounds - room))
    return first..<min(updates.rounds, first + room)
  }

  /// `+ 1,893 b  61 % 12r TH`: kind, bits, zeros, skipped rows, contexts.
  private static func text(_ cell: UpdateCell?, _ glyphs: GlyphSet) -> StyledText {
    guard let cell else { return StyledText("-", .dim) }
    if let missing = cell.missing {
      return StyledText("E \(missing)", .error)
    }
    guard let facts = cell.facts, cell.failure == nil else {
      return StyledText("E \(cell.failure ?? "not decoded")", .error)
    }
    var text = StyledText(cell.parent == nil ? "= " : "+ ", cell.parent == nil ? .dim : .derived)
    text.append(pad("\(NumberText.grouped(facts.bits)) b", 10), .number)
    text.append(pad(facts.count > 0 ? "\(facts.zeros * 100 / facts.count) %" : "", 6))
    text.append(pad(facts.skippedRows > 0 ? "\(facts.skippedRows)r" : "", 4), .dim)
    text.append(cell.usesTemporalContexts ? "T" : " ", .derived)
    text.append(facts.history == true ? "H" : "", .derived)
    return text
  }

  /// `d0 p3`, or `d0,1 p3` where several devices code a parameter.
  private static func identity(_ nodes: [UpdateNode]) -> String {
    guard let first = nodes.first else { return "" }
    let devices = Set(nodes.map(\.device)).sorted().map { "\($0)" }.joined(separator: ",")
    return "d\(devices) p\(first.parameter)"
  }

  private func sumCell(_ document: Int) -> StyledText {
    let cells = updates.cells(document)
    let facts = cells.compactMap(\.facts)
    let bits = facts.reduce(0) { $0.saturatingAdd($1.bits) }
    let (count, zeros) = facts.reduce((0, 0)) { ($0.0 + $1.count, $0.1 + $1.zeros) }
    let failed = cells.filter { $0.missing != nil || $0.failure != nil }.count
    var text = StyledText("  " + Self.pad("\(NumberText.grouped(bits)) b", 10), .number)
    text.append(Self.pad(count > 0 ? "\(zeros * 100 / count) %" : "", 6))
    if failed > 0 { text.append(" E \(failed)", .error) }
    return text
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// What the selected cell is, in words.
  func updateLines(_ width: Int) -> [StyledText] {
    let round = updates.column
    guard documents.indices.contains(round) else { return [] }
    let title = "round \(round + 1) · \(ShownText.line(documents[round].title))"
    guard let cell = updates.selected else {
      let isSum = updates.list.selection == 0
      return [
        StyledText(title, .title),
        StyledText(
          isSum
            ? "+ difference, = whole value; zeros in %, r rows skipped, T temporal contexts, H history"
            : "this round does not code it: it stays as it was", .dim),
      ]
    }
    var lines = [StyledText("\(ShownText.line(cell.name)) · u\(cell.unit) · \(title)", .title)]
    if let missing = cell.missing {
      lines += StyledText.wrap("E \(missing)", width: width, style: .error)
    }
    if let failure = cell.failure, cell.missing == nil {
      lines += StyledText.wrap("E \(failure)", width: width, style: .error)
    }
    lines += StyledText.wrap(Self.place(cell, documents), width: width)
    if let facts = cell.facts {
      var parts = [
        "\(NumberText.grouped(facts.bits)) payload bits",
        "\(NumberText.percent(facts.zeros, of: facts.count)) % of \(NumberText.grouped(facts.count)) integers are 0",
      ]
      if facts.skippedRows > 0 {
        parts.append("\(facts.skippedRows) of \(facts.rows) rows skipped")
      }
      if cell.usesTemporalContexts { parts.append("contexts look at the parent's integers") }
      if let history = facts.history {
        parts.append("hist_dep_sig_prob_enabled_flag \(history ? 1 : 0)")
      }
      lines += StyledText.wrap(parts.joined(separator: "; "), width: width)
    }
    return lines
  }

  private static func place(_ cell: UpdateCell, _ documents: [DocumentState]) -> String {
    let node =
      cell.node.map { "device \($0.device), parameter \($0.parameter), depth \($0.depth)" }
      ?? "no node"
    guard let parent = cell.parent else { return "\(node); no parent: a whole value" }
    let named =
      switch parent {
      case .device(let device): "parent device \(device)"
      case .sha256(let hash): "parent SHA-256 " + hash.prefix(6).map(ElementText.hex).joined() + "…"
      case .sha512(let hash): "parent SHA-512 " + hash.prefix(6).map(ElementText.hex).joined() + "…"
      case .unknown: "parent named in an unknown way"
      }
    guard let place = cell.parentPlace, documents.indices.contains(place.document) else {
      return "\(node); \(named): not among the open files"
    }
    return
      "\(node); \(named) → u\(place.location.unit) of \(ShownText.line(documents[place.document].title))"
  }

  /// The right-hand note of the title.
  var updatesNote: String {
    let differences = updates.rows.reduce(0) { sum, row in
      sum + row.cells.values.filter { $0.parent != nil }.count
    }
    return NumberText.count(updates.rounds, "round") + ", "
      + NumberText.count(differences, "difference")
  }
}
