import NNRBits
import NNRModel
import NNRSyntax
import PlainText
import TerminalScreen

extension Pane {
  /// What the selected element is.
  public static let detail = Pane("detail", "Detail")
}

/// What the selected element is.
struct DetailView: View {
  let pane = Pane.detail

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawLines(
      model.detailLines(width: rect.width), model.document.detailTop, pane, &grid, rect)
  }

  func move(_ motion: Motion, _ model: inout ExplorerModel) {
    motion.scroll(
      &model.document.detailTop, count: model.detailLines.count, page: model.page(pane))
  }

  func click(_ point: Point, _ rect: Rect, _ model: inout ExplorerModel) {}
}

/// What the selected place is.
extension ExplorerModel {
  /// The lines at the width that the pane has.
  var detailLines: [StyledText] { detailLines(width: layout.body(.detail)?.width ?? 40) }

  /// The lines, broken for a width.
  func detailLines(width: Int) -> [StyledText] {
    // One column stays free for the scroll bar.
    let width = max(8, width - 1)
    guard document.entry != nil else { return [StyledText("an empty file", .dim)] }
    if document.projection == .model, let group = document.modelOutline.group {
      return groupLines(group, width)
    }
    if let lines = standardDetail(width: width) { return lines }
    let tree = document.tree
    guard let note = document.note(location.unit, location.node, tree) else {
      return placeLines(tree, width)
    }
    // The note comes behind the title: it is why one came here.
    let lines = placeLines(tree, width)
    return lines.prefix(1) + DetailText.fact("note", ShownText.line(note), .note, width)
      + lines.dropFirst()
  }

  private func placeLines(_ tree: SyntaxTree?, _ width: Int) -> [StyledText] {
    guard let tree, let place = location.node, place > 0, tree.nodes.indices.contains(place) else {
      return unitLines(width)
    }
    let node = tree.nodes[place]
    switch node.kind {
    case .element(let element, _): return elementLines(tree, place, element, width)
    case .structure(let structure):
      return structureLines(tree, place, "\(structure.name)( )", structure.section, width)
    case .containedUnit: return structureLines(tree, place, node.name, "2.9", width)
    case .unparsed: return unparsedLines(tree, place, width)
    }
  }

  private func groupLines(_ path: String, _ width: Int) -> [StyledText] {
    guard
      let node = document.modelOutline.nodes.first(where: { $0.unit == nil && $0.path == path })
    else { return [] }
    let share = NumberText.percent(node.bytes, of: document.stream.size)
    return [StyledText(path.isEmpty ? "the whole model" : ShownText.line(path), .title)]
      + DetailText.fact(
        "bytes", "\(NumberText.grouped(node.bytes)), \(share) of the file", .normal, width)
      + DetailText.fact("weights", NumberText.grouped(node.weights), .normal, width)
  }

  private func unitLines(_ width: Int) -> [StyledText] {
    guard let entry = document.entry else { return [] }
    var lines = [StyledText(unitTitle, .title)]
    lines += DetailText.fact(
      "bytes",
      "\(NumberText.grouped(entry.size)) at \(document.address(ofByte: entry.offset)), \(NumberText.percent(entry.size, of: document.stream.size)) of the file",
      .normal, width)
    guard let tree = document.tree else {
      for diagnostic in document.stream.indexDiagnostics(location.unit) {
        lines += DetailText.diagnostic(diagnostic, width)
      }
      return lines
    }
    let header = tree.payloadStart / 8
    lines += DetailText.fact(
      "header", "\(header) B, payload \(NumberText.grouped(tree.bitCount / 8 - header)) B", .normal,
      width)
    if let type = entry.type, let meaning = Element.nnrUnitType.allowed.name(of: type.rawValue) {
      lines += DetailText.fact("type", "\(type.rawValue) \(meaning)", .normal, width)
    }
    let data = document.stream.compressedDataUnit(location.unit)
    for name in data?.nameTexts ?? [] {
      lines += DetailText.fact("tensor", ShownText.line(name), .name, width)
    }
    if !tree.isComplete {
      lines.append(StyledText("E the unit could not be parsed to its end", .error))
    }
    let known = document.diagnostics(location.unit, tree)
    for diagnostic in known.prefix(50) {
      lines += DetailText.diagnostic(diagnostic, width)
    }
    if known.count > 50 {
      lines.append(StyledText("… \(known.count - 50) more: press e", .dim))
    }
    return lines
  }

  private func structureLines(
    _ tree: SyntaxTree, _ place: Int, _ name: String, _ section: String, _ width: Int
  ) -> [StyledText] {
    let node = tree.nodes[place]
    var lines = [StyledText(name, .title)]
    if node.isTentative { lines += DetailText.tentative(width) }
    lines += DetailText.bits(node.range, width)
    lines += DetailText.fact(
      "holds", NumberText.count(tree.children(of: place).count, "row"), .normal, width)
    lines += DetailText.fact("source", "format reference \(section)", .normal, width)
    return lines
  }

  private func unparsedLines(_ tree: SyntaxTree, _ place: Int, _ width: Int) -> [StyledText] {
    var lines = [StyledText(SyntaxNode.unparsedName, .error)]
    lines += DetailText.bits(tree.nodes[place].range, width)
    lines += StyledText.wrap(
      "These bits could not be parsed; they are shown as they are.", width: width)
    for diagnostic in tree.diagnostics { lines += DetailText.diagnostic(diagnostic, width) }
    return lines
  }

  private func elementLines(
    _ tree: SyntaxTree, _ place: Int, _ element: Element, _ width: Int
  ) -> [StyledText] {
    let node = tree.nodes[place]
    var lines = [StyledText(node.name, .title)]
    lines += StyledText.wrap(element.meaning, width: width)
    for diagnostic in ElementText.diagnostics(
      document.diagnostics(location.unit, tree), tree, at: place)
    {
      lines += DetailText.diagnostic(diagnostic, width)
    }
    if node.isTentative { lines += DetailText.tentative(width) }
    let isHidden = hidden.hides(element: element.name)
    let value = ElementText.value(node)
    if isHidden {
      lines += DetailText.fact("value", HiddenValues.mark, .tentative, width)
    } else if !value.isEmpty {
      var text = value
      if let number = node.value.number, number > 9 { text += " = 0x\(String(number, radix: 16))" }
      if let name = node.valueName { text += " · \(name)" }
      lines += DetailText.fact("value", text, .number, width)
    }
    lines += DetailText.bits(node.range, width)
    lines += DetailText.fact("coded as", node.descriptor.map { "\($0)" } ?? "", .descriptor, width)
    if !isHidden { lines += codeWordLines(tree, place, width) }
    let context = document.stream.parameters(before: location.unit).context
    lines += DetailText.presence(tree, place, element, context, width)
    lines += DetailText.fact("allowed", element.range, .normal, width)
    if let inferred = element.inferred {
      lines += DetailText.fact("if absent", "inferred to be \(inferred)", .inferred, width)
    }
    lines += DetailText.fact(
      "source",
      "format reference \(element.section)"
        + (element.evidence == .recollected ? ", recollected" : ""), .normal, width)
    return lines
  }
}
