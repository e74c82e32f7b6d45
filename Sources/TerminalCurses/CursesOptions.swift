import TerminalScreen

/// How the terminal shall be used.
public struct CursesOptions: Hashable, Sendable {
  /// Whether to use colour.
  public enum ColorChoice: String, CaseIterable, Sendable {
    /// If the terminal has colour and `NO_COLOR` is empty.
    case auto
    /// If the terminal has colour.
    case always
    /// Never.
    case never
  }

  /// Whether to use colour.
  public var color: ColorChoice = .auto
  /// Which colours.
  public var theme: Theme.Name = .terminal
  /// Which characters; nil chooses by the locale.
  public var glyphs: GlyphSet?
  /// Whether mouse events are asked for.
  public var mouse = true
  /// The device to open.
  public var device = "/dev/tty"

  /// The options of a user without wishes.
  public init() {}
}

/// Why no screen could be opened.
public enum CursesError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no terminal, or it cannot be opened; the system's reason.
  case noTerminal(String)
  /// `TERM` names a terminal that terminfo does not know, or is empty.
  case unknownTerminal(String)
  /// The terminal cannot move its cursor.
  case cannotMoveCursor(String)
  /// ncurses or the system refused.
  case failed(String)

  /// A sentence for the user.
  public var description: String {
    switch self {
    case .noTerminal(let reason): "no terminal to draw on (\(reason))"
    case .unknownTerminal(let name):
      name.isEmpty
        ? "the environment variable TERM is not set" : "TERM=\(name) is not a known terminal"
    case .cannotMoveCursor(let name): "TERM=\(name) cannot move the cursor"
    case .failed(let reason): "the terminal could not be set up (\(reason))"
    }
  }
}
