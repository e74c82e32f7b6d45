extension Mouse {
  /// The press of a button that a terminal reports, counted from 1; nil for releases, motion, and buttons that do nothing.
  init?(report: Int, column: Int, row: Int, isPress: Bool) {
    guard isPress, report & 32 == 0, column > 0, row > 0 else { return nil }
    let action: Action
    switch report & ~0b11100 {
    case 0: action = .click
    case 1: action = .middleClick
    case 2: action = .rightClick
    case 64: action = .wheelUp
    case 65: action = .wheelDown
    default: return nil
    }
    var modifiers: Key.Modifiers = []
    if report & 4 != 0 { modifiers.insert(.shift) }
    if report & 8 != 0 { modifiers.insert(.meta) }
    if report & 16 != 0 { modifiers.insert(.control) }
    self.init(action, at: Point(column - 1, row - 1), modifiers)
  }
}
