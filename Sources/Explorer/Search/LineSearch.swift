import PlainText
import TerminalScreen

/// A search for text in the lines of the list that fills the screen.
struct LineSearch: Hashable, Sendable {
  /// What the lines hold; empty for no search.
  var text = ""
  /// The view whose lines are searched.
  var view = Pane.explorer
  /// The line where it began.
  var origin = 0
  /// The lines that hold it, when they were last looked at.
  var found: [Int] = []
}

extension ExplorerModel {
  /// Whether a search goes through the lines of a list rather than through the stream.
  var searchesLines: Bool { shown.lines(self) != nil }

  /// The search in the lines of the view that is open; nil if there was none.
  var searchInView: LineSearch? {
    shows(lineSearch.view) && !lineSearch.text.isEmpty ? lineSearch : nil
  }

  /// Begins a search where the selection is.
  mutating func beginLineSearch() {
    lineSearch = LineSearch(view: view, origin: selectedLine(of: view))
  }

  /// Selects the first line from the origin on, or else of all, that holds a text; where none does, the origin itself.
  mutating func searchLines(_ text: String) {
    lineSearch.text = text
    lookAtLines()
    let found = lineSearch.found
    selectLine(
      found.first { $0 >= lineSearch.origin } ?? found.first ?? lineSearch.origin, of: view)
  }

  /// Goes to the next line that holds what was searched for, round the ends.
  mutating func goToFoundLine(forward: Bool) {
    lookAtLines()
    let (found, here) = (lineSearch.found, selectedLine(of: view))
    let next =
      forward
      ? found.first { $0 > here } ?? found.first : found.last { $0 < here } ?? found.last
    if let next { selectLine(next, of: view) }
    tellFoundLine()
  }

  /// Says which of the lines is selected.
  mutating func tellFoundLine() {
    let found = lineSearch.found
    guard let place = found.firstIndex(of: selectedLine(of: view)) else {
      return tell("no line holds \(ShownText.line(lineSearch.text))", failed: true)
    }
    tell("line \(place + 1) of \(found.count): \(ShownText.line(lineSearch.text))")
  }

  /// Finds the lines that hold the text, small and capital letters alike.
  private mutating func lookAtLines() {
    let text = lineSearch.text.lowercased()
    guard let list = shown.lines(self), !text.isEmpty else {
      lineSearch.found = []
      return
    }
    lineSearch.found = (0..<list.count).filter { line in
      list.texts(line).contains { $0.lowercased().contains(text) }
    }
  }
}
