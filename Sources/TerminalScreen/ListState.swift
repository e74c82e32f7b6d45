/// A movement of the selection in a list.
public enum Motion: Hashable, Sendable {
  case up, down, pageUp, pageDown, halfPageUp, halfPageDown, home, end

  /// The movement that a key stands for in every list: arrows, `jk`, pages, Home/End, `g`/`G`.
  public init?(_ key: Key) {
    switch (key.code, key.modifiers) {
    case (.up, []), (.character("k"), []): self = .up
    case (.down, []), (.character("j"), []): self = .down
    case (.pageUp, []), (.character("b"), .control): self = .pageUp
    case (.pageDown, []), (.character("f"), .control): self = .pageDown
    case (.character("u"), .control): self = .halfPageUp
    case (.character("d"), .control): self = .halfPageDown
    case (.home, []), (.character("g"), []): self = .home
    case (.end, []), (.character("G"), []): self = .end
    default: return nil
    }
  }
}

/// Selection and scroll position of a list of any length; rows are known by index only.
public struct ListState: Hashable, Sendable {
  /// The selected row.
  public var selection: Int
  /// The first row shown.
  public var top: Int

  /// A list at its start, or elsewhere.
  public init(selection: Int = 0, top: Int = 0) {
    self.selection = selection
    self.top = top
  }

  /// Moves the selection and keeps it in view; `page` is the number of rows shown.
  public mutating func move(_ motion: Motion, count: Int, page: Int) {
    let step = max(1, page - 1)
    switch motion {
    case .up: select(selection - 1, count: count, page: page)
    case .down: select(selection + 1, count: count, page: page)
    case .pageUp: jump(-step, count: count, page: page)
    case .pageDown: jump(step, count: count, page: page)
    case .halfPageUp: jump(-max(1, page / 2), count: count, page: page)
    case .halfPageDown: jump(max(1, page / 2), count: count, page: page)
    case .home: select(0, count: count, page: page)
    case .end: select(count - 1, count: count, page: page)
    }
  }

  /// Selects a row, clamped into the list, and keeps it in view.
  public mutating func select(_ row: Int, count: Int, page: Int) {
    selection = row
    settle(count: count, page: page)
  }

  /// Scrolls without leaving the list, as a mouse wheel does; the selection follows into view.
  public mutating func scroll(_ rows: Int, count: Int, page: Int) {
    top = min(max(0, top + rows), max(0, count - page))
    selection = min(max(selection, top), top + max(1, page) - 1)
    settle(count: count, page: page)
  }

  /// Makes the state valid for a list of `count` rows of which `page` are shown.
  public mutating func settle(count: Int, page: Int) {
    let page = max(1, page)
    selection = min(max(0, selection), max(0, count - 1))
    if selection < top { top = selection }
    if selection >= top + page { top = selection - page + 1 }
    top = min(max(0, top), max(0, count - page))
  }

  /// The state made valid, for drawing.
  public func settled(count: Int, page: Int) -> ListState {
    var copy = self
    copy.settle(count: count, page: page)
    return copy
  }

  private mutating func jump(_ rows: Int, count: Int, page: Int) {
    top += rows
    selection += rows
    settle(count: count, page: page)
  }
}
