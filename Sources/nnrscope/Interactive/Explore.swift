import ArgumentParser
import Explorer
import TerminalCurses
import TerminalScreen

/// `nnrscope explore`: the explorer, or a script played on it.
struct Explore: ParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(
    commandName: "explore", abstract: "Opens streams in the interactive explorer (the default).")

  /// The streams.
  @OptionGroup var streams: StreamOptions

  /// How they are shown.
  @OptionGroup var screen: ExplorerOptions

  /// Opens the streams and shows them.
  func run() throws {
    if screen.script == "-", streams.files.contains("-") {
      throw ExitStatus.usage("standard input can be read once only")
    }
    if screen.plain, streams.files.contains("-") {
      throw ExitStatus.usage("with --plain standard input is for commands")
    }
    try screen.show(try OpenedStreams(streams, follows: screen.follow))
  }
}
