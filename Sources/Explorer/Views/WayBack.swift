import TerminalScreen

/// Where one was: a view, what was selected in it, and where its list stood.
struct BackStep: Sendable {
  /// The view.
  var view: Pane
  /// The part of the first view that had the keyboard.
  var part: Pane
  /// What was selected.
  var selection: Selection
  /// Cursor and scroll position of its list; nil for a view that is none.
  var list: ListState?
}

/// The way back: Esc retraces the views with their lists as they were.
extension ExplorerModel {
  /// The most steps that are kept.
  private static let wayLimit = 100

  /// Where one is.
  private var here: BackStep {
    BackStep(
      view: view, part: pane, selection: selection,
      list: shown.lines(self).map { self[keyPath: $0.state] })
  }

  /// Opens a view as its key does: one that is on the way back is gone back to, the first ends the way.
  mutating func open(_ pane: Pane) -> [Effect] {
    if pane == .explorer {
      way = []
      view = pane
    } else if let known = way.lastIndex(where: { $0.view == pane }), !shows(pane) {
      way.removeSubrange(known...)
      view = pane
    } else {
      enter(pane)
    }
    followSelection()
    follow()
    return decodeSelection()
  }

  /// Opens a view to which something in the present one leads; Esc comes back.
  mutating func enter(_ pane: Pane) {
    guard !shows(pane) else { return }
    // What lists select is a jump from here.
    if views[pane].lines(self) != nil { remember() }
    way.append(here)
    if way.count > Self.wayLimit { way.removeFirst() }
    view = pane
  }

  /// Goes back to where one came from; false if one came from nowhere.
  mutating func goBack() -> Bool {
    guard let step = way.popLast() else { return false }
    (view, pane) = (step.view, step.part)
    if documents.indices.contains(step.selection.document) {
      current = step.selection.document
      select(step.selection.location)
      document.cell.member = step.selection.member
    }
    if let list = shown.lines(self), let state = step.list {
      self[keyPath: list.state] = state.settled(count: list.count, page: page(view))
    }
    return true
  }
}
