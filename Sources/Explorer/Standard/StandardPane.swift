import NNRSyntax
import TerminalScreen

/// The syntax pane as the tables of the standard: branches not taken dimmed, values filled in.
extension ExplorerModel {
  /// Draws the rows.
  func drawStandard(_ grid: inout Grid, _ rect: Rect) {
    let glyphs = grid.glyphs
    let tree = document.tree
    let rows = document.standard.rows
    let diagnostics = document.diagnostics(location.unit, tree)
    let width = rect.width - (rows.count > rect.height ? 1 : 0)
    let hidden = hidden
    ListView(
      document.standard.list, count: rows.count, focus: hasKeyboard(.syntax) ? .active : .inactive,
      placeholder: StyledText("no unit", .dim)
    ) { row in
      Self.line(rows[row], tree, diagnostics, width, glyphs, hidden)
    }.draw(on: &grid, in: rect)
  }

  /// A row: elements in columns, conditions over the whole width.
  private static func line(
    _ row: StandardRow, _ tree: SyntaxTree?, _ diagnostics: [Diagnostic], _ width: Int,
    _ glyphs: GlyphSet, _ hidden: HiddenValues
  ) -> StyledText {
    let indent = String(repeating: " ", count: min(24, row.depth * (width >= 66 ? 2 : 1)))
    let mark = mark(row, tree, diagnostics, glyphs)
    let lead =
      mark + StyledText(String(repeating: " ", count: max(1, 2 - mark.width(glyphs))) + indent)
    var left = lead + text(row, hidden)
    guard case .element = row.kind else {
      if !row.note.isEmpty { left += StyledText("  " + row.note, .derived) }
      return left
    }
    let isTaken = row.state == .taken
    let value = value(row, tree, hidden)
    let room = width >= 48 ? min(26, width / 3) : min(16, width / 3)
    let descriptor = width >= 60 ? 8 : 0
    let name = max(8, width - room - descriptor - 1 - lead.width(glyphs))
    left = lead + StyledText(ElementText.tail(row.text, name, glyphs), style(row))
    let gap = max(1, width - room - descriptor - left.width(glyphs))
    left += StyledText(String(repeating: " ", count: gap))
    guard descriptor > 0 else { return left + value.truncated(to: room, glyphs) }
    let spelled = String(row.descriptor.prefix(descriptor - 1))
    left += StyledText(
      spelled + String(repeating: " ", count: descriptor - spelled.count),
      isTaken ? .descriptor : .dim)
    return left + value.truncated(to: room, glyphs)
  }

  private static func style(_ row: StandardRow) -> Style {
    guard row.state == .taken else { return .dim }
    if row.isTentative { return .tentative }
    return switch row.kind {
    case .structure: .heading
    case .element: .coded
    case .condition(let holds): holds ? .normal : .dim
    case .otherwise, .loop, .turn: .normal
    case .gap: .dim
    case .derived: .derived
    case .constraint(let holds): holds ? .dim : .error
    case .unparsed: .error
    }
  }

  /// The first column; the values of operands stand behind their names.
  static func text(_ row: StandardRow, _ hidden: HiddenValues = HiddenValues()) -> StyledText {
    let style = style(row)
    guard !row.operands.isEmpty else { return StyledText(row.text, style) }
    var text = StyledText()
    var word = ""
    func isPart(_ character: Character) -> Bool {
      character.isASCII && (character.isLetter || character.isNumber || character == "_")
    }
    for character in row.text + " " {
      if isPart(character) {
        word.append(character)
        continue
      }
      text.append(word, style)
      if let value = row.operands[word] {
        text.append("{\(hidden.hides(element: word) ? HiddenValues.mark : "\(value)")}", .number)
      }
      word = ""
      text.append(String(character), style)
    }
    return text
  }

  /// One letter: what became of the row, readable without colour.
  private static func mark(
    _ row: StandardRow, _ tree: SyntaxTree?, _ diagnostics: [Diagnostic], _ glyphs: GlyphSet
  ) -> StyledText {
    guard row.state == .taken else {
      if row.state == .unreached { return StyledText("!", .dim) }
      if row.isTentative, row.note.isEmpty { return StyledText(glyphs.tentative, .dim) }
      return row.note.isEmpty ? "" : StyledText(glyphs.inferred, .inferred)
    }
    switch row.kind {
    case .condition(let holds): return StyledText(holds ? "✓" : "✗", holds ? .success : .dim)
    case .constraint(let holds): return StyledText(holds ? "✓" : "E", holds ? .dim : .error)
    case .unparsed: return StyledText("E", .error)
    case .element:
      if let tree, let node = row.node,
        let worst = ElementText.diagnostics(diagnostics, tree, at: node).first?.severity
      {
        return StyledText(String(worst.letter), .of(worst))
      }
      return row.isTentative ? StyledText(glyphs.tentative, .tentative) : ""
    case .derived: return StyledText(glyphs.derived, .derived)
    case .structure: return row.isTentative ? StyledText(glyphs.tentative, .tentative) : ""
    case .otherwise, .loop, .turn, .gap: return ""
    }
  }

  private static func value(_ row: StandardRow, _ tree: SyntaxTree?, _ hidden: HiddenValues)
    -> StyledText
  {
    switch row.state {
    case .skipped: return StyledText(row.note, .inferred)
    case .unreached: return StyledText("not reached", .dim)
    case .taken: break
    }
    guard let tree, let place = row.node, tree.nodes.indices.contains(place) else { return "" }
    let node = tree.nodes[place]
    if hidden.hides(element: node.element?.name) {
      return StyledText(HiddenValues.mark, .tentative)
    }
    var text = StyledText(ElementText.value(node), node.value.text == nil ? .number : .string)
    if let name = node.valueName { text.append(" \(name)", .derived) }
    return text
  }

  /// What the detail pane says about a row that is no node; nil where the selection is a node.
  func standardDetail(width: Int) -> [StyledText]? {
    let table = document.standard
    guard table.isShown, pane == .syntax, table.rows.indices.contains(table.list.selection) else {
      return nil
    }
    let row = table.rows[table.list.selection]
    guard row.node == nil else { return nil }
    var lines = StyledText.wrap(row.text, width: width, style: .title)
    if row.isTentative { lines += DetailText.tentative(width) }
    switch row.state {
    case .skipped: lines += StyledText.wrap("its branch is not taken", width: width)
    case .unreached: lines += StyledText.wrap("the unit ended before it", width: width)
    case .taken:
      switch row.kind {
      case .condition(let holds):
        lines += StyledText.wrap(
          holds
            ? "it holds: the rows below are there" : "it does not hold: the rows below are absent",
          width: width)
      case .constraint(let holds):
        lines += StyledText.wrap(holds ? "it holds" : "it is broken", width: width)
      default: break
      }
    }
    if !row.note.isEmpty { lines += StyledText.wrap(row.note, width: width, style: .derived) }
    for name in row.operands.keys.sorted() {
      lines.append(
        StyledText("  \(name) = ", .dim) + StyledText("\(row.operands[name] ?? 0)", .derived))
      if let meaning = row.meanings[name] {
        lines += StyledText.wrap(meaning, width: max(8, width - 4), style: .dim).map { "    " + $0 }
      }
    }
    if let element = SyntaxCatalog.standard.elements.first(where: { $0.name == row.text }) {
      lines += StyledText.wrap(element.meaning, width: width)
    }
    return lines
  }
}
