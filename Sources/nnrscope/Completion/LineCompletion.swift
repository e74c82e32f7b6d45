/// How a line of words may go on: worked out from what the argument parser knows of commands and options.
struct LineCompletion {
  /// A word that may stand there.
  struct Candidate: Hashable {
    /// The word.
    let word: String
    /// What it is, in a few words.
    let what: String
  }

  /// Files that may stand there, which the shell lists itself.
  enum Files {
    case none, all, folders
  }

  /// The words that may stand there, all of which go on from what was typed.
  private(set) var candidates: [Candidate] = []
  /// The files that may stand there.
  private(set) var files = Files.none

  /// The completion of the last of `words`, which are those behind the program's name.
  init(_ words: [String], _ program: CommandOutline) {
    let typed = words.last ?? ""
    let named = words.count > 1 ? program.subcommands?.first { $0.commandName == words[0] } : nil
    guard let command = named ?? program.subcommands?.first(where: { $0.commandName == "explore" })
    else { return }
    let line = CommandLineWords(
      Array(words.dropFirst(named == nil ? 0 : 1).dropLast()), of: command)
    if let option = line.open {
      complete(option, typed, lead: "", line)
    } else if !line.isTerminated, typed.hasPrefix("--"), let equals = typed.firstIndex(of: "="),
      let option = command.option(String(typed[..<equals]))
    {
      complete(
        option, String(typed[typed.index(after: equals)...]), lead: typed[...equals] + "", line)
    } else if !line.isTerminated, typed.hasPrefix("-") {
      let isFirst = words.count <= 1
      offer(line.options(version: isFirst), typed)
    } else {
      if words.count <= 1 { offer(program.names, typed) }
      if let argument = line.nextPositional { complete(argument, typed, lead: "", line) }
    }
  }

  private mutating func complete(
    _ argument: CommandOutline.Argument, _ typed: String, lead: String, _ line: CommandLineWords
  ) {
    let values = OptionValues(argument, line)
    offer(
      values.candidates(typed).map { Candidate(word: lead + $0.word, what: $0.what) }, lead + typed)
    files = values.files
  }

  private mutating func offer(_ words: [Candidate], _ typed: String) {
    candidates += words.filter { $0.word.hasPrefix(typed) }
  }
}

extension CommandOutline {
  /// The commands with what they do.
  fileprivate var names: [LineCompletion.Candidate] {
    commands.map { .init(word: $0.commandName, what: $0.abstract ?? "") }
      + [.init(word: "help", what: "Shows the help of a command.")]
  }

  /// The option that is written so.
  func option(_ text: String) -> Argument? {
    (arguments ?? []).first { argument in
      argument.kind == "option" && argument.names?.contains { $0.text == text } == true
    }
  }
}
