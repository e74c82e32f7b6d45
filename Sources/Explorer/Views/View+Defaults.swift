import NNRModel
import TerminalScreen

/// What a view does that says nothing else; lists get it all from their lines.
extension View {
  var commands: [Command] { [] }
  var isInBar: Bool { false }
  func isInBar(_ model: ExplorerModel) -> Bool { isInBar }
  var subject: ViewSubject { .syntax }

  func badge(_ model: ExplorerModel) -> StyledText { "" }

  func lines(_ model: ExplorerModel) -> LineList? { nil }

  func selection(ofLine line: Int, _ model: ExplorerModel) -> Selection? { nil }

  func line(of selection: Selection, _ model: ExplorerModel) -> Int? {
    var unit: Int?
    for line in 0..<(lines(model)?.count ?? 0) {
      guard let found = self.selection(ofLine: line, model) else { continue }
      if found.covers(selection) { return line }
      if unit == nil, found.isInUnit(of: selection) { unit = line }
    }
    return unit
  }

  func take(_ selection: Selection, _ model: inout ExplorerModel) {}

  func caption(_ model: ExplorerModel) -> (title: StyledText, note: StyledText) {
    (StyledText(pane.title, .title), StyledText(note(model), .dim))
  }

  func note(_ model: ExplorerModel) -> String { "" }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int {
    // The heading is a row of its own.
    max(1, rect.height - (lines(model) == nil ? 0 : 1))
  }

  func move(_ motion: Motion, _ model: inout ExplorerModel) { model.moveLine(motion, of: pane) }

  func move(sideways step: Int, _ model: inout ExplorerModel) -> [Effect] {
    model.moveColumn(step, of: pane)
    return []
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] { [] }

  func enterHint(_ model: ExplorerModel) -> String? { nil }

  func hints(_ model: ExplorerModel) -> [KeyHint] { [] }

  func click(_ point: Point, _ rect: Rect, _ model: inout ExplorerModel) {
    model.clickLine(point.y - rect.y, of: pane)
  }

  func scroll(_ rows: Int, _ model: inout ExplorerModel) {
    for _ in 0..<abs(rows) { move(rows < 0 ? .up : .down, &model) }
  }

  func follow(_ model: inout ExplorerModel) -> [Effect] { [] }

  func escape(_ model: inout ExplorerModel) -> [Effect]? { nil }

  func filter(_ model: ExplorerModel) -> (any ViewFilter)? { nil }

  var hasColumns: Bool { false }

  func columns(_ model: ExplorerModel) -> ColumnList? { nil }

  func show(_ columns: [String], _ model: inout ExplorerModel) {}

  func sort(by column: String, _ model: inout ExplorerModel) {}

  var orders: [String] { [] }

  var isSorted: Bool { !orders.isEmpty }

  func sort(_ order: NamedOrder, _ model: inout ExplorerModel) {}

  func sort(next: Bool, _ model: inout ExplorerModel) {}

  var strides: Set<Stride> { [] }

  func go(_ stride: Stride, forward: Bool, _ model: inout ExplorerModel) -> String? {
    model.goToLine(of: stride, forward: forward)
  }

  func bits(_ model: ExplorerModel) -> Location? {
    lines(model) == nil
      ? model.location : selection(ofLine: model.selectedLine(of: pane), model)?.location
  }

  func tensor(_ model: ExplorerModel) -> CodedTensor? {
    guard lines(model) != nil else { return model.selectedTensor }
    guard let row = selection(ofLine: model.selectedLine(of: pane), model), let member = row.member,
      model.documents.indices.contains(row.document)
    else { return nil }
    let stream = model.documents[row.document].stream
    let tensors = stream.compressedDataUnit(row.location.unit)?.codedTensors ?? []
    return tensors.indices.contains(member) ? tensors[member] : nil
  }
}

extension Motion {
  /// Scrolls text that has no cursor.
  func scroll(_ top: inout Int, count: Int, page: Int) {
    let last = max(0, count - page)
    let step =
      switch self {
      case .up: -1
      case .down: 1
      case .pageUp: -page
      case .pageDown: page
      case .halfPageUp: -max(1, page / 2)
      case .halfPageDown: max(1, page / 2)
      case .home: -count
      case .end: count
      }
    top = min(max(0, min(top, last) + step), last)
  }
}
