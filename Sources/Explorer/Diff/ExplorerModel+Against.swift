import NNRAnalysis
import NNRReport
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
    diff = DiffState()
    diff.pair = DiffState.Pair(a: current, b: current)
    diff.reference = path
    let number = nextGeneration(.against)
    return [.start(.against(path, place, document: current, generation: number))]
  }

  /// Takes the errors: into the diff view, and as columns of the tensors table, largest first.
  mutating func take(_ outcome: AgainstOutcome) {
    guard documents.indices.contains(outcome.document) else { return }
    let isShown = diff.reference == outcome.path && diff.pair?.a == outcome.document
    guard let report = outcome.report else {
      if isShown { diff.isComplete = true }
      return tell(
        "\(ShownText.line(outcome.path)): \(ShownText.line(outcome.problem))", failed: true)
    }
    let stream = documents[outcome.document].stream
    documents[outcome.document].figures.reference = { line in
      guard let tensors = stream.compressedDataUnit(line.unit)?.codedTensors,
        tensors.indices.contains(line.member)
      else { return [:] }
      return AgainstText.cells(tensors[line.member], report)
    }
    documents[outcome.document].tensors.columns = TensorColumns.errors
    documents[outcome.document].tensors.sort = SortOrder(key: "max_error", descending: true)
    if outcome.document == current { arrangeTensors() }
    guard isShown else { return }
    var lines = DiffRows(stream, stream)
    lines.add(report)
    diff.rows = lines.rows
    diff.isComplete = true
    diff.list.settle(count: diff.rows.count, page: page(.diff))
    tell("\(shownKey(of: "tensors")) shows the errors as columns of the table")
  }
}

extension DiffRows {
  /// Adds the errors against a reference, the greatest first, each with its histogram and its worst weights.
  mutating func add(_ report: AgainstReport) {
    append(
      DiffRow(
        kind: .heading, mark: " ",
        text: "\(NumberText.count(report.rows.count, "parameter")) compared", a: "max |Δ|",
        b: "SNR",
        note: "mean |Δ|, RMSE, the same"))
    for row in report.rows.sorted(by: { $0.errors.maxError > $1.errors.maxError }) { add(row) }
    for name in report.missing {
      append(
        DiffRow(
          kind: .weights, mark: "-", text: "  " + ShownText.line(name),
          note: "not in the reference file", placeA: place(ofParameter: name)))
    }
    for name in report.extra {
      append(
        DiffRow(
          kind: .weights, mark: "+", text: "  " + ShownText.line(name),
          note: "only in the reference file"))
    }
    for refused in report.refused {
      append(
        DiffRow(
          kind: .weights, mark: "~", text: "  " + ShownText.line(refused.name),
          note: ShownText.line(refused.reason), placeA: place(ofParameter: refused.name)))
    }
  }

  private mutating func add(_ row: AgainstReport.Row) {
    let found = row.errors
    let place = place(ofParameter: row.name)
    var line = DiffRow(
      kind: .weights, mark: found.isSame ? "=" : "~", text: "  " + ShownText.line(row.name),
      placeA: place)
    line.a = NumberFormat.significant(found.maxError)
    line.b = found.snr.map { $0.isInfinite ? "same" : NumberText.fixed($0, 1) + " dB" } ?? "-"
    line.note = Self.errors(found)
    if let relative = found.relativeL2 {
      line.note += ", relative L2 \(NumberFormat.significant(relative))"
    }
    append(line)
    guard !found.isSame else { return }
    let limit = NumberFormat.significant(found.maxError)
    append(
      DiffRow(
        kind: .payload, mark: " ", text: "    errors  \(AgainstText.bars(found.histogram))",
        a: "−\(limit)", b: "+\(limit)", note: "errors from −max to +max", placeA: place))
    for worst in found.worst {
      let indices = row.indices(of: worst.element).map { "\($0)" }.joined(separator: ", ")
      append(
        DiffRow(
          kind: .payload, mark: " ", text: "    worst at [\(indices)]",
          a: NumberFormat.significant(worst.value), b: NumberFormat.significant(worst.reference),
          note: "error \(NumberFormat.significant(worst.error))", placeA: place))
    }
  }
}
