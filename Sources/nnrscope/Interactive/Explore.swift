import ArgumentParser
import Explorer
import NNRBits
import NNRModel
import TerminalCurses
import TerminalScreen

/// `nnrscope explore`: the explorer, or a script played on it.
struct Explore: ParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(
    commandName: "explore", abstract: "Opens streams in the interactive explorer (the default).")

  /// The streams.
  @OptionGroup var streams: StreamOptions

  /// A script.
  @Option(help: "Play the commands of a file without a terminal, - for standard input.")
  var script: String?

  /// The screen of a script.
  @Option(help: "The size of the script's screen: COLSxROWS.")
  var size = "120x40"

  /// Colour.
  @Option(help: "Use colour: auto, always or never; auto heeds NO_COLOR.")
  var color: CursesOptions.ColorChoice = .auto

  /// Theme.
  @Option(help: "Colours: terminal, dark, light or contrast.")
  var theme: Theme.Name = .terminal

  /// Characters.
  @Option(help: "Characters: ascii, block or braille; by the locale if not given.")
  var glyphs: GlyphSet?

  /// Mouse.
  @Flag(name: .customLong("no-mouse"), help: "Leave the mouse to the terminal.")
  var noMouse = false

  /// Marks and places.
  @Flag(
    name: .customLong("no-state"),
    help: "Neither take up nor keep marks, notes, layout and the last place.")
  var noState = false

  /// Opens the streams and shows them.
  func run() throws {
    if script == "-", streams.files.contains("-") {
      throw ExitStatus.usage("standard input can be read once only")
    }
    let opened = try OpenedStreams(streams)
    if let script {
      try play(script, opened)
    } else {
      try explore(opened)
    }
  }

  private func play(_ script: String, _ opened: OpenedStreams) throws {
    guard let size = Size(spelling: size) else {
      throw ExitStatus.usage("--size is COLSxROWS, as 120x40, not \(size)")
    }
    let text: String
    do {
      let source = try openSource(script)
      text = String(decoding: try source.read(0..<source.count), as: UTF8.self)
    } catch {
      throw ExitStatus.unusable("\(error)")
    }
    var player = ScriptPlayer(
      ExplorerModel(opened.streams, size: size, decoder: opened.decoder), glyphs: glyphs ?? .block,
      write: TextFile.write, open: opened.reopen, add: opened.add(_:besides:))
    do {
      try player.play(text)
    } catch {
      throw ExitStatus.usage("\(script): \(error)")
    }
  }

  private func explore(_ opened: OpenedStreams) throws {
    var options = CursesOptions()
    options.color = color
    options.theme = theme
    options.glyphs = glyphs
    options.mouse = !noMouse
    let terminal: CursesTerminal
    do {
      terminal = try CursesTerminal.open(options)
    } catch {
      throw ExitStatus.unusable(
        "\(error); the commands that print need none: nnrscope --help lists them")
    }
    var model = ExplorerModel(opened.streams, size: terminal.size, decoder: opened.decoder)
    if !noState { StateFolder.restore(&model) }
    let loop = ExplorerLoop(terminal, model, opened)
    loop.run()
    terminal.close()
    if !noState { StateFolder.keep(loop.model) }
    terminal.raiseEndingSignal()
  }
}

extension CursesOptions.ColorChoice: ExpressibleByArgument {}
extension Theme.Name: ExpressibleByArgument {}
extension GlyphSet: ExpressibleByArgument {}
