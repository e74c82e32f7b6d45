import NNRModel
import NNRSyntax
import PlainText
import TerminalScreen

extension Pane {
  /// The units, or the model.
  public static let outline = Pane("outline", "Outline")
}

/// The units in the order of the bits, or the hierarchy of names.
struct OutlineView: View {
  let pane = Pane.outline

  func caption(_ model: ExplorerModel) -> (title: StyledText, note: StyledText) {
    let document = model.document
    let title = document.projection == .bitstream ? "Bitstream" : "Model"
    let order = document.modelOutline.order
    let note = document.projection == .model && order != .stream ? " by \(order.rawValue)" : ""
    return (
      StyledText(title, .title),
      StyledText(
        (model.layout.body(.outline)?.width ?? 0) < 33 ? "bytes" : "bytes    %\(note)", .dim)
    )
  }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawOutline(&grid, rect)
  }

  func move(_ motion: Motion, _ model: inout ExplorerModel) {
    var list = model.document.outlineList
    list.move(motion, count: model.document.outlineCount, page: model.page(.outline))
    model.document.outlineList = list
    model.selectOutline(list.selection)
  }

  func move(sideways step: Int, _ model: inout ExplorerModel) -> [Effect] {
    if step < 0 {
      if !model.setOpen(false) { model.selectParent() }
    } else if !model.setOpen(true) {
      let row = model.document.outlineList.selection
      if model.isOpenRow(row) { model.selectOutline(row + 1) }
    }
    return model.decodeSelection()
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] {
    if !model.setOpen(true) { _ = model.setOpen(false) }
    return model.decodeSelection()
  }

  func click(_ point: Point, _ rect: Rect, _ model: inout ExplorerModel) {
    let count = model.document.outlineCount
    let row =
      model.document.outlineList.settled(count: count, page: rect.height).top
      + point.y - rect.y
    if point.y >= rect.y, row < count { model.selectOutline(row) }
  }

  func scroll(_ rows: Int, _ model: inout ExplorerModel) {
    model.document.outlineList.scroll(
      rows, count: model.document.outlineCount, page: model.page(.outline))
    model.selectOutline(model.document.outlineList.selection)
  }

  var orders: [String] { ModelOutline.Order.allCases.map(\.key) }

  func sort(_ named: NamedOrder, _ model: inout ExplorerModel) {
    guard let order = ModelOutline.Order.allCases.first(where: { $0.key == named.name }) else {
      return
    }
    // Sizes go down unless they are turned round.
    model.document.modelOutline.set(order, reversed: named.descending != (order == .size))
    tellOrder(&model)
  }

  func sort(next: Bool, _ model: inout ExplorerModel) {
    model.document.modelOutline.sort(next: next)
    tellOrder(&model)
  }

  private func tellOrder(_ model: inout ExplorerModel) {
    let outline = model.document.modelOutline
    model.tell("by \(outline.order.rawValue)\(outline.reversed ? ", turned round" : "")")
    model.follow()
  }
}

/// The outline in both orders.
extension ExplorerModel {
  /// Draws the rows.
  func drawOutline(_ grid: inout Grid, _ rect: Rect) {
    let glyphs = grid.glyphs
    let count = document.outlineCount
    let list = document.outlineList.settled(count: count, page: rect.height)
    let isModel = document.projection == .model
    let empty =
      !document.filter.isEmpty
      ? "nothing fits the filter (Esc clears it)"
      : isModel ? "reading names …" : "the file is empty"
    let bar = count > rect.height ? 1 : 0
    let width = rect.width - bar
    let shown = list.top..<max(list.top, min(count, list.top + rect.height))
    let rows = shown.map {
      isModel ? modelRow($0, width, glyphs) : bitstreamRow($0, width, glyphs)
    }
    // Names are cut where they do not differ from those around them.
    let lefts = StyledText.cut(
      rows.map(\.left),
      to: rows.map { row in
        let right = row.right.width(glyphs)
        return right > 0 && width > right + 12 ? width - right - 1 : width
      }, glyphs
    ).lines
    ListView(
      list, count: count, focus: hasKeyboard(.outline) ? .active : .inactive,
      placeholder: StyledText(empty, .dim)
    ) { row in
      guard shown.contains(row) else { return "" }
      return Self.line(lefts[row - list.top], rows[row - list.top].right, width, glyphs)
    }.draw(on: &grid, in: rect)
  }

  /// A row in two parts, of which the right one stays whole.
  private typealias OutlineRow = (left: StyledText, right: StyledText)

  private func bitstreamRow(_ row: Int, _ width: Int, _ glyphs: GlyphSet) -> OutlineRow {
    switch document.outline[row] {
    case .unit(let unit): unitRow(unit, width, glyphs)
    case .node(let unit, let node, let depth): nodeRow(unit, node, depth, width, glyphs)
    case nil: ("", "")
    }
  }

  private func unitRow(_ unit: Int, _ width: Int, _ glyphs: GlyphSet) -> OutlineRow {
    let entry = document.stream.index.entries[unit]
    let tree = document.stream.tree(unit)
    let worst = document.diagnostics(unit, tree).map(\.severity).min()
    var label = StyledText(entry.type?.name ?? "no unit", tree == nil ? .error : .normal)
    let note = document.unitNote(unit)
    if !note.isEmpty { label += StyledText(" " + note, .name) }
    if document.note(unit, nil, tree) != nil { label.append(Self.noteMark, .note) }
    let state: TreeRow.State =
      tree == nil ? .leaf : document.outline.isOpen(unit) ? .open : .closed
    let share = StyledText(
      pad(NumberText.grouped(entry.size), bytesWidth)
        + percent(entry.size, width), .number)
    return (mark(worst) + TreeRow.text(depth: 0, state, label, glyphs: glyphs), share)
  }

  private func nodeRow(
    _ unit: Int, _ place: Int, _ depth: Int, _ width: Int, _ glyphs: GlyphSet
  ) -> OutlineRow {
    guard let tree = document.stream.tree(unit), tree.nodes.indices.contains(place) else {
      return ("", "")
    }
    let node = tree.nodes[place]
    let hasChildren = node.end > place + 1
    let state: TreeRow.State =
      !hasChildren ? .leaf : document.outline.isOpen(unit, node: place) ? .open : .closed
    let isHidden = hidden.hides(element: node.element?.name)
    let value =
      node.element == nil || isHidden ? "" : node.valueName ?? ElementText.value(node)
    let room = width - 3 - 2 * depth - (node.isTentative ? 1 : 0)
    let name = ElementText.tail(node.name, max(8, room), glyphs)
    let showsValue = !value.isEmpty && name.count + 5 <= room
    var label = StyledText(name, node.element == nil ? .normal : .coded)
    if node.isTentative { label.append(glyphs.tentative, .tentative) }
    if document.note(unit, place, tree) != nil { label.append(Self.noteMark, .note) }
    if showsValue { label += StyledText(" = " + value, .number) }
    let left =
      mark(ElementText.worst(document.diagnostics(unit, tree), in: node.range))
      + TreeRow.text(depth: depth, state, label, glyphs: glyphs)
    let length = StyledText(NumberText.length(bits: node.range.length), .dim)
    // The length is the first to go: the syntax table has it too.
    let fits = left.width(glyphs) + length.width(glyphs) + 1 <= width
    return (left, fits ? length : "")
  }

  private func modelRow(_ row: Int, _ width: Int, _ glyphs: GlyphSet) -> OutlineRow {
    let model = document.modelOutline
    let shown = model.rows[row]
    let node = model.nodes[shown.node]
    let state: TreeRow.State =
      node.unit != nil ? .leaf : model.isOpen(shown.node) ? .open : .closed
    let fraction = Double(node.bytes) / Double(max(1, document.stream.size))
    var right = StyledText()
    let barWidth = min(16, width / 5)
    if width >= 36 {
      let bar = glyphs.bar(fraction, width: barWidth)
      right += StyledText(bar, .bar)
      right += StyledText(
        String(repeating: " ", count: max(0, barWidth - CellText.width(bar, glyphs: glyphs))))
    }
    right += StyledText(
      pad(NumberText.grouped(node.bytes), bytesWidth)
        + percent(node.bytes, width), .number)
    let label = StyledText(ShownText.line(shown.label), node.unit == nil ? .heading : .name)
    return (" " + TreeRow.text(depth: shown.depth, state, label, glyphs: glyphs), right)
  }

  /// Columns of byte counts: those of the whole file.
  private var bytesWidth: Int { NumberText.grouped(document.stream.size).count + 1 }

  /// The share of the file; left out where names need the room.
  private func percent(_ bytes: Int, _ width: Int) -> String {
    width < 32 ? "" : pad(NumberText.percentFigure(bytes, of: document.stream.size), 6)
  }

  private func mark(_ severity: Severity?) -> StyledText {
    guard let severity else { return " " }
    return StyledText(String(severity.letter), .of(severity))
  }

  private func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// A row with its right part kept at the right end; the left part is cut first.
  static func line(
    _ left: StyledText, _ right: StyledText, _ width: Int, _ glyphs: GlyphSet
  ) -> StyledText {
    let wanted = right.width(glyphs)
    guard wanted > 0, width > wanted + 12 else { return left.truncated(to: width, glyphs) }
    let left = left.truncated(to: width - wanted - 1, glyphs)
    let gap = max(0, width - wanted - left.width(glyphs))
    return left + StyledText(String(repeating: " ", count: gap)) + right
  }
}

extension Style {
  /// The look of a severity.
  static func of(_ severity: Severity) -> Style {
    switch severity {
    case .error: .error
    case .warning: .warning
    case .info: .info
    }
  }
}

extension DocumentState {
  /// What stands beside the type of a unit: names of tensors, a topology's format, a profile.
  func unitNote(_ unit: Int) -> String {
    guard let tree = stream.tree(unit), stream.index.entries.indices.contains(unit) else {
      return ""
    }
    switch stream.index.entries[unit].type {
    case .compressedData?:
      let names = stream.compressedDataUnit(unit)?.nameTexts ?? []
      guard let first = names.first.map(ShownText.line) else { return "" }
      return names.count > 1 ? "\(first) +\(names.count - 1)" : first
    case .topology?:
      return tree.node(of: .topologyStorageFormat)?.valueName ?? ""
    case .start?:
      return tree.number(of: .generalProfileIdc).map { "profile \($0)" } ?? ""
    default: return ""
    }
  }
}
