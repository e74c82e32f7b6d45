import ArgumentParser
import NNRReport
import TerminalCurses

/// Whether what is printed has colours.
struct ColorOptions: ParsableArguments {
  @Option(
    help: "Colours of tables: auto, always or never; auto wants a terminal and heeds NO_COLOR.")
  var color: CursesOptions.ColorChoice?

  /// How text is painted.
  var paint: TextPaint {
    switch color ?? .auto {
    case .always: .terminal
    case .never: .none
    case .auto:
      Output.isTerminal && UserFolder.value("NO_COLOR") == nil
        && ![nil, "dumb"].contains(UserFolder.value("TERM")) ? .terminal : .none
    }
  }
}
