import PlainText
import TerminalScreen

extension Pane {
  /// Two streams side by side.
  public static let diff = Pane("diff", "Diff")
}

/// Two streams, or a stream and what it was made from, side by side.
struct DiffView: View {
  let pane = Pane.diff
  let commands = Command.comparing + Command.referring
  let isInBar = true

  func lines(_ model: ExplorerModel) -> LineList? {
    let rows = model.diff.rows
    return LineList(state: \.diff.list, count: rows.count) {
      [rows[$0].text, rows[$0].a, rows[$0].b, rows[$0].note]
    }
  }

  func selection(ofLine line: Int, _ model: ExplorerModel) -> Selection? {
    let rows = model.diff.rows
    return rows.indices.contains(line) ? model.selection(of: rows[line])?.selection : nil
  }

  func note(_ model: ExplorerModel) -> String { model.diffNote }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawDiff(&grid, rect)
  }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int { model.tablePage(rect) }

  func move(sideways step: Int, _ model: inout ExplorerModel) -> [Effect] {
    model.diff.isRight = step > 0
    model.selectLineUnderCursor()
    return model.decodeSelection()
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] { model.openDifference() }

  func enterHint(_ model: ExplorerModel) -> String? { "go there" }

  func follow(_ model: inout ExplorerModel) -> [Effect] { model.followDiff() }

  let strides: Set<Stride> = [.unit, .element]

  func go(_ stride: Stride, forward: Bool, _ model: inout ExplorerModel) -> String? {
    model.goToDifference(stride == .unit ? .unit : .element, forward: forward)
  }
}

/// Two streams side by side.
extension ExplorerModel {
  /// Draws the lines.
  func drawDiff(_ grid: inout Grid, _ rect: Rect) {
    let state = diff
    func title(_ label: String, _ place: Int?, _ isChosen: Bool) -> String {
      let reference = label == "B" ? state.reference : nil
      let file = reference ?? place.map { documents[$0].title } ?? "-"
      let name = ShownText.line(file.split(separator: "/").last.map(String.init) ?? file)
      return isChosen ? "[\(label) \(name)]" : "\(label) \(name)"
    }
    let columns = [
      TableColumn("", width: 1, priority: 9),
      TableColumn("what", width: 14, weight: 4, priority: 9, cut: .shared),
      TableColumn(title("A", state.pair?.a, !state.isRight), width: 9, weight: 2, priority: 8),
      TableColumn(title("B", state.pair?.b, state.isRight), width: 9, weight: 2, priority: 8),
      TableColumn("difference", width: 18, weight: 2, priority: 5),
    ]
    let empty =
      documents.count < 2 && state.reference == nil
      ? "one file is open: :diff PATH opens another to compare with"
      : state.problem ?? (state.isComplete ? "no difference" : "comparing …")
    let (table, line) = tableAndLine(rect)
    TableView(
      state.list, columns: columns, count: state.rows.count, placeholder: StyledText(empty, .dim)
    ) { row in
      Self.cells(state.rows[row], state.isRight)
    }.draw(on: &grid, in: table)
    if state.rows.indices.contains(state.list.selection) {
      drawWhole(Self.whole(state.rows[state.list.selection]), &grid, line)
    }
    if state.rows.isEmpty { grid.placeCursor(Point(0, 0), in: rect) }
  }

  private static func whole(_ row: DiffRow) -> String {
    if row.kind == .heading { return row.text }
    var text = String(row.text.drop { $0 == " " })
    if !row.a.isEmpty || !row.b.isEmpty { text += ": A \(row.a), B \(row.b)" }
    return row.note.isEmpty ? text : text + "; " + row.note
  }

  private static func cells(_ row: DiffRow, _ isRight: Bool) -> [StyledText] {
    let look: Style =
      switch row.kind {
      case .equal: .dim
      case .unit, .heading: .heading
      case .element: .coded
      case .payload: row.text.hasPrefix("  E") ? .error : .derived
      case .cost, .weights: .normal
      }
    let mark: Style =
      switch row.mark {
      case "+": .success
      case "-": .error
      case "=", " ": .dim
      default: .warning
      }
    let value: Style = row.mark == "=" ? .dim : .number
    return [
      StyledText(row.mark, mark),
      StyledText(String(row.text.dropLast(row.name.count)), look) + StyledText(row.name, .name),
      StyledText(row.a, value),
      StyledText(row.b, value), StyledText(row.note, .dim),
    ]
  }

  /// The right-hand note of the title.
  var diffNote: String {
    guard diff.isComplete else {
      return runs(.diff) ? "comparing …" : ""
    }
    if diff.problem != nil { return "not compared" }
    if diff.reference != nil {
      return "against the original" + (diff.scope?.text.map { ", " + $0 } ?? "")
    }
    let count = diff.rows.filter { $0.kind == .unit }.count
    return count == 0
      ? "no difference" : NumberText.count(count, "unit") + (count == 1 ? " differs" : " differ")
  }
}
