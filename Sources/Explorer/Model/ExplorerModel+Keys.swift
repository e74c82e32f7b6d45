import NNRAnalysis
import PlainText
import TerminalScreen

/// What keys do.
extension ExplorerModel {
  /// Takes a key.
  mutating func press(_ key: Key) -> [Effect] {
    guard !layout.isTooSmall else {
      return key == Key("q") || key == .control("c") ? [.quit] : []
    }
    if key == .control("z") { return [.suspend] }
    if key == .control("l") { return [.repaint] }
    if prompt != nil { return type(key) }
    status = nil
    if overlay != nil { return scrollHelp(key) }
    if let name = waiting {
      waiting = nil
      guard let typed = key.typed else { return [] }
      return run(name, String(typed))
    }
    pending.append(key)
    if let command = registry.command(pending, in: focus) {
      pending = []
      if case .key = command.argument {
        // The letter belongs to it, also where it is refused.
        waiting = command.name
        if let reason = command.unavailable(self) {
          tell("\(command.name): \(reason)", failed: true)
        }
        return []
      }
      return run(command, "")
    }
    if registry.isPrefix(pending) { return [] }
    let spelled = pending.map(\.description).joined(separator: " ")
    pending = []
    if key.code != .escape {
      tell("\(spelled) does nothing here; \(shownKey(of: "help")) shows the keys")
    }
    return []
  }

  /// The first key of a command as the user has it, or its name at the prompt.
  func shownKey(of name: String) -> String {
    registry.command(named: name)?.keys.first.map(Command.shown) ?? ":" + name
  }

  /// Runs a command by its name.
  mutating func run(_ name: String, _ argument: String) -> [Effect] {
    guard let command = registry.command(named: name) else {
      tell("no command \(name); \(shownKey(of: "help")) shows them", failed: true)
      return []
    }
    return run(command, argument)
  }

  private mutating func run(_ command: Command, _ argument: String) -> [Effect] {
    if let reason = command.unavailable(self) ?? missingPane(of: command) {
      tell("\(command.name): \(reason)", failed: true)
      return []
    }
    return carryOut { model in
      model.note(command, argument)
      return command.run(&model, argument)
    }
  }

  /// Why a command that belongs to panes of the first view cannot be used in a list; nil if it can.
  private func missingPane(of command: Command) -> String? {
    guard shown.lines(self) != nil, !command.panes.isEmpty, !command.applies(in: front),
      !command.panes.isDisjoint(with: Pane.parts)
    else { return nil }
    let panes = views.panes.filter(command.panes.contains).map(\.title)
    return "it is for \(panes.joined(separator: ", ")): \(shownKey(of: "explorer")) goes there"
  }

  /// Runs a line of the `:` prompt or of a script.
  public mutating func execute(_ line: String) -> [Effect] {
    status = nil
    let line = line.drop { $0 == " " || $0 == ":" }
    guard !line.isEmpty else { return [] }
    let name = String(line.prefix { $0 != " " })
    let rest = String(line.dropFirst(name.count).drop { $0 == " " })
    if let command = registry.command(named: name) {
      guard case .none = command.argument else { return run(command, rest) }
      guard rest.isEmpty else {
        tell("\(name) takes no argument", failed: true)
        return []
      }
      return run(command, "")
    }
    var isPlace = false
    let effects = carryOut { model in
      guard rest.isEmpty, let effects = model.place(name) else { return [] }
      isPlace = true
      model.note("go \(name)")
      return effects
    }
    if isPlace { return effects }
    let near = NearNames.of(name, among: registry.names)
    tell(
      "no command or place \(name); "
        + (near.isEmpty
          ? "\(shownKey(of: "help")) shows the commands"
          : "did you mean \(near.joined(separator: ", "))?"),
      failed: true)
    return []
  }

  // MARK: prompt

  private mutating func type(_ key: Key) -> [Effect] {
    guard var open = prompt else { return [] }
    let outcome = open.line.handle(key)
    prompt = open
    switch outcome {
    case .edited: return promptEdited()
    case .moved, .ignored: return []
    case .wantsCompletion:
      if open.kind == .command {
        open.line.offer(completions(open.line.text))
        prompt = open
        return promptEdited()
      }
      if open.kind == .filter, let filter = viewFilter {
        open.line.offer(filter.completions(open.line.text))
        prompt = open
        return promptEdited()
      }
      return []
    case .accepted: return acceptPrompt()
    case .cancelled: return cancelPrompt()
    }
  }

  /// Whole lines that the text can be completed to.
  func completions(_ text: String) -> [String] {
    let name = String(text.prefix { $0 != " " })
    if text.contains(" "), let command = registry.command(named: name) {
      let rest = String(text.dropFirst(name.count).drop { $0 == " " })
      return command.complete(self, rest).map { "\(name) \($0)" }
    }
    let commands = registry.names.filter { $0.hasPrefix(text) }
    let elements =
      registry.command(named: "element")?.complete(self, text).filter {
        !text.isEmpty && $0 != text
      }
      ?? []
    return commands + elements
  }

  /// What a changed text does: search and filter work while one types.
  mutating func promptEdited() -> [Effect] {
    guard let open = prompt else { return [] }
    switch open.kind {
    case .command: return []
    case .search where searchesLines:
      searchLines(open.line.text)
      return []
    case .search:
      let origin = trail.last?.location ?? location
      guard let query = Query(open.line.text) else {
        search = nil
        select(origin)
        return stop(.search)
      }
      return beginSearch(query, input: open.line.text, origin: search?.origin ?? origin)
    case .filter: return viewFilter?.set(open.line.text, &self) ?? []
    }
  }

  private mutating func acceptPrompt() -> [Effect] {
    guard var open = prompt else { return [] }
    if open.kind == .filter, let mistake = viewFilter?.mistake(self) {
      // What makes no sense is mended where it stands.
      prompt?.line.point(atByte: mistake.lowerBound)
      return []
    }
    open.line.remember()
    histories[open.kind] = open.line.history
    let text = open.line.text
    prompt = nil
    if open.kind == .command { return execute(text) }
    let before = refusals
    let effects = carryOut { $0.accept(open, text) }
    // What was found while one typed was gone to, though the whole text is not there.
    if open.kind == .search, !searchesLines, refusals != before, let search,
      search.origin != location
    {
      note("bit \(bitAddress)")
    }
    return effects
  }

  private mutating func accept(_ open: Prompt, _ text: String) -> [Effect] {
    switch open.kind {
    case .command: return []
    case .search where searchesLines:
      guard !text.isEmpty else { return [] }
      note("search \(text)")
      tellFoundLine()
      return []
    case .search:
      guard search != nil else { return [] }
      note("search \(text)")
      if running[.search] == nil {
        finishSearch()
      } else {
        recording?.wait(for: .job(.search))
      }
      return decodeSelection()
    case .filter:
      guard let filter = viewFilter else { return [] }
      note("\(filter.command) \(text)")
      filter.accept(text, &self)
      return []
    }
  }

  private mutating func cancelPrompt() -> [Effect] {
    guard let open = prompt else { return [] }
    prompt = nil
    switch open.kind {
    case .command: return []
    case .search where searchesLines:
      searchLines("")
      return []
    case .search:
      if let origin = trail.popLast() { select(origin) }
      search = nil
      return stop(.search)
    case .filter: return viewFilter?.set(open.before, &self) ?? []
    }
  }
}
