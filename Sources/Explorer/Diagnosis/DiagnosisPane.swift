import PlainText
import TerminalScreen

extension Pane {
  /// Why a payload does not decode.
  public static let diagnosis = Pane("diagnosis", "Diagnosis")
}

/// Why the payload of the selected unit does not decode.
struct DiagnosisView: View {
  let pane = Pane.diagnosis
  let commands = Command.diagnosing

  func lines(_ model: ExplorerModel) -> LineList? {
    let rows = model.diagnosis.rows
    return LineList(state: \.diagnosis.list, count: rows.count) { [rows[$0].text, rows[$0].note] }
  }

  func caption(_ model: ExplorerModel) -> (title: StyledText, note: StyledText) {
    (
      StyledText("Diagnosis · \(model.unitTitle)", .title),
      StyledText(model.diagnosisNote, .dim)
    )
  }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawDiagnosis(&grid, rect)
  }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int { model.tablePage(rect) }

  func enter(_ model: inout ExplorerModel) -> [Effect] { model.openDiagnosis() }

  func enterHint(_ model: ExplorerModel) -> String? { model.diagnosis.goal }

  func follow(_ model: inout ExplorerModel) -> [Effect] { model.followDiagnosis() }
}

/// Why a payload does not decode.
extension ExplorerModel {
  private static let columns = [
    TableColumn("", width: 1, priority: 9),
    TableColumn("bin", .right, width: 7, priority: 3),
    TableColumn("bit", .right, width: 7, priority: 4),
    TableColumn("where, or read with", width: 14, max: 60, weight: 3, priority: 9),
    TableColumn("what", width: 14, weight: 4, priority: 8),
  ]

  /// Draws the lines.
  func drawDiagnosis(_ grid: inout Grid, _ rect: Rect) {
    let state = diagnosis
    let (table, line) = tableAndLine(rect)
    TableView(
      state.list, columns: Self.columns, count: state.rows.count,
      placeholder: StyledText(state.problem ?? "walking the bins, trying other readings …", .dim)
    ) { row in
      Self.cells(state.rows[row])
    }.draw(on: &grid, in: table)
    guard let row = state.selected else { return grid.placeCursor(Point(0, 0), in: rect) }
    drawWhole(row.note.isEmpty ? row.text : row.text + ": " + row.note, &grid, line)
  }

  private static func cells(_ row: DiagnosisRow) -> [StyledText] {
    func number(_ value: Int?) -> StyledText {
      StyledText(value.map { NumberText.grouped($0) } ?? "", .number)
    }
    let (mark, look): (StyledText, Style) =
      switch row.kind {
      case .heading: ("", .heading)
      case .event: (StyledText("E", .error), .name)
      case .explanation: (StyledText("+", .success), .success)
      case .failure: (StyledText("-", .dim), .dim)
      }
    return [
      mark, number(row.bin), number(row.bit), StyledText(row.text, look),
      StyledText(row.note, row.kind == .failure ? .dim : .normal),
    ]
  }

  /// The right-hand note of the title.
  var diagnosisNote: String {
    guard diagnosis.isComplete else { return running[.diagnose] == nil ? "" : "trying …" }
    let good = diagnosis.rows.count { $0.kind == .explanation }
    if good > 0 { return NumberText.count(good, "explanation") }
    return diagnosis.rows.contains { $0.kind == .failure } ? "no reading explains it" : ""
  }
}
