import NNRBits
import NNRModel
import NNRSyntax
import TerminalScreen

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
    guard let tree = document.tree, let place = location.node, place > 0,
      tree.nodes.indices.contains(place)
    else { return unitLines(width) }
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
    return [
      StyledText(path.isEmpty ? "the whole model" : path, .title),
      DetailText.fact(
        "bytes",
        "\(NumberText.grouped(node.bytes)), \(NumberText.percent(node.bytes, of: document.stream.size)) % of the file"
      ),
      DetailText.fact("weights", NumberText.grouped(node.weights)),
    ]
  }

  private func unitLines(_ width: Int) -> [StyledText] {
    guard let entry = document.entry else { return [] }
    var lines = [StyledText(unitTitle, .title)]
    lines.append(
      DetailText.fact(
        "bytes",
        "\(NumberText.grouped(entry.size)) at \(NumberText.address(entry.offset)), \(NumberText.percent(entry.size, of: document.stream.size)) % of the file"
      ))
    guard let tree = document.tree else {
      for diagnostic in document.stream.indexDiagnostics(location.unit) {
        lines += DetailText.diagnostic(diagnostic, width)
      }
      return lines
    }
    let header = tree.payloadStart / 8
    lines.append(
      DetailText.fact("header", "\(header) B, payload \(NumberText.grouped(tree.bitCount / 8 - header)) B"))
    if let type = entry.type, let meaning = Element.nnrUnitType.allowed.name(of: type.rawValue) {
      lines.append(DetailText.fact("nnr_unit_type", "\(type.rawValue) \(meaning)"))
    }
    let data = document.stream.dataUnit(location.unit, tree)
    for name in data?.nameTexts ?? [] { lines.append(DetailText.fact("tensor", name, .name)) }
    if !tree.isComplete { lines.append(StyledText("E the unit could not be parsed to its end", .error)) }
    for diagnostic in tree.diagnostics.prefix(50) {
      lines += DetailText.diagnostic(diagnostic, width)
    }
    if tree.diagnostics.count > 50 {
      lines.append(StyledText("… \(tree.diagnostics.count - 50) more: press e", .dim))
    }
    return lines
  }

  private func structureLines(
    _ tree: SyntaxTree, _ place: Int, _ name: String, _ section: String, _ width: Int
  ) -> [StyledText] {
    let node = tree.nodes[place]
    var lines = [StyledText(name, .title)]
    if node.isTentative { lines += DetailText.tentative(width) }
    lines.append(DetailText.bits(node.range))
    lines.append(DetailText.fact("holds", NumberText.count(tree.children(of: place).count, "row")))
    lines.append(DetailText.fact("source", "format reference \(section)"))
    return lines
  }

  private func unparsedLines(_ tree: SyntaxTree, _ place: Int, _ width: Int) -> [StyledText] {
    var lines = [StyledText("unparsed", .error), DetailText.bits(tree.nodes[place].range)]
    lines += StyledText.wrap("These bits could not be parsed; they are shown as they are.", width: width)
    for diagnostic in tree.diagnostics { lines += DetailText.diagnostic(diagnostic, width) }
    return lines
  }

  private func elementLines(
    _ tree: SyntaxTree, _ place: Int, _ element: Element, _ width: Int
  ) -> [StyledText] {
    let node = tree.nodes[place]
    var lines = [StyledText(node.name, .title)]
    lines += StyledText.wrap(element.meaning, width: width)
    for diagnostic in ElementText.diagnostics(tree, at: place) {
      lines += DetailText.diagnostic(diagnostic, width)
    }
    if node.isTentative { lines += DetailText.tentative(width) }
    let value = ElementText.value(node)
    if !value.isEmpty {
      var text = value
      if let number = node.value.number, number > 9 { text += " = 0x\(String(number, radix: 16))" }
      if let name = node.valueName { text += " · \(name)" }
      lines.append(DetailText.fact("value", text, .number))
    }
    lines.append(DetailText.bits(node.range))
    lines.append(DetailText.fact("coded as", node.descriptor.map { "\($0)" } ?? "", .descriptor))
    let context = document.stream.parameters(before: location.unit).context
    lines += DetailText.presence(tree, place, element, context, width)
    let allowed = element.allowed.text
    if allowed != "any" {
      lines += StyledText.wrap("allowed   " + allowed, width: width)
    }
    if let inferred = element.inferred {
      lines.append(DetailText.fact("if absent", "inferred to be \(inferred)", .inferred))
    }
    lines.append(
      DetailText.fact(
        "source",
        "format reference \(element.section)"
          + (element.evidence == .recollected ? ", recollected" : "")))
    return lines
  }
}
