import NNRAnalysis
import NNRReport
import PlainText
import TerminalScreen

extension Command {
  /// Comparison with the original.
  static let referring: [Command] = [
    Command(
      "against", [], .look, "the errors of the weights against a safetensors, npz or npy file",
      argument: .text("PATH"),
      unavailable: { $0.streamPlace == nil ? "payloads are not decoded here" : nil }
    ) { model, path in
      guard !path.isEmpty else {
        model.tell("against needs a safetensors, npz or npy file", failed: true)
        return []
      }
      // Who asks for it wants to see it, whatever columns were chosen since the last time.
      model.document.figures.referencePath = nil
      return model.compare(against: path)
    }
  ]
}

/// The weights of the stream that is shown against the tensors they were made from.
extension ExplorerModel {
  /// Begins the comparison.
  mutating func compare(against path: String) -> [Effect] {
    guard let place = streamPlace else { return [] }
    view = .diff
    let pair = DiffState.Pair(a: current, b: current)
    let list = diff.reference == path && diff.pair == pair ? diff.list : ListState()
    diff = DiffState()
    diff.pair = pair
    diff.list = list
    diff.reference = path
    diff.scope = place.scope
    return beginComparison(against: path)
  }

  /// Begins the comparison of the stream that is shown, in whatever view.
  mutating func beginComparison(against path: String) -> [Effect] {
    guard let place = streamPlace else { return [] }
    let number = nextGeneration(.against(document: current))
    return [.start(.against(path, place, document: current, generation: number))]
  }

  /// Takes the errors: into the diff view, and as columns of the tensors table, largest first.
  mutating func take(_ outcome: AgainstOutcome) {
    guard documents.indices.contains(outcome.document) else { return }
    let isShown = diff.reference == outcome.path && diff.pair?.a == outcome.document
    guard let report = outcome.report else {
      let problem = "\(ShownText.line(outcome.path)): \(ShownText.line(outcome.problem))"
      if isShown {
        diff.isComplete = true
        diff.problem = problem
      }
      return tell(problem, failed: true)
    }
    let stream = documents[outcome.document].stream
    let isKnown = documents[outcome.document].figures.referencePath == outcome.path
    documents[outcome.document].figures.referencePath = outcome.path
    documents[outcome.document].figures.reference = { line in
      guard let tensors = stream.compressedDataUnit(line.unit)?.codedTensors,
        tensors.indices.contains(line.member)
      else { return [:] }
      return AgainstText.cells(tensors[line.member], report)
    }
    if !isKnown {
      documents[outcome.document].tensors.columns = TensorColumns.errors
      documents[outcome.document].tensors.sort = SortOrder(key: "max_error", descending: true)
    }
    if outcome.document == current { arrangeTensors() }
    guard isShown else { return }
    diff.rows = outcome.rows
    diff.isComplete = true
    diff.list.settle(count: diff.rows.count, page: page(.diff))
    tell("\(shownKey(of: "tensors")) shows the errors as columns of the table")
  }
}
