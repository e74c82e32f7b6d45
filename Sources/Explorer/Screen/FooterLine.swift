import PlainText
import TerminalScreen

/// The last line: prompt, status, or the keys that matter in the focused pane.
extension ExplorerModel {
  /// Draws it.
  func drawFooter(_ grid: inout Grid, _ layout: ScreenLayout) {
    if let prompt {
      let rect = Rect(
        x: 0, y: layout.middle.y, width: size.width, height: layout.middle.height + 1)
      PromptLine(
        prompt.line, label: StyledText(prompt.kind.rawValue, .keyHint), validity: validity(prompt),
        mistake: mistake(in: prompt), note: promptNote(prompt)
      ).draw(on: &grid, in: rect)
      return
    }
    if let status {
      let style: Style = status.failed ? .error : .normal
      grid.write(fitting: StyledText(" " + status.text, style), in: layout.footer)
      return
    }
    if !pending.isEmpty || waiting != nil {
      let keys = pending.map(\.description).joined(separator: " ")
      let text = waiting.map { "\($0): a letter" } ?? "\(keys) …"
      grid.write(fitting: StyledText(" " + text, .dim), in: layout.footer)
      return
    }
    Footer(hints).draw(on: &grid, in: layout.footer)
  }

  /// The keys that matter in the focused pane.
  var hints: [KeyHint] {
    let here = registry.commands.filter { $0.applies(in: focus) }
    // Its own come first.
    let commands = here.filter { !$0.panes.isEmpty } + here.filter(\.panes.isEmpty)
    var hints = commands.compactMap { command -> KeyHint? in
      guard shows(.explorer) || command.unavailable(self) == nil, let hint = command.hint,
        let key = command.keys.first
      else { return nil }
      return KeyHint(Command.shown(key), hint.label, priority: hint.priority)
    }
    if let enter = focused.enterHint(self) {
      hints.insert(KeyHint("Enter", enter, priority: 7), at: 0)
    }
    hints.insert(contentsOf: focused.hints(self), at: min(1, hints.count))
    if let lesson {
      hints.insert(
        KeyHint(
          shownKey(of: "next-step"), "\(lesson.place + 1)/\(lesson.lesson.steps.count)", priority: 9
        ),
        at: 0)
      if lesson.isAsking, !hasKeyboard(.lesson) || !lesson.isQuiz {
        hints.insert(KeyHint(shownKey(of: "answer-prompt"), "answer", priority: 9), at: 1)
      }
      if layout.body(.lesson) == nil {
        hints.append(KeyHint(shownKey(of: "lesson"), "lesson", priority: 9))
      }
    }
    if !shows(.explorer) || isZoomed { hints.append(KeyHint("Esc", "back", priority: 8)) }
    return hints
  }

  private func validity(_ prompt: Prompt) -> PromptLine.Validity {
    guard !prompt.line.text.isEmpty else { return .unknown }
    switch prompt.kind {
    case .command: return .unknown
    case .search where searchesLines: return lineSearch.found.isEmpty ? .invalid : .valid
    case .search:
      guard let search else { return .unknown }
      return search.matches.isEmpty && running[.search] == nil ? .invalid : .valid
    case .filter: return viewFilter?.verdict(prompt.line.text, self).0 ?? .unknown
    }
  }

  /// The characters of a filter that make no sense; nil where it makes sense.
  func mistake(in prompt: Prompt) -> Range<Int>? {
    guard prompt.kind == .filter, let range = viewFilter?.mistake(self) else { return nil }
    return prompt.line.characters(ofBytes: range)
  }

  private func promptNote(_ prompt: Prompt) -> StyledText {
    switch prompt.kind {
    case .command:
      let name = String(prompt.line.text.prefix { $0 != " " })
      guard let command = registry.command(named: name) else { return "" }
      return StyledText(command.unavailable(self) ?? command.help, .dim)
    case .search where searchesLines:
      return prompt.line.text.isEmpty
        ? StyledText("text in the lines", .dim)
        : StyledText(NumberText.count(lineSearch.found.count, "line"), .dim)
    case .search:
      guard let search else { return StyledText("text, 0xdead, de ad ??, 0b10x1", .dim) }
      let more = running[.search] == nil ? "" : "+"
      return StyledText(
        "\(NumberText.grouped(search.matches.count))\(more) match\(search.matches.count == 1 ? "" : "es") (\(search.query.kind))",
        .dim)
    case .filter: return viewFilter?.verdict(prompt.line.text, self).1 ?? ""
    }
  }
}
