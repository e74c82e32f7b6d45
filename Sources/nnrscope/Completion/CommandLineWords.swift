/// The words of a line before the one that is completed, told apart.
struct CommandLineWords {
  /// The command that they belong to.
  let command: CommandOutline
  /// The words that are no options and no values of options.
  private(set) var positional: [String] = []
  /// The options and flags with their values, as they stand.
  private(set) var optional: [String] = []
  /// The option whose value comes next.
  private(set) var open: CommandOutline.Argument?
  /// Whether `--` ended the options.
  private(set) var isTerminated = false

  /// Tells `words` of a command apart.
  init(_ words: [String], of command: CommandOutline) {
    self.command = command
    for word in words {
      if open != nil {
        optional.append(word)
        open = nil
      } else if isTerminated || !word.hasPrefix("-") || word == "-" {
        positional.append(word)
      } else if word == "--" {
        isTerminated = true
      } else {
        optional.append(word)
        open = command.option(word)
      }
    }
  }

  /// The options that may stand there; those that stand already only if they may be repeated.
  func options(version: Bool) -> [LineCompletion.Candidate] {
    (command.arguments ?? []).filter { argument in
      argument.shouldDisplay && argument.kind != "positional"
        && (version || argument.names?.contains { $0.name == "version" } != true)
        && (argument.isRepeating
          || !optional.contains { word in
            argument.names?.contains { word == $0.text || word.hasPrefix($0.text + "=") } == true
          })
    }.compactMap { argument in
      guard let name = argument.names?.first(where: { $0.kind == "long" }) ?? argument.names?.first
      else { return nil }
      return .init(word: name.text, what: argument.abstract ?? "")
    }
  }

  /// The argument that a further word would be; nil if there may be none.
  var nextPositional: CommandOutline.Argument? {
    let all = (command.arguments ?? []).filter { $0.kind == "positional" }
    return positional.count < all.count ? all[positional.count] : all.last { $0.isRepeating }
  }

  /// The words of the line with an option and a value behind them, and without its files.
  func asking(_ option: String, _ value: String) -> [String] {
    var words = optional
    // What is completed stands open at the end.
    if open != nil { words.removeLast() }
    return [command.commandName] + words + [option, value]
  }
}
