import NNRAnalysis
import NNRReport
import PlainText
import TerminalScreen

extension Command {
  /// Comparison with the original.
  static let referring: [Command] = [
    Command(
      "against", [], .look,
      "the errors of the weights against their original (PyTorch, safetensors, ONNX, npz, npy)",
      argument: .text("PATH"), complete: { _, text in PathCompletion.paths(text) }
    ) { model, path in
      guard !path.isEmpty else {
        model.tell("against needs the file of the original weights", failed: true)
        return []
      }
      // Who asks for it wants to see it, whatever columns were chosen since the last time.
      model.document.referencePath = nil
      return model.compare(against: path)
    }
  ]
}

/// The weights of the stream that is shown against the tensors they were made from.
extension ExplorerModel {
  /// Begins the comparison.
  mutating func compare(against path: String) -> [Effect] {
    enter(.diff)
    let pair = DiffState.Pair(a: current, b: current)
    let list = diff.reference == path && diff.pair == pair ? diff.list : ListState()
    diff = DiffState()
    diff.pair = pair
    diff.list = list
    diff.reference = path
    diff.scope = document.source.scope
    return beginComparison(against: path)
  }

  /// Begins the comparison of the stream that is shown, in whatever view.
  mutating func beginComparison(against path: String) -> [Effect] {
    start(.against(path, document.source, document: current))
  }

  /// Whether the diff view shows a stream against a file.
  private func isShown(_ number: Int, against path: String) -> Bool {
    diff.reference == path && diff.pair?.a == number
  }

  /// Says why a stream could not be compared with a file.
  mutating func refuseComparison(of number: Int, against path: String, _ why: String) {
    let problem = "\(ShownText.line(path)): \(ShownText.line(why))"
    if isShown(number, against: path) {
      diff.isComplete = true
      diff.problem = problem
    }
    tell(problem, failed: true)
  }

  /// Takes the errors: into the diff view as rows, and as columns of the tensors table, largest first.
  mutating func take(
    _ report: AgainstReport, _ rows: [DiffRow], of number: Int, against path: String
  ) {
    let stream = documents[number].stream
    let isKnown = documents[number].referencePath == path
    documents[number].referencePath = path
    documents[number].figures.reference = { line in
      guard let tensors = stream.compressedDataUnit(line.unit)?.codedTensors,
        tensors.indices.contains(line.member)
      else { return nil }
      return report.row(for: tensors[line.member])
    }
    if !isKnown {
      documents[number].tensors.columns = TensorColumns.errors
      documents[number].tensors.sort = SortOrder(key: "max_error", descending: true)
    }
    if number == current { arrangeTensors() }
    guard isShown(number, against: path) else { return }
    diff.rows = rows
    diff.isComplete = true
    diff.list.settle(count: diff.rows.count, page: page(.diff))
    tell("\(shownKey(of: "tensors")) shows the errors as columns of the table")
  }
}
