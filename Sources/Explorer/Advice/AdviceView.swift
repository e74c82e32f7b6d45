import NNRAnalysis
import NNRModel
import NNRReport
import PlainText
import TerminalScreen

extension Pane {
  /// What an encoder could do otherwise.
  public static let advice = Pane("advice", "Advice")
}

/// What an encoder could do otherwise to spend fewer bits, the most first; below, the entry under the cursor in full.
struct AdviceView: View {
  let pane = Pane.advice
  let commands = [
    Command.opening(.advice, ["A"], "what an encoder could do otherwise, in bits")
  ]

  func lines(_ model: ExplorerModel) -> LineList? {
    let advice = model.advice.found?.advice ?? []
    return LineList(state: \.advice.list, count: advice.count) { line in
      [advice[line].kind.rawValue, advice[line].tensor ?? "", advice[line].change]
    }
  }

  func selection(ofLine line: Int, _ model: ExplorerModel) -> Selection? {
    guard let advice = model.advice.found?.advice, advice.indices.contains(line) else { return nil }
    return Selection(
      document: model.advice.document ?? model.current,
      location: Location(unit: advice[line].unit))
  }

  func note(_ model: ExplorerModel) -> String {
    guard let found = model.advice.found else { return "decoding …" }
    let failed = found.failures.count
    let left = failed > 0 ? ", \(failed) not decoded" : ""
    guard model.advice.fraction < 1 else { return AdviceTable.total(found) + left }
    let end = model.advice.document == nil ? ", search stopped" : ", still searching …"
    return AdviceTable.total(found) + left + end
  }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawAdvice(&grid, rect)
  }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int {
    max(1, model.adviceParts(rect).table.height - 1)
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] {
    guard let advice = model.advice.selected else { return [] }
    model.enter(.explorer)
    let place = Location(unit: advice.unit)
    model.jump(to: place)
    model.reveal(place)
    return model.decodeSelection()
  }

  func enterHint(_ model: ExplorerModel) -> String? { "go there" }

  func follow(_ model: inout ExplorerModel) -> [Effect] {
    guard model.advice.document != model.current else { return [] }
    model.advice.begin(model.current)
    return model.start(.advice(model.document.source, document: model.current))
  }
}

extension ExplorerModel {
  /// The columns of the list; what an entry says stands below.
  private static let adviceFields = AdviceTable.fields.filter {
    ["bits", "share", "certainty", "kind", "unit", "tensor", "change"].contains($0.column.key)
  }

  /// Divides the room into the list and the entry under the cursor.
  func adviceParts(_ rect: Rect) -> (table: Rect, entry: Rect) {
    let low = rect.height >= 10 ? 4 : 0
    return (
      rect.rows(from: 0, count: rect.height - low),
      rect.rows(from: rect.height - low, count: low)
    )
  }

  /// Draws the list and the entry under the cursor.
  func drawAdvice(_ grid: inout Grid, _ rect: Rect) {
    let (table, entry) = adviceParts(rect)
    let rows = advice.rows
    let fields = Self.adviceFields
    let isReady = advice.found != nil && advice.fraction >= 1
    TableView(
      advice.list, columns: fields.columns().map { TableColumn($0) }, count: rows.count,
      placeholder: StyledText(isReady ? "nothing to advise" : "searching …", .dim)
    ) { row in
      guard rows.indices.contains(row) else { return [] }
      return fields.map { StyledText($0.value(rows[row]), in: $0.column) }
    }.draw(on: &grid, in: table)
    if rows.isEmpty { grid.placeCursor(Point(0, 0), in: rect) }
    guard let selected = advice.selected, !entry.isEmpty else { return }
    grid.write(
      fitting: StyledText(ShownText.line(selected.what), .heading), in: entry.row(0))
    let lines = StyledText.wrap(ShownText.line(selected.change), width: entry.width)
    for (number, line) in lines.prefix(entry.height - 1).enumerated() {
      grid.write(fitting: line, in: entry.row(number + 1))
    }
  }
}
