import Explorer
import TerminalCurses
import TerminalScreen

/// What a user's configuration file says; options of the command line go before it.
struct Configuration: Sendable {
  /// Whether to use colour.
  var color: CursesOptions.ColorChoice?
  /// Which colours.
  var theme: Theme.Name?
  /// Which characters.
  var glyphs: GlyphSet?
  /// Whether the mouse is used.
  var mouse: Bool?
  /// Whether marks and places are kept between runs.
  var state: Bool?
  /// What the explorer itself is told.
  var explorer = ExplorerSettings()
}
