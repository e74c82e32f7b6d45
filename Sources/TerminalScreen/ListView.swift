/// A scrolling list; only the visible rows are asked for.
public struct ListView: Widget {
  /// Selection and scroll position; made valid while drawing.
  public var state: ListState
  /// Rows of the whole list.
  public var count: Int
  /// How the selection looks.
  public var focus: Focus
  /// Whether a scroll bar may take the last column.
  public var scrollBar: Bool
  /// Shown when there are no rows.
  public var placeholder: StyledText
  /// The text of a row; must not use the grid being drawn (copy its `glyphs` before).
  public var row: (Int) -> StyledText

  /// Makes a list.
  public init(
    _ state: ListState, count: Int, focus: Focus = .active, scrollBar: Bool = true,
    placeholder: StyledText = "", row: @escaping (Int) -> StyledText
  ) {
    self.state = state
    self.count = count
    self.focus = focus
    self.scrollBar = scrollBar
    self.placeholder = placeholder
    self.row = row
  }

  /// Draws the visible rows.
  public func draw(on grid: inout Grid, in rect: Rect) {
    grid.clear(rect)
    guard count > 0 else { return grid.write(fitting: placeholder, in: rect.row(0)) }
    let state = state.settled(count: count, page: rect.height)
    let showsBar = scrollBar && count > rect.height && rect.width > 1
    let body = rect.columns(from: 0, count: rect.width - (showsBar ? 1 : 0))
    for line in 0..<min(rect.height, count - state.top) {
      let index = state.top + line
      grid.write(fitting: row(index), in: body.row(line))
      if index == state.selection { grid.select(body.row(line), focus) }
    }
    if showsBar { grid.scrollBar(rect, top: state.top, count: count) }
  }

  /// The row at a screen position, for the mouse.
  public func index(at point: Point, in rect: Rect) -> Int? {
    guard rect.contains(point) else { return nil }
    let index = state.settled(count: count, page: rect.height).top + point.y - rect.y
    return index < count ? index : nil
  }
}

extension Grid {
  /// Shows a row as selected and, with the keyboard, puts the hardware cursor on it.
  public mutating func select(_ row: Rect, _ focus: Focus) {
    if focus.highlight != .none { highlight(row, focus.highlight) }
    if focus == .active { placeCursor(Point(0, 0), in: row) }
  }
}
