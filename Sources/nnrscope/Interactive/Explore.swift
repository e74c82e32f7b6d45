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

  /// Streams.
  @Argument(help: "Streams to open, - for standard input; several form an update chain, base first.")
  var files: [String]

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

  /// Opens the streams and shows them.
  func run() throws {
    var streams: [(stream: NNRStream, path: String)] = []
    for file in files {
      do {
        streams.append((try StreamOpening.open(file), file))
      } catch {
        StandardError.write("nnrscope: \(error)")
        throw ExitCode(3)
      }
    }
    if let script {
      try play(script, streams)
    } else {
      try explore(streams)
    }
  }

  private func play(_ script: String, _ streams: [(stream: NNRStream, path: String)]) throws {
    guard let size = Size(spelling: size) else {
      throw ValidationError("--size is COLSxROWS, as 120x40, not \(size)")
    }
    let source: any ByteSource
    do {
      source = try StreamOpening.source(script)
    } catch {
      StandardError.write("nnrscope: \(error)")
      throw ExitCode(3)
    }
    let text = String(decoding: try source.read(0..<source.count), as: UTF8.self)
    var player = ScriptPlayer(
      ExplorerModel(streams, size: size), glyphs: glyphs ?? .block, write: TextFile.write,
      open: StreamOpening.open)
    do {
      try player.play(text)
    } catch {
      StandardError.write("nnrscope: \(script): \(error)")
      throw ExitCode(2)
    }
  }

  private func explore(_ streams: [(stream: NNRStream, path: String)]) throws {
    var options = CursesOptions()
    options.color = color
    options.theme = theme
    options.glyphs = glyphs
    options.mouse = !noMouse
    let terminal: CursesTerminal
    do {
      terminal = try CursesTerminal.open(options)
    } catch {
      StandardError.write(
        "nnrscope: \(error)\nThe commands that print need no terminal: nnrscope --help lists them.")
      throw ExitCode(3)
    }
    ExplorerLoop(terminal, ExplorerModel(streams, size: terminal.size)).run()
    terminal.close()
    terminal.raiseEndingSignal()
  }
}

extension CursesOptions.ColorChoice: ExpressibleByArgument {}
extension Theme.Name: ExpressibleByArgument {}
extension GlyphSet: ExpressibleByArgument {}
