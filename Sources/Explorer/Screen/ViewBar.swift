import TerminalScreen

/// The line with the names of the views, their keys, and how much is wrong.
extension ExplorerModel {
  /// A name in the bar.
  struct BarItem {
    /// The view.
    var pane: Pane
    /// Its first column.
    var x: Int
    /// Key, name and badge with a column on each side.
    var text: StyledText
  }

  /// The names as they fit: whole ones, shorter ones, or keys alone beside the view that is open.
  func barItems(_ width: Int) -> [BarItem] {
    let open = view
    let shown = views.all.filter { $0.isInBar(self) || shows($0.pane) }
    let longest = shown.map { $0.pane.title.count }.max() ?? 0
    for length in [longest] + (3..<max(3, longest)).reversed() + [0] {
      var x = 0
      let items = shown.map { view in
        let text = barText(view, view.pane == open ? longest : length)
        defer { x += text.width() }
        return BarItem(pane: view.pane, x: x, text: text)
      }
      if x <= width || length == 0 { return items }
    }
    return []
  }

  private func barText(_ view: any View, _ length: Int) -> StyledText {
    let isOpen = shows(view.pane)
    let style: Style = isOpen ? .title.on(.strip) : .normal
    var words: [String] = []
    if view.isInBar(self) { words.append(shownKey(of: view.pane.name)) }
    if length > 0 { words.append(String(view.pane.title.prefix(length))) }
    var text = StyledText((isOpen ? "[" : " ") + words.joined(separator: " "), style)
    let badge = view.badge(self)
    if !badge.spans.isEmpty { text += StyledText(" ", style) + badge }
    text.append(isOpen ? "]" : " ", style)
    return text
  }

  /// Draws the line.
  func drawBar(_ grid: inout Grid, _ line: Rect) {
    for item in barItems(line.width) {
      grid.write(fitting: item.text, in: line.columns(from: item.x))
    }
  }

  /// The view whose name stands in a column of the line.
  func barItem(at x: Int) -> Pane? {
    barItems(size.width).last { $0.x <= x && x < $0.x + $0.text.width() }?.pane
  }
}
