import NNRSyntax
import TerminalScreen

extension Command {
  /// Search and filter.
  static let finding: [Command] = [
    Command(
      "search", [], .find,
      "text in names and values; bytes as 0xdead or de ad ??; bits as 0b10x1",
      argument: .text("WHAT"), unavailable: { $0.searchProblem }
    ) { model, text in
      if model.searchesLines {
        model.beginLineSearch()
        model.searchLines(text)
        model.tellFoundLine()
        return []
      }
      guard let query = Query(text) else { return [] }
      return model.beginSearch(query, input: text, origin: model.location)
    },
    Command(
      "search-prompt", ["/"], .find, "search while typing; in lists, their lines",
      hint: ("search", 8), unavailable: { $0.searchProblem }
    ) { model, _ in model.openPrompt(.search) },
    Command(
      "next-match", ["n"], .find, "next match",
      unavailable: { $0.matchProblem }
    ) { model, _ in model.goToMatch(forward: true) },
    Command(
      "previous-match", ["N"], .find, "previous match",
      unavailable: { $0.matchProblem }
    ) { model, _ in model.goToMatch(forward: false) },
    Command(
      "filter", [], .find,
      "only what fits: units by type or tensor, tensors by a condition, costs by name; nothing shows all",
      argument: .text("TEXT"), unavailable: { $0.filterProblem }
    ) { model, text in
      guard let filter = model.viewFilter else { return [] }
      let effects = filter.set(text, &model)
      filter.accept(text, &model)
      return effects
    },
    Command(
      "filter-prompt", ["&"], .find,
      "filter while typing: units, names of the costs, tensors by a condition",
      hint: ("filter", 4), unavailable: { $0.filterProblem }
    ) { model, _ in
      model.openPrompt(.filter, model.viewFilter?.prompt(model) ?? "")
    },
  ]
}

extension ExplorerModel {
  /// Opens a prompt.
  mutating func openPrompt(_ kind: Prompt.Kind, _ text: String = "") -> [Effect] {
    prompt = Prompt(
      kind: kind, line: PromptState(text, history: histories[kind] ?? []), problem: nil,
      before: kind == .filter ? viewFilter?.text(self) ?? "" : "")
    if kind == .search, searchesLines {
      beginLineSearch()
    } else if kind == .search {
      search = nil
      remember()
    }
    return []
  }

  /// How what is open is filtered; nil if it is not.
  var viewFilter: (any ViewFilter)? { shown.filter(self) }

  /// Why nothing can be filtered; nil if it can.
  var filterProblem: String? {
    viewFilter == nil
      ? "\(shown.pane.title) has no filter: units are filtered in view 1, tensors in 2, names in 3"
      : nil
  }

  /// Why there is no match to go to; nil if there may be one.
  var matchProblem: String? {
    searchProblem
      ?? ((searchesLines ? searchInView != nil : search != nil)
        ? nil : "nothing was searched for yet")
  }

  /// Starts a search; the first match from `origin` on is shown when it comes.
  mutating func beginSearch(_ query: Query, input: String, origin: Location) -> [Effect] {
    search = SearchState(input: input, query: query, origin: origin)
    return start(.search(query, in: document.stream, from: origin.unit))
  }

  /// Goes to a match.
  mutating func goToMatch(forward: Bool) -> [Effect] {
    if searchesLines {
      goToFoundLine(forward: forward)
      return []
    }
    guard let match = search?.next(from: location, forward: forward) else {
      tell(running[.search] == nil ? "no match for \(search?.input ?? "")" : "no match yet")
      return []
    }
    remember()
    show(match)
    return decodeSelection()
  }

  /// Shows a match and says which it is.
  mutating func show(_ match: SearchMatch) {
    guard let search else { return }
    let place = Location(unit: match.unit, node: match.node, bit: match.bit)
    select(place)
    if case .bits = search.query {} else { reveal(place) }
    if prompt == nil {
      let more = running[.search] == nil ? "" : "+"
      tell("match \(search.number(of: match)) of \(search.matches.count)\(more): \(search.input)")
    }
  }

  /// Starts a filter; an empty one shows all units.
  mutating func beginFilter(_ text: String) -> [Effect] {
    document.filter = text
    guard !text.isEmpty else {
      document.outline.show(nil)
      follow()
      return stop(.filter(document: current))
    }
    document.outline.show([])
    return start(.filter(text, in: document.stream, document: current))
  }
}

/// Units whose type or tensor holds a text.
struct UnitFilter: ViewFilter {
  func text(_ model: ExplorerModel) -> String { model.document.filter }

  func prompt(_ model: ExplorerModel) -> String { "" }

  func set(_ text: String, _ model: inout ExplorerModel) -> [Effect] { model.beginFilter(text) }

  func accept(_ text: String, _ model: inout ExplorerModel) {}

  func verdict(_ text: String, _ model: ExplorerModel) -> (PromptLine.Validity, StyledText) {
    guard !text.isEmpty else { return (.unknown, StyledText("type or tensor name", .dim)) }
    let count = model.document.outline.filtered?.count ?? 0
    let isOver = model.running[.filter(document: model.current)] == nil
    return (
      count == 0 && isOver ? .invalid : .valid, StyledText(NumberText.count(count, "unit"), .dim)
    )
  }
}
