/// Something that happened to the screen or that the program should look at.
public enum Event: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse did something.
  case mouse(Mouse)
  /// The screen has a new size.
  case resize(Size)
  /// Text was pasted; it is untrusted and may hold newlines and controls.
  case paste(String)
  /// Time passed without input.
  case tick
  /// A background task has news.
  case wake
  /// The program came back after a stop.
  case resumed
  /// The program must end: a signal arrived or the terminal is gone.
  case quit
}

/// A mouse action at a cell.
public struct Mouse: Hashable, Sendable {
  /// What was done.
  public enum Action: Hashable, Sendable {
    case click, doubleClick, middleClick, rightClick, wheelUp, wheelDown
  }

  /// What was done.
  public var action: Action
  /// The cell.
  public var position: Point
  /// Keys held down with it.
  public var modifiers: Key.Modifiers

  /// Makes a mouse action.
  public init(_ action: Action, at position: Point, _ modifiers: Key.Modifiers = []) {
    self.action = action
    self.position = position
    self.modifiers = modifiers
  }
}
