import NNRAnalysis
import NNRModel
import NNRReport
import PlainText
import TerminalScreen

extension Pane {
  /// The open files as runs.
  public static let compare = Pane("compare", "Compare")
}

/// Tensors, groups or classes as rows, the open files as columns.
struct CompareView: View {
  let pane = Pane.compare
  let commands = Command.comparingRuns

  func isInBar(_ model: ExplorerModel) -> Bool { model.documents.count > 1 }

  func lines(_ model: ExplorerModel) -> LineList? {
    let lines = model.compare.lines
    return LineList(state: \.compare.list, count: lines.count) { [lines[$0].name] }
  }

  func selection(ofLine line: Int, _ model: ExplorerModel) -> Selection? {
    let state = model.compare
    guard state.rows == .tensors, line > 0, state.lines.indices.contains(line),
      model.documents.indices.contains(state.column)
    else { return nil }
    return model.tensor(named: state.lines[line].name, in: state.column)
  }

  func take(_ selection: Selection, _ model: inout ExplorerModel) {
    model.compare.column = selection.document
  }

  func note(_ model: ExplorerModel) -> String { model.compareNote }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawRuns(&grid, rect)
  }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int {
    max(1, model.compareParts(rect).table.height - 1)
  }

  func move(sideways step: Int, _ model: inout ExplorerModel) -> [Effect] {
    let last = model.documents.count - 1
    model.compare.column = min(max(0, model.compare.column + step), max(0, last))
    model.selectLineUnderCursor()
    return model.decodeSelection()
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] {
    let state = model.compare
    guard model.documents.indices.contains(state.column) else { return [] }
    if state.rows == .tensors, state.list.selection > 0,
      selection(ofLine: state.list.selection, model) == nil
    {
      model.tell("this run does not code it")
      return []
    }
    model.remember()
    model.enter(.explorer)
    model.current = state.column
    model.follow()
    return model.decodeSelection()
  }

  func enterHint(_ model: ExplorerModel) -> String? { "go there" }

  func hints(_ model: ExplorerModel) -> [KeyHint] {
    model.documents.count > 1
      ? [KeyHint(model.shownKey(of: "right"), "next run", priority: 6)] : []
  }

  func follow(_ model: inout ExplorerModel) -> [Effect] { model.followRuns() }

  func escape(_ model: inout ExplorerModel) -> [Effect]? {
    if model.compare.isPlotted {
      model.compare.isPlotted = false
    } else if !model.compare.filter.isEmpty {
      model.compare.filter = ""
      model.arrangeRuns()
    } else {
      return nil
    }
    return []
  }

  func filter(_ model: ExplorerModel) -> (any ViewFilter)? { CompareFilter() }

  var orders: [String] { CompareState.Order.allCases.map(\.rawValue) }

  func sort(_ order: NamedOrder, _ model: inout ExplorerModel) {
    guard let found = CompareState.Order(rawValue: order.name) else { return }
    model.compare.order = found
    model.compare.isReversed = order.descending
    model.arrangeRuns()
  }

  func sort(next: Bool, _ model: inout ExplorerModel) {
    if next {
      let all = CompareState.Order.allCases
      let place = (all.firstIndex(of: model.compare.order) ?? 0) + 1
      model.compare.order = all[place % all.count]
    } else {
      model.compare.isReversed.toggle()
    }
    model.arrangeRuns()
    model.tell("by \(model.compare.order.rawValue)")
  }
}

/// Rows whose names hold a text, or fit a pattern.
private struct CompareFilter: ViewFilter {
  func text(_ model: ExplorerModel) -> String { model.compare.filter }

  func set(_ text: String, _ model: inout ExplorerModel) -> [Effect] {
    model.compare.filter = text
    model.arrangeRuns()
    return []
  }

  func accept(_ text: String, _ model: inout ExplorerModel) { model.tell(model.compareNote) }

  func verdict(_ text: String, _ model: ExplorerModel) -> (PromptLine.Validity, StyledText) {
    let count = max(0, model.compare.lines.count - 1)
    return (count > 0 ? .valid : .invalid, StyledText(NumberText.count(count, "row"), .dim))
  }
}

extension ExplorerModel {
  /// The last tensor of a name in a document; nil if it has none.
  func tensor(named name: String, in document: Int) -> Selection? {
    let source = documents[document].source
    guard let tensor = source.session.directory(source.number).last(named: name) else { return nil }
    return Selection(
      document: document, location: Location(unit: tensor.unit), member: tensor.place)
  }

  /// The right-hand note of the title.
  var compareNote: String {
    var parts = [NumberText.count(documents.count, "run"), compare.rows.title]
    if compare.order != .file { parts.append("by \(compare.order.rawValue)") }
    if !compare.filter.isEmpty { parts.append("only \(ShownText.line(compare.filter))") }
    return parts.joined(separator: ", ")
  }
}
