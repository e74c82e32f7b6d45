import DeepCABAC
import NNRAnalysis
import NNRModel
import NNRSyntax
import PlainText
import TerminalScreen

extension Command {
  /// Code words as pictures.
  static let picturing: [Command] = [
    Command(
      "code-word", ["K"], .look, "how the selected element or weight is coded, drawn",
      aliases: ["codeword"]
    ) { model, _ in
      model.overlay = Overlay(title: model.codeWordTitle, topic: .codeWord)
      return []
    }
  ]
}

/// How what is selected is coded, as pictures: bins of a level, step size, trellis, scan, codebook, code words of elements.
extension ExplorerModel {
  /// What the view that has the keyboard, or had it before the lesson, shows.
  private var subject: ViewSubject { views[front].subject }

  /// What the pictures are about.
  var codeWordTitle: String {
    if case .bins = subject, let bin = bins.selected { return "Code word · \(bin.elementName)" }
    if case .weights = subject {
      return "Code word · row \(document.cell.row), column \(document.cell.column)"
    }
    guard let tree = document.tree, let node = location.node, tree.nodes.indices.contains(node)
    else { return "Code word" }
    return "Code word · \(tree.nodes[node].name)"
  }

  /// The lines at a width.
  func codeWordPicture(_ width: Int) -> [StyledText] {
    if !hidden.isEmpty { return [StyledText("hidden while the question waits", .tentative)] }
    if case .bins = subject { return binPicture(width) }
    if case .weights = subject { return weightPicture(width) }
    guard let tree = document.tree, let place = location.node, tree.nodes.indices.contains(place),
      let element = tree.nodes[place].element
    else { return StyledText.wrap("no element is selected", width: width, style: .dim) }
    return elementPicture(tree, place, element, width)
  }

  // MARK: bins

  private func binPicture(_ width: Int) -> [StyledText] {
    guard let trace = bins.trace, let bin = bins.selected,
      trace.tensors.indices.contains(bin.tensor)
    else { return [StyledText("no bin is selected", .dim)] }
    guard let last = bins.level.last, let level = last.walked.level else {
      return StyledText.wrap(
        "\(bin.elementName) is not part of a level; \(shownKey(of: "next-level")) goes to the next one",
        width: width)
    }
    let tensor = trace.tensors[bin.tensor]
    var lines = BinarizationTree.lines(Self.binarization(level, tensor), width: width)
    let cost = bins.level.reduce(0) { $0 + $1.event.cost }
    lines.append(StyledText("its bins cost \(NumberText.fixed(cost, 3)) bit", .dim))
    guard tensor.dqFlag, let state = last.walked.state, let integer = last.walked.integer else {
      return lines
    }
    let next = ProbabilityTables.trellis[2 * (state & 7) + (level & 1)]
    return lines + Self.titled("Trellis")
      + StyledText.wrap(
        "state \(state), parity \(level & 1): integer \(integer), next state \(next)", width: width)
  }

  /// The bins of a level of a tensor.
  private static func binarization(_ level: Int, _ tensor: CodedTensor) -> Binarization {
    Binarization(
      level, unaryLength: tensor.unaryLength,
      codebook: tensor.codebook.map { ($0.values.count, $0.zeroOffset) })
  }

  private static func titled(_ title: String) -> [StyledText] { ["", StyledText(title, .heading)] }

  // MARK: weights

  /// The place of the weight under the cursor, in C order.
  var cellElement: Int {
    document.cell.row * (shownGrid?.width ?? 1) + document.cell.column
  }

  private func weightPicture(_ width: Int) -> [StyledText] {
    guard let tensor = shownTensor, let grid = tensor.grid else {
      return StyledText.wrap(cellProblem ?? "no weights", width: width, style: .dim)
    }
    let cell = document.cell
    let element = cellElement
    guard let integer = grid[element] else { return [StyledText("not decoded yet", .tentative)] }
    let base = document.stream.parameters(before: location.unit).quantizationParameter
    let start = tensor.start
    guard start.tensor.quantizer != .raw else {
      return LevelChain(start: start).steps(integer).flatMap { StyledText.wrap($0, width: width) }
    }
    let level = start.tensor.dqFlag ? LevelChain.coded(integer) : Int(integer)
    var lines = [StyledText("Binarization", .heading)]
    let isSkipped = start.rowMask.indices.contains(cell.row) && start.rowMask[cell.row] != 0
    lines +=
      isSkipped
      ? StyledText.wrap("no bins: its row is skipped", width: width)
      : BinarizationTree.lines(Self.binarization(level, start.tensor), width: width)
    lines += Self.titled("From integer to weight")
    lines += DequantizationText.lines(start, base: base, integer: integer).flatMap {
      StyledText.wrap($0, width: width)
    }
    if start.tensor.dqFlag {
      lines += Self.titled("Trellis states in scan order")
      lines +=
        TrellisWalk(tensor, element: element, reach: 12)?.lines(width: width)
        ?? StyledText.wrap(
          "too far from the start to be walked here; \(shownKey(of: "bins")) shows the states",
          width: width)
    }
    if let codebook = start.tensor.codebook {
      lines += Self.titled("Codebook")
      lines += NumberLine.lines(
        codebook.values, zero: codebook.zeroOffset, selected: Int(integer) + codebook.zeroOffset,
        width: width)
    }
    if let geometry = LevelChain(start: start).geometry {
      lines += Self.titled("Scan order")
      lines += ScanPicture.lines(
        geometry, row: cell.row, column: cell.column, width: width, height: 12)
    }
    return lines
  }

  // MARK: elements

  private func elementPicture(
    _ tree: SyntaxTree, _ place: Int, _ element: Element, _ width: Int
  ) -> [StyledText] {
    let node = tree.nodes[place]
    var lines = StyledText.wrap(element.meaning, width: width)
    lines.append("")
    lines += bitFields(tree, place, width)
    lines += codeWordLines(tree, place, width)
    if let data = document.stream.compressedDataUnit(location.unit) {
      if element === Element.scanOrder, let dimensions = data.dimensions,
        let geometry = try? TensorGeometry(
          CodedTensorParameters(dimensions: dimensions, scanOrder: data.scanOrder))
      {
        lines += Self.titled("Scan order, from the first weight")
        lines += ScanPicture.lines(geometry, row: 0, column: 0, width: width, height: 12)
      }
      lines += codebookPicture(node, data, width)
    }
    if element === Element.dqFlag { lines += Self.titled("Next state") + Self.transitions }
    if element === Element.compressedDataUnitPayload, shownGrid != nil {
      lines += ["", StyledText("The weight under the cursor of \(shownKey(of: "values"))", .title)]
      lines += weightPicture(width)
    }
    return lines
  }

  private func codebookPicture(_ node: SyntaxNode, _ data: CompressedDataUnit, _ width: Int)
    -> [StyledText]
  {
    for (elements, codebook) in [
      (CodebookElements.weight, data.codebook), (CodebookElements.h, data.codebookForH),
    ] {
      guard let codebook, let element = node.element,
        [elements.size, elements.zeroOffset, elements.entries].contains(element)
      else { continue }
      let selected = element === elements.entries ? node.indices.last : codebook.zeroOffset
      return Self.titled("Codebook")
        + NumberLine.lines(
          codebook.values, zero: codebook.zeroOffset, selected: selected, width: width)
    }
    return []
  }

  /// The bits of a code word with its fields below them.
  private func bitFields(_ tree: SyntaxTree, _ place: Int, _ width: Int) -> [StyledText] {
    let node = tree.nodes[place]
    let length = min(node.range.length, 64)
    guard let bits = bits(node.range, length) else { return [] }
    guard let fields = BitFields(node.descriptor, bits: bits), bits.count <= width else {
      return StyledText.wrap(
        "bits  \(bits)\(node.range.length > length ? " …" : "")", width: width, style: .number)
    }
    return fields.lines
  }

  /// The transitions of the trellis.
  private static var transitions: [StyledText] {
    func row(_ label: String, _ text: (Int) -> String) -> StyledText {
      StyledText(label, .dim)
        + StyledText((0..<8).map { "  " + text($0) }.joined(), .number)
    }
    return [
      row("state    ") { "\($0)" },
      row("quantizer") { $0 & 1 == 0 ? "0" : "1" },
      row("even     ") { "\(ProbabilityTables.trellis[2 * $0])" },
      row("odd      ") { "\(ProbabilityTables.trellis[2 * $0 + 1])" },
    ]
  }
}
