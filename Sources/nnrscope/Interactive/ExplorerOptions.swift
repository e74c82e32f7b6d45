import ArgumentParser
import Explorer
import NNRBits
import NNRModel
import TerminalCurses
import TerminalScreen

/// How an explorer is shown: on the screen, in lines, or played by a script.
struct ExplorerOptions: ParsableArguments {
  /// A script.
  @Option(
    help: ArgumentHelp(
      "Play the commands of a file without a terminal, - for standard input.",
      discussion: "A line is # and a remark, \(ScriptPlayer.lines)."), completion: .file())
  var script: String?

  /// A conversation in lines.
  @Flag(help: "Talk in lines, for screen readers and terminals without a movable cursor.")
  var plain = false

  /// The screen of a script or of a conversation.
  @Option(help: "The size of the screen for --script and --plain: COLSxROWS.")
  var size = "120x40"

  /// Colour.
  @Option(help: "Use colour: auto, always or never; auto heeds NO_COLOR.")
  var color: CursesOptions.ColorChoice?

  /// Theme.
  @Option(help: "Colours: terminal, dark, light or contrast.")
  var theme: Theme.Name?

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

  /// Changes.
  @Flag(
    help:
      "Reload by itself whenever a file changes, as the key F does; of a folder, take in streams as they are written."
  )
  var follow = false

  /// The configuration.
  @Option(
    help: "The configuration file, in place of ~/.config/nnrscope/config.yaml.",
    completion: .file())
  var config: String?

  /// Shows streams, with a lesson over them if one is given.
  func show(_ opened: OpenedStreams, lesson: (lesson: Lesson, quiz: Bool)? = nil) throws {
    if let script {
      try play(script, opened, lesson)
    } else if plain {
      try converse(opened, lesson)
    } else {
      try explore(opened, lesson)
    }
  }

  private func play(
    _ script: String, _ opened: OpenedStreams, _ lesson: (lesson: Lesson, quiz: Bool)?
  ) throws {
    let text: String
    do {
      let source = try openSource(script)
      text = String(decoding: try source.read(0..<source.count), as: UTF8.self)
    } catch {
      throw ExitStatus.unusable("\(error)")
    }
    var player = try player(opened, lesson, glyphs ?? .block, ExplorerSettings())
    do {
      try player.play(text)
    } catch {
      throw ExitStatus.usage("\(script): \(error)")
    }
  }

  private func converse(_ opened: OpenedStreams, _ lesson: (lesson: Lesson, quiz: Bool)?) throws {
    let configuration = try ConfigurationFile.load(config)
    // What a screen reader says of blocks and frames helps nobody.
    let player = try player(
      opened, lesson, glyphs ?? configuration.glyphs ?? .ascii, configuration.explorer)
    var reader = PlainReader(player)
    PlainLoop.run(&reader)
  }

  private func player(
    _ opened: OpenedStreams, _ lesson: (lesson: Lesson, quiz: Bool)?, _ glyphs: GlyphSet,
    _ settings: ExplorerSettings
  ) throws -> ScriptPlayer {
    guard let size = Size(spelling: size) else {
      throw ExitStatus.usage("--size is COLSxROWS, as 120x40, not \(size)")
    }
    var model = ExplorerModel(opened.streams, size: size)
    try model.use(settings)
    if let lesson { model.begin(lesson.lesson, quiz: lesson.quiz) }
    if plain { model.readLesson() }
    return ScriptPlayer(
      model, glyphs: glyphs, write: TextFile.write, open: opened.reopen, add: opened.add(_:besides:)
    )
  }

  private func explore(_ opened: OpenedStreams, _ lesson: (lesson: Lesson, quiz: Bool)?) throws {
    let configuration = try ConfigurationFile.load(config)
    var options = CursesOptions()
    options.color = color ?? configuration.color ?? .auto
    options.theme = theme ?? configuration.theme ?? .terminal
    options.glyphs = glyphs ?? configuration.glyphs
    options.mouse = (configuration.mouse ?? true) && !noMouse
    let keepsState = (configuration.state ?? true) && !noState
    let terminal: CursesTerminal
    do {
      terminal = try CursesTerminal.open(options)
    } catch {
      throw ExitStatus.unusable(
        "\(error); --plain and the commands that print need none: nnrscope --help lists them")
    }
    var model = ExplorerModel(opened.streams, size: terminal.size)
    model.pairsHeat = terminal.theme.depth == .palette && terminal.glyphs != .ascii
    do {
      var settings = configuration.explorer
      settings.follows = settings.follows || follow
      try model.use(settings)
    } catch {
      terminal.close()
      throw ExitStatus.usage("\(error)")
    }
    if let lesson {
      model.begin(lesson.lesson, quiz: lesson.quiz)
    } else if keepsState {
      StateFolder.restore(&model)
    }
    let loop = ExplorerLoop(terminal, model, opened)
    loop.run()
    terminal.close()
    if keepsState, lesson == nil { StateFolder.keep(loop.model) }
    terminal.raiseEndingSignal()
  }
}

extension CursesOptions.ColorChoice: ExpressibleByArgument {}
extension Theme.Name: ExpressibleByArgument {}
extension GlyphSet: ExpressibleByArgument {}
