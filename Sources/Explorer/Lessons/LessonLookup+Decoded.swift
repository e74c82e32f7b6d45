import NNRAnalysis
import NNRModel
import NNRReport
import PlainText

/// Values of lessons that decoding tells.
extension ExplorerModel {
  /// A figure of the Decode pane.
  func lookUpFigure(_ label: String) -> LessonFinding {
    guard let data = document.stream.compressedDataUnit(location.unit) else {
      return .missing("no tensor is selected")
    }
    if let view = document.tensorView {
      guard view.fraction >= 1 else { return .pending }
      if let figure = view.figures.first(where: { $0.label == label }) {
        return .text(figure.value)
      }
    }
    let facts = HeaderFacts(data, document.stream.parameters(before: location.unit)).facts
    if let fact = facts.first(where: { $0.label == label }) { return .text(fact.value) }
    return document.tensorView == nil
      ? .pending : .missing("no figure \(label) here")
  }

  /// The share of a group of classes in the stream.
  func lookUpCost(_ label: String) -> LessonFinding {
    guard
      let group = CostGroup.allCases.first(where: { $0.heading == label || $0.rawValue == label })
    else {
      let known = CostGroup.allCases.map(\.heading).joined(separator: ", ")
      return .missing("no group \(label); known are \(known)")
    }
    guard let sheet = document.figures.costs, document.figures.fraction >= 1 else {
      return document.figures.isBegun ? .pending : .missing("the command costs comes first")
    }
    let total = sheet.totals.total
    guard total > 0 else { return .missing("no bits") }
    return .text(NumberText.percent(sheet.totals[group: group] / total))
  }

  /// A fact of the selected bin.
  func lookUpBin(_ argument: String) -> LessonFinding {
    guard shows(.bins), let fact = LessonValue.BinFact(rawValue: argument) else {
      return .missing("the command bins comes first")
    }
    guard let bin = bins.selected else {
      return running[.bins] != nil
        ? .pending : .missing(bins.problem ?? "no bin is selected")
    }
    let event = bin.event
    let found: String? =
      switch fact {
      case .number: "\(bin.index)"
      case .count: bins.count.map { NumberText.grouped($0) }
      case .element: bin.elementName
      case .bin: "\(event.bin)"
      case .cost: NumberText.fixed(event.cost, 3)
      case .range: "\(event.range)"
      case .offset: "\(event.offset >> 7)"
      case .lps: event.lps.map { "\($0)" }
      case .mps: event.mps.map { "\($0)" }
      case .context: event.context.map { "\($0)" }
      case .probability: bin.mpsProbability.map { NumberText.fixed($0, 3) }
      case .level: bins.level.last?.walked.level.map { "\($0)" }
      case .integer: bins.level.last?.walked.integer.map { "\($0)" }
      case .state: bin.walked.state.map { "\($0)" }
      case .position: "\(event.position)"
      case .kind:
        event.kind == .context
          ? (bin.walked.isLeastProbable ? "LPS" : "MPS")
          : event.kind == .bypass ? "bypass" : "terminate"
      }
    return found.map { .text($0) } ?? .missing("this bin has no \(argument)")
  }

  /// A fact of the weight under the cursor.
  func lookUpLevel(_ argument: String) -> LessonFinding {
    guard let fact = LessonValue.LevelFact(rawValue: argument) else { return .missing("no fact") }
    guard let tensor = shownTensor, let grid = tensor.grid else {
      return document.tensorView?.problem == nil && running[.decode] != nil
        ? .pending : .missing(cellProblem ?? "no tensor")
    }
    guard (document.tensorView?.fraction ?? 0) >= 1 else { return .pending }
    let element = document.cell.row * grid.width + document.cell.column
    guard let level = grid[element] else { return .missing("no weight there") }
    let dequantizer = tensor.start.dequantizer
    func weight(_ level: Int32) -> String {
      dequantizer.value(level).map { NumberFormat.significant($0, digits: 7) } ?? "?"
    }
    let some = (0..<min(grid.count, 8)).compactMap { grid[$0] }
    let more = grid.count > 8 ? " …" : ""
    let found: String? =
      switch fact {
      case .integer: "\(level)"
      case .weight: weight(level)
      case .row: "\(document.cell.row)"
      case .column: "\(document.cell.column)"
      case .scan: LevelChain(figures: tensor).scanIndex(element).map { "\($0)" }
      case .coded: "\(tensor.start.tensor.dqFlag ? LevelChain.coded(level) : Int(level))"
      case .step: dequantizer.stepSize.map { NumberFormat.significant($0, digits: 7) }
      case .first: some.map { "\($0)" }.joined(separator: ", ") + more
      case .weights: some.map(weight).joined(separator: ", ") + more
      }
    return found.map { .text($0) } ?? .missing("this tensor has no \(argument)")
  }

  /// A fact of the codebook of the selected tensor.
  func lookUpCodebook(_ argument: String) -> LessonFinding {
    guard let fact = LessonValue.CodebookFact(rawValue: argument) else {
      return .missing("no fact")
    }
    guard let data = document.stream.compressedDataUnit(location.unit),
      let codebook = data.codebook
    else { return .missing("this tensor has no codebook") }
    let some = codebook.values.prefix(16)
    let more = codebook.values.count > 16 ? " …" : ""
    switch fact {
    case .size: return .text("\(codebook.values.count)")
    case .zero: return .text("\(codebook.zeroOffset)")
    case .entries: return .text(some.map { "\($0)" }.joined(separator: ", ") + more)
    case .weights:
      guard let dequantizer = shownTensor?.start.dequantizer else { return .pending }
      let values = some.indices.compactMap { entry in
        Int32(exactly: entry - codebook.zeroOffset).flatMap { dequantizer.value($0) }
      }
      return .text(
        values.map { NumberFormat.significant($0, digits: 4) }.joined(separator: ", ") + more)
    }
  }
}
