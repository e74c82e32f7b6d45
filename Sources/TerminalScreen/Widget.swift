/// Something that draws itself into a region of a grid and nowhere else.
public protocol Widget {
  /// Draws into the region; any size is fine, also none.
  func draw(on grid: inout Grid, in rect: Rect)
}

extension Grid {
  /// Draws a widget into a region.
  public mutating func draw(_ widget: some Widget, in rect: Rect) {
    widget.draw(on: &self, in: rect)
  }
}

/// Whether a pane has the keyboard, which decides how its selection looks.
public enum Focus: Sendable {
  /// Keys go here; the hardware cursor is placed on the selected row.
  case active
  /// Keys go elsewhere; the selection is shown more quietly.
  case inactive
  /// No selection is shown.
  case none

  /// What lies under the selected row.
  public var highlight: Highlight {
    switch self {
    case .active: .selection
    case .inactive: .selectionInactive
    case .none: .none
    }
  }
}
