import NNRModel
import PlainText
import TerminalScreen

extension Command {
  /// Comparison.
  static let comparing: [Command] = [
    Command(
      "diff", ["7"], .look,
      "two open files side by side; with a path, that file in place of the one shown; of several, a chain",
      argument: .text("[PATH…]")
    ) { model, text in
      guard text.isEmpty else { return model.compare(with: text) }
      if let path = model.diff.reference, model.diff.pair?.a == model.current {
        let effects = model.open(.diff)
        return model.diff.isStale || model.diff.isStopped ? model.compare(against: path) : effects
      }
      guard model.documents.count > 1 else {
        model.tell("diff: one file is open; :diff PATH opens another to compare with", failed: true)
        return []
      }
      let other = (model.current + 1) % model.documents.count
      return model.compare(min(model.current, other), max(model.current, other))
    },
    Command(
      "diff-files", [], .look, "two of the open files side by side, by their numbers",
      argument: .text("A B")
    ) { model, text in
      let numbers = text.split(separator: " ").compactMap { Int($0) }
      guard numbers.count == 2, numbers.allSatisfy({ model.documents.indices.contains($0 - 1) })
      else {
        model.tell("diff-files needs two numbers from 1 to \(model.documents.count)", failed: true)
        return []
      }
      return model.compare(numbers[0] - 1, numbers[1] - 1)
    },
  ]
}

/// The view of differences.
extension ExplorerModel {
  /// Shows two open streams side by side.
  mutating func compare(_ a: Int, _ b: Int) -> [Effect] {
    enter(.diff)
    let pair = DiffState.Pair(a: a, b: b)
    if diff.pair == pair, diff.reference == nil, !diff.isStale,
      diff.isComplete || running[.diff] != nil
    {
      return []
    }
    let list = diff.pair == pair && diff.reference == nil ? diff.list : ListState()
    diff = DiffState()
    diff.pair = pair
    diff.list = list
    let (one, other) = (documents[a].source, documents[b].source)
    let shared = max(sharedFiles(one), sharedFiles(other))
    return start(.diff(one, other, pair, shared: shared))
  }

  /// How many files of a chain are those of another: they are not open a second time.
  private func sharedFiles(_ place: OpenStream) -> Int {
    place.session.streams.prefix { stream in
      !documents.contains { $0.stream === stream }
    }.count
  }

  /// Compares again what was replaced.
  mutating func followDiff() -> [Effect] {
    guard diff.isStale, !diff.isStopped, let pair = diff.pair else { return [] }
    if let path = diff.reference { return pair.a == current ? compare(against: path) : [] }
    return compare(pair.a, pair.b)
  }

  /// Takes the lines that the background made.
  mutating func take(_ rows: [DiffRow], isComplete: Bool) {
    diff.rows = rows
    diff.isComplete = isComplete
    // A line that is not there yet may still come.
    if isComplete { diff.list.settle(count: rows.count, page: page(.diff)) }
  }

  /// Goes to the next line of a kind; a sentence if there is none.
  mutating func goToDifference(_ kind: DiffRow.Kind, forward: Bool) -> String? {
    let here = diff.list.selection
    func fits(_ row: Int) -> Bool { diff.rows[row].kind == kind }
    let found =
      forward
      ? diff.rows.indices.first { $0 > here && fits($0) }
      : diff.rows.indices.last { $0 < here && fits($0) }
    guard let found else {
      let what = kind == .unit ? "unit" : "element"
      return "no \(forward ? "further" : "earlier") \(what) that differs"
    }
    selectLine(found, of: .diff)
    return nil
  }

  /// What a line stands for: its place on the chosen side, or else on the other; and whether that is the second side.
  func selection(of row: DiffRow) -> (selection: Selection, isRight: Bool)? {
    guard let pair = diff.pair else { return nil }
    let chosen = diff.isRight ? row.placeB : row.placeA
    guard let place = chosen ?? row.placeA ?? row.placeB else { return nil }
    let isRight = chosen == nil ? row.placeA == nil : diff.isRight
    let document = isRight ? pair.b - row.filesBeforeB : pair.a - row.filesBeforeA
    guard documents.indices.contains(document) else { return nil }
    return (Selection(document: document, location: place), isRight)
  }

  /// Goes to the selected line's place, or to the bin or weight it is about.
  mutating func openDifference() -> [Effect] {
    guard diff.rows.indices.contains(diff.list.selection) else { return [] }
    let row = diff.rows[diff.list.selection]
    guard let (found, isRight) = selection(of: row) else { return [] }
    let place = found.location
    let bin = isRight ? row.binB : row.binA
    remember()
    if bin == nil, row.weight == nil { enter(.explorer) }
    current = found.document
    select(place)
    reveal(place)
    if let bin { return stepBins { $0.bins.jump(to: bin) } }
    let tensors = document.stream.compressedDataUnit(place.unit)?.codedTensors ?? []
    guard let weight = row.weight,
      let member = tensors.firstIndex(where: { $0.name == weight.name })
    else {
      enter(.explorer)
      return decodeSelection()
    }
    document.cell.member = member
    let effects = showWeights(.values)
    document.cell.target = weight.element
    settleCell()
    return effects
  }

  /// Compares the stream that is shown with a file: one that is open, or one to be opened.
  mutating func compare(with path: String) -> [Effect] {
    guard documents[0].stream.size > 0 || !documents[0].path.isEmpty else {
      tell("there is nothing to compare with", failed: true)
      return []
    }
    if let known = documents.indices.first(where: { $0 != current && documents[$0].path == path }) {
      return compare(current, known)
    }
    return [.open(path: path, besides: current)]
  }

  /// Takes the streams of another chain behind the others, and compares the stream that is shown with the last of them.
  mutating func add(
    _ streams: [OpenStream], path: String, problem: String
  ) -> [Effect] {
    guard !streams.isEmpty else {
      let why = problem.isEmpty ? "nothing was opened" : problem
      tell(ShownText.line("\(path): \(why)"), failed: true)
      return []
    }
    let first = documents.count
    documents += streams.map { DocumentState($0) }
    return documents.indices[first...].flatMap { survey($0) }
      + compare(current, documents.count - 1)
  }
}
