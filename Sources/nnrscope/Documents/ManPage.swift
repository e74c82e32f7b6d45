import Explorer

/// The manual page, made of what the program itself knows: commands, options, keys and settings.
enum ManPage {
  /// The page as `nnrscope.1` holds it.
  static func text() throws -> String {
    let program = try CommandOutline.program()
    var page = Roff("nnrscope", section: 1, about: "compressed neural networks")
    page.section("Name")
    page.paragraph("nnrscope - looks into compressed neural networks")
    page.section("Synopsis")
    page.paragraph("nnrscope [explore] FILES... [OPTIONS]")
    page.paragraph("nnrscope COMMAND FILES... [OPTIONS]")
    page.section("Description")
    page.paragraph(
      "Opens bitstreams of ISO/IEC 15938-17 (NNR, NNC) and shows their units, headers, tensors and "
        + "weights, and what every bit was spent on. Without a command it opens the explorer; "
        + "several files are one chain of updates, base first. A file named - is standard input.")
    commands(program, &page)
    keys(&page)
    settings(&page)
    surroundings(&page)
    return page.text
  }

  private static func commands(_ program: CommandOutline, _ page: inout Roff) {
    let shown = program.commands
    let all = shown.flatMap(\.ownArguments)
    let uses = Dictionary(all.map { ($0, 1) }, uniquingKeysWith: +)
    page.section("Commands")
    for command in shown {
      page.part(command.commandName)
      page.paragraph(command.abstract ?? "")
      if let discussion = command.discussion { page.paragraph(discussion) }
      for argument in command.ownArguments where uses[argument] == 1 { item(argument, &page) }
      let shared = command.ownArguments.filter { uses[$0] != 1 }
      if !shared.isEmpty {
        page.paragraph("Also: " + shared.map(\.usage).joined(separator: ", "))
      }
    }
    page.section("Options of several commands")
    var told: Set<CommandOutline.Argument> = []
    for argument in all where uses[argument] != 1 && told.insert(argument).inserted {
      item(argument, &page)
    }
  }

  private static func item(_ argument: CommandOutline.Argument, _ page: inout Roff) {
    let initial = argument.defaultValue.map { " (default: \($0))" } ?? ""
    page.item(argument.usage, (argument.abstract ?? "") + initial)
  }

  private static func keys(_ page: inout Roff) {
    page.section("Keys of the explorer")
    var group = ""
    for row in CommandRegistry.standard.table() {
      if row.group != group {
        group = row.group
        page.part(group)
      }
      page.item([row.keys, row.command].filter { !$0.isEmpty }.joined(separator: "  "), row.help)
    }
    page.part("With --plain")
    page.paragraph(
      "The explorer talks in lines: each line is a command, a key or one of these words.")
    for (word, help) in PlainReader.words { page.item(word, help) }
  }

  private static func settings(_ page: inout Roff) {
    page.section("Configuration")
    page.paragraph(
      "The configuration file is YAML; nnrscope config prints one with every setting and names the "
        + "mistakes of the one there is. Options of the command line go before it.")
    for setting in Setting.all {
      page.item(setting.name, "\(setting.help) (\(setting.values); usual: \(setting.initial))")
    }
  }

  private static func surroundings(_ page: inout Roff) {
    page.section("Environment")
    page.item("NO_COLOR", "if not empty, no colour is used unless --color always is given")
    page.item("TERM, LANG, LC_ALL, LC_CTYPE", "the terminal and its characters")
    page.item("XDG_CONFIG_HOME, XDG_STATE_HOME", "the folders below")
    page.section("Files")
    page.item("~/.config/nnrscope/config.yaml", "the configuration")
    page.item("~/.local/state/nnrscope", "what is kept of streams that were open")
    page.section("Exit status")
    for (code, meaning) in ExitStatus.meanings { page.item("\(code)", meaning) }
    page.section("Examples")
    page.example(
      """
      nnrscope model.nnc
      nnrscope base.nnc update-1.nnc update-2.nnc
      nnrscope tensors model.nnc --filter 'sparsity > 0.5' --sort -bits
      nnrscope diff old.nnc new.nnc
      """)
  }
}
