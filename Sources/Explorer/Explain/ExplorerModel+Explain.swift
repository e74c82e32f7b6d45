import NNRSyntax
import PlainText
import TerminalScreen

/// What `:explain` shows.
struct Explanation: Sendable {
  /// What Enter does.
  enum Target: Sendable, Hashable {
    /// Goes to the next element of a name.
    case element(String)
    /// Goes to the first place where a rule is broken.
    case rule(String)
    /// Runs a command.
    case command(String)
    /// Looks for what a query names, and what it is called.
    case query(Query, String)
  }

  /// What kind of thing it is.
  var kind: String
  /// Its name.
  var name: String
  /// Facts, each with its label; a label may be empty.
  var facts: [(label: String, text: String)]
  /// The structure whose table is shown; nil for others.
  var structure: Structure?
  /// The sections of the format reference that are shown.
  var sections: [FormatReference.Section] = []
  /// Where Enter leads; nil for nowhere.
  var target: Target?
  /// What is said of Enter.
  var invitation: String?

  /// The lines at a width.
  func lines(_ width: Int) -> [StyledText] {
    var lines = [StyledText(name, .title) + StyledText("  \(kind)", .dim)]
    for (label, text) in facts {
      lines +=
        label.isEmpty
        ? StyledText.wrap(text, width: width) : DetailText.fact(label, text, .normal, width)
    }
    if let structure { lines += StructureTable.lines(structure, width: width) }
    for section in sections { lines += ReferenceText.lines(section, width) }
    if let invitation { lines += ["", StyledText(invitation, .keyHint)] }
    return lines
  }
}

/// Explanations of names, and the way to where they occur.
extension ExplorerModel {
  /// Shows what a name means.
  mutating func explain(_ name: String) -> [Effect] {
    guard !name.isEmpty else { return explainSelection() }
    guard explanation(name) != nil else {
      let text = ShownText.line(name)
      guard !apropos(name).isEmpty else {
        tell("nothing is called \(text), and nothing holds it", failed: true)
        return []
      }
      overlay = Overlay(title: "Help on \(text)", topic: .search(name))
      return []
    }
    overlay = Overlay(title: "Explain", topic: .explanation(name))
    return []
  }

  private mutating func explainSelection() -> [Effect] {
    switch selectedKind {
    case .element(let element, _): return explain(element.name)
    case .structure(let structure): return explain(structure.name)
    case .containedUnit, .unparsed: return explain("unit")
    case nil:
      tell("explain needs a name, or a selected element", failed: true)
      return []
    }
  }

  /// Shows the section of the format reference that the selection cites, or one by its number or title.
  mutating func showReference(_ name: String) -> [Effect] {
    let cited: String? =
      switch selectedKind {
      case .element(let element, _): element.section
      case .structure(let structure): structure.section
      case .containedUnit, .unparsed: "1.1"
      case nil: nil
      }
    guard let name = name.isEmpty ? cited : name else {
      tell("reference needs a section, or a selected element", failed: true)
      return []
    }
    guard let section = FormatReference.section(name) else {
      tell("the format reference has no section \(ShownText.line(name))", failed: true)
      return []
    }
    overlay = Overlay(title: "Format reference", topic: .explanation(section.number))
    return []
  }

  private var selectedKind: SyntaxNode.Kind? {
    guard let tree = document.tree, let node = location.node, tree.nodes.indices.contains(node)
    else { return nil }
    return tree.nodes[node].kind
  }

  /// What a name means; nil if nothing has it.
  ///
  /// A command is meant where a colon stands before its name.
  func explanation(_ name: String) -> Explanation? {
    if name.hasPrefix(":"), let command = registry.command(named: String(name.dropFirst())) {
      return explanation(command)
    }
    if let element = Glossary.element(name) { return explanation(element) }
    if let rule = Rule.allCases.first(where: { $0.id.lowercased() == name.lowercased() }) {
      return explanation(rule)
    }
    if let entry = Glossary.entry(name) { return explanation(entry) }
    if let command = registry.command(named: name) {
      return explanation(command)
    }
    if let structure = SyntaxCatalog.standard.structures.first(where: { $0.name == name }) {
      return explanation(structure)
    }
    if let variable = Glossary.variables.first(where: { $0.name == name }) {
      let uses = SyntaxCatalog.standard.entries.filter { entry in
        entry.conditions.contains { Glossary.variables(in: $0).contains { $0.name == name } }
      }.map(\.element.name)
      return Explanation(
        kind: "in conditions", name: name,
        facts: [("", variable.meaning), ("decides on", uses.joined(separator: ", "))],
        target: uses.first.map { .element($0) }, invitation: uses.first.map { occurrences($0) })
    }
    return FormatReference.section(name).map { section in
      Explanation(
        kind: "section of the format reference", name: section.number, facts: [],
        sections: FormatReference.sections(within: section))
    }
  }

  private func explanation(_ entry: Glossary.Entry) -> Explanation {
    var found = Explanation(kind: "concept", name: entry.name, facts: [("", entry.text)])
    if let command = registry.command(named: entry.name) {
      found.facts.append(("command", ":\(command.usage): \(command.help)"))
    }
    if !entry.also.isEmpty { found.facts.append(("see also", entry.also.joined(separator: ", "))) }
    switch entry.shown {
    case .element(let name):
      found.target = .element(name)
      found.invitation = occurrences(name)
    case .command(let name):
      found.target = .command(name)
      found.invitation = "Enter: \(registry.command(named: name)?.help ?? name)"
    case .tentative:
      found.target = .query(.tentative, "tentative")
      found.invitation = "Enter goes to the next tentative element of the stream"
    }
    return found
  }

  private func explanation(_ element: Element) -> Explanation {
    var facts: [(label: String, text: String)] = [("", element.meaning)]
    let entries = SyntaxCatalog.standard.entries(of: element)
    facts.append(("coded as", "\(entries.first?.descriptor ?? element.descriptor)"))
    for entry in entries.prefix(3) {
      facts.append(("in", "\(entry.structure.name)( )"))
      facts.append(("present if", entry.condition))
    }
    facts.append(("allowed", element.range))
    if let inferred = element.inferred { facts.append(("if absent", "inferred to be \(inferred)")) }
    if let rule = element.rule { facts.append(("rule", "\(rule.id): \(rule.condition)")) }
    facts.append(
      (
        "source",
        "format reference \(element.section)"
          + (element.evidence == .recollected ? ", recollected: a hypothesis" : "")
      ))
    return Explanation(
      kind: "element", name: element.name, facts: facts, target: .element(element.name),
      invitation: occurrences(element.name))
  }

  private func explanation(_ rule: Rule) -> Explanation {
    let broken = document.survey.findings.filter { $0.diagnostic.rule == rule }.count
    return Explanation(
      kind: "rule, \(rule.severity.rawValue)", name: rule.id,
      facts: [("", rule.condition), ("why", rule.reason), ("likely", rule.mistake)],
      target: broken > 0 ? .rule(rule.id) : nil,
      invitation: broken > 0
        ? "broken \(NumberText.count(broken, "time")) in this stream; Enter goes to the first"
        : "not broken in this stream, as far as it was read")
  }

  private func explanation(_ command: Command) -> Explanation {
    var facts: [(label: String, text: String)] = [("", command.help)]
    if !command.keys.isEmpty {
      facts.append(("keys", command.keys.map(Command.shown).joined(separator: ", ")))
    }
    if !command.panes.isEmpty {
      facts.append(("in", command.panes.map(\.title).sorted().joined(separator: ", ")))
    }
    if let reason = command.unavailable(self) { facts.append(("not now", reason)) }
    guard case .none = command.argument, command.unavailable(self) == nil else {
      return Explanation(kind: "command", name: ":" + command.usage, facts: facts)
    }
    return Explanation(
      kind: "command", name: ":" + command.usage, facts: facts, target: .command(command.name),
      invitation: "Enter does it")
  }

  private func explanation(_ structure: Structure) -> Explanation {
    let isGuess = structure.evidence == .recollected
    var found = Explanation(
      kind: "structure", name: "\(structure.name)( )",
      facts: [
        (
          "source",
          "format reference \(structure.section)" + (isGuess ? ", recollected: a hypothesis" : "")
        )
      ], target: .query(.structure(structure.name), structure.name),
      invitation: "Enter goes to the next one of the stream")
    found.structure = structure
    return found
  }

  private func occurrences(_ name: String) -> String {
    let here = document.tree?.nodes.filter { $0.element?.name == name } ?? []
    guard let first = here.first else { return "not in this unit; Enter looks in the whole stream" }
    let value = ElementText.value(first)
    let times = here.count == 1 ? "once" : NumberText.count(here.count, "time")
    return "\(times) in this unit\(value.isEmpty ? "" : ", = \(value)"); Enter goes there"
  }

  /// Lines for everything whose name or text holds `text`, each with the name that Enter explains.
  func apropos(_ text: String) -> [(line: StyledText, name: String?)] {
    let wanted = text.lowercased()
    guard !wanted.isEmpty else { return [] }
    var lines: [(line: StyledText, name: String?)] = []
    func add(_ title: String, _ found: [(name: String, shown: String, text: String)]) {
      let fitting = found.filter {
        $0.shown.lowercased().contains(wanted) || $0.text.lowercased().contains(wanted)
      }
      guard !fitting.isEmpty else { return }
      lines.append((StyledText(title, .heading), nil))
      for (name, shown, text) in fitting {
        lines.append((StyledText("  \(shown)  ", .keyHint) + StyledText(text), name))
      }
      lines.append(("", nil))
    }
    add("Concepts", Glossary.entries.map { ($0.name, $0.name, $0.text) })
    add(
      "Commands",
      registry.commands.map { command in
        let keys = command.keys.map(Command.shown).joined(separator: " ")
        return (
          ":" + command.name, ":" + command.usage, (keys.isEmpty ? "" : "\(keys)  ") + command.help
        )
      })
    add("Elements", SyntaxCatalog.standard.elements.map { ($0.name, $0.name, $0.meaning) })
    add("Conditions", Glossary.variables.map { ($0.name, $0.name, $0.meaning) })
    add("Rules", Rule.allCases.map { ($0.id, $0.id, $0.condition) })
    add("Format reference", FormatReference.sections.map { ($0.number, $0.number, $0.title) })
    if !lines.isEmpty { lines.append((StyledText("Enter explains the selected line", .dim), nil)) }
    return lines
  }

  /// Goes where an overlay leads.
  mutating func follow(_ overlay: Overlay) -> [Effect] {
    if case .search(let text) = overlay.topic {
      let lines = apropos(text)
      let place = selectedLine(overlay) ?? 0
      guard lines.indices.contains(place), let name = lines[place].name else { return [] }
      return explain(name)
    }
    guard case .explanation(let name) = overlay.topic, let target = explanation(name)?.target
    else { return [] }
    switch target {
    case .element(let name):
      note("element \(name)")
      return go(toElement: name)
    case .command(let name): return run(name, "")
    case .query(let query, let name):
      showPlace()
      return beginSearch(query, input: name, origin: location)
    case .rule(let id):
      guard let found = document.survey.findings.first(where: { $0.diagnostic.rule.id == id })
      else { return [] }
      enter(.explorer)
      let place = place(of: found)
      jump(to: place)
      reveal(place)
      return decodeSelection()
    }
  }
}
