/// One position of the screen.
public struct Cell: Hashable, Sendable {
  /// The visible character with its combining marks; empty behind a wide character.
  public internal(set) var text: String
  /// The look.
  public var style: Style
  /// Columns: 1 or 2; 0 for the second half of a wide character.
  public internal(set) var width: UInt8

  /// An empty position.
  public static func blank(_ style: Style = .normal) -> Cell {
    Cell(text: " ", style: style, width: 1)
  }
}
