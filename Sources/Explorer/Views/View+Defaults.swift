import NNRModel
import TerminalScreen

/// What a view does that says nothing else; lists get it all from their lines.
extension View {
  var commands: [Command] { [] }
  var list: String? { nil }
  var subject: ViewSubject { .syntax }

  func lines(_ model: ExplorerModel) -> LineList? { nil }

  func caption(_ model: ExplorerModel) -> (title: StyledText, note: StyledText) {
    (StyledText(pane.title, .title), StyledText(note(model), .dim))
  }

  func note(_ model: ExplorerModel) -> String { "" }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int {
    // The heading is a row of its own.
    max(1, rect.height - (lines(model) == nil ? 0 : 1))
  }

  func move(_ motion: Motion, _ model: inout ExplorerModel) { model.moveLine(motion, of: pane) }

  func move(sideways step: Int, _ model: inout ExplorerModel) -> [Effect] { [] }

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

  func sort(next: Bool, _ model: inout ExplorerModel) {}

  var strides: Set<Stride> { [] }

  func go(_ stride: Stride, forward: Bool, _ model: inout ExplorerModel) -> String? { nil }

  func bits(_ model: ExplorerModel) -> Location? { model.location }

  func tensor(_ model: ExplorerModel) -> CodedTensor? {
    list == nil ? model.selectedTensor : nil
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
