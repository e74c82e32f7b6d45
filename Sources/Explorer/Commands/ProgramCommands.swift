import PlainText
import TerminalScreen

extension Command {
  /// The program itself.
  static let program: [Command] = [
    Command("prompt", [":"], .program, "type a command or a place", hint: ("go to", 8)) {
      model, _ in
      model.openPrompt(.command)
    },
    Command(
      "help", ["?", "F1"], .program, "keys and commands, those of the pane first", hint: ("help", 9)
    ) {
      model, _ in
      model.overlay = Overlay(title: "Help · \(model.focus.title)")
      return []
    },
    Command(
      "explain", [], .program, "what an element, command, rule, structure or concept is",
      argument: .text("NAME"), complete: { model, text in Glossary.names(beginning: text) }
    ) { model, name in model.explain(name) },
    Command(
      "reference", ["r"], .program, "the section of the format reference that the selection cites",
      argument: .text("SECTION")
    ) { model, name in model.showReference(name) },
    Command(
      "apropos", [], .program, "search the help: commands, elements, rules and concepts",
      argument: .text("TEXT")
    ) { model, text in
      model.overlay = Overlay(title: "Help on \(ShownText.line(text))", topic: .search(text))
      return []
    },
    Command("escape", ["Esc"], .program, "stop work, leave prompt, filter, zoom or view") {
      model, _ in
      model.escape()
    },
    Command(
      "reload", ["R"], .program, "open the file again, keeping the place",
      unavailable: {
        $0.document.path.isEmpty || $0.document.path == "-"
          ? "standard input cannot be read again" : nil
      }
    ) { _, _ in [.reload] },
    Command("follow", ["F"], .program, "reload by itself whenever the file changes") { model, _ in
      model.follows.toggle()
      model.tell(model.follows ? "following the file" : "no longer following the file")
      return model.follows && model.document.change != nil
        ? [.reload] : []
    },
    Command("redraw", ["C-l"], .program, "paint the screen again") { _, _ in [.repaint] },
    Command(
      "theme", [], .program, "other colours: terminal, dark, light, contrast",
      argument: .text("NAME"),
      complete: { _, text in Theme.Name.allCases.map(\.rawValue).filter { $0.hasPrefix(text) } }
    ) { model, text in
      guard let name = Theme.Name(rawValue: text) else {
        let all = Theme.Name.allCases.map(\.rawValue).joined(separator: ", ")
        model.tell(
          text.isEmpty ? "theme needs one of \(all)" : "no theme \(text), but: \(all)", failed: true
        )
        return []
      }
      model.tell("theme \(text)")
      return [.recolor(name)]
    },
    Command("suspend", ["C-z"], .program, "stop the program; fg brings it back") { _, _ in
      [.suspend]
    },
    Command(
      "save-screen", [], .program, "write the screen as text to a file, - is standard output",
      argument: .text("PATH")
    ) { model, path in
      guard !path.isEmpty else {
        model.tell("save-screen needs a path", failed: true)
        return []
      }
      model.prompt = nil
      return [.save(path: path, text: ScreenText.plain(model.draw()) + "\n")]
    },
    Command("quit", ["q", "C-c"], .program, "end", aliases: ["q"], hint: ("quit", 9)) { model, _ in
      model.endRecording() + [.quit]
    },
  ]
}

extension ExplorerModel {
  /// Leaves the innermost transient state.
  mutating func escape() -> [Effect] {
    if let stopped = stopWork() { return stopped }
    if let effects = shown.escape(&self) { return effects }
    guard goBack() else {
      if shows(.explorer) { focusPane(.outline) } else { view = .explorer }
      follow()
      return []
    }
    follow()
    return decodeSelection()
  }
}
