import TerminalScreen

/// The search for text in the lines of the differences.
extension ExplorerModel {
  /// Whether a search goes through the lines of the differences rather than through the stream.
  var searchesDifferences: Bool { view == .diff }

  /// The lines that hold what is searched for, small and capital letters alike.
  var differencesFound: [Int] {
    let text = diff.search.text.lowercased()
    guard !text.isEmpty else { return [] }
    return diff.rows.indices.filter { place in
      let row = diff.rows[place]
      return [row.text, row.a, row.b, row.note].contains { $0.lowercased().contains(text) }
    }
  }

  /// Selects the first line from `origin` on, or else of all, that holds a text; where none does, `origin` itself.
  mutating func searchDifferences(_ text: String, from origin: Int) {
    diff.search = DiffState.Search(text: text, origin: origin)
    let found = differencesFound
    selectDifference(found.first { $0 >= origin } ?? found.first ?? origin)
  }

  /// Goes to the next line that holds what was searched for, round the ends.
  mutating func goToFoundDifference(forward: Bool) {
    let (found, here) = (differencesFound, diff.list.selection)
    let next =
      forward
      ? found.first { $0 > here } ?? found.first : found.last { $0 < here } ?? found.last
    if let next { selectDifference(next) }
    tellFoundDifference()
  }

  /// Says which of the lines is selected.
  mutating func tellFoundDifference() {
    let found = differencesFound
    guard let place = found.firstIndex(of: diff.list.selection) else {
      return tell("no line holds \(ShownText.line(diff.search.text))", failed: true)
    }
    tell("line \(place + 1) of \(found.count): \(ShownText.line(diff.search.text))")
  }

  private mutating func selectDifference(_ row: Int) {
    diff.list.select(row, count: diff.rows.count, page: page(.diff))
  }
}
