import NNRSyntax
import PlainText
import TerminalScreen

extension Pane {
  /// The elements of the selected unit.
  public static let syntax = Pane("syntax", "Syntax")
}

/// The elements of the selected unit, or the tables of the standard that they are in.
struct SyntaxView: View {
  let pane = Pane.syntax
  let commands = Command.standard

  func caption(_ model: ExplorerModel) -> (title: StyledText, note: StyledText) {
    (
      StyledText(model.unitTitle, .title),
      model.document.standard.isShown ? StyledText("standard", .dim) : ""
    )
  }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    if model.document.standard.isShown {
      model.drawStandard(&grid, rect)
    } else {
      model.drawSyntax(&grid, rect)
    }
  }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int {
    max(1, rect.height - (model.document.standard.isShown ? 0 : 1))
  }

  func move(_ motion: Motion, _ model: inout ExplorerModel) {
    if model.document.standard.isShown { return model.moveStandard(motion) }
    var list = model.document.syntaxList
    list.move(motion, count: model.document.syntax.places.count, page: model.page(.syntax))
    model.document.syntaxList = list
    model.selectSyntax(list.selection)
  }

  func move(sideways step: Int, _ model: inout ExplorerModel) -> [Effect] {
    model.focusPane(step < 0 ? .outline : .bits)
    return model.decodeSelection()
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] { move(sideways: 1, &model) }

  func enterHint(_ model: ExplorerModel) -> String? { "bits" }

  func click(_ point: Point, _ rect: Rect, _ model: inout ExplorerModel) {
    let isStandard = model.document.standard.isShown
    let (state, count) =
      isStandard
      ? (model.document.standard.list, model.document.standard.rows.count)
      : (model.document.syntaxList, model.document.syntax.places.count)
    let line = point.y - rect.y - (isStandard ? 0 : 1)
    let row = state.settled(count: count, page: page(model, rect)).top + line
    guard line >= 0, row < count else { return }
    if isStandard { model.selectStandard(row) } else { model.selectSyntax(row) }
  }
}

/// The elements of the selected unit as a table.
extension ExplorerModel {
  private static let columns = [
    TableColumn("", width: 1, priority: 9),
    TableColumn("bit", .right, width: 5, max: 8, weight: 1, priority: 6),
    TableColumn("len", .right, width: 5, priority: 3),
    TableColumn("desc", width: 6, priority: 4),
    TableColumn("element", width: 16, max: 46, weight: 8, priority: 9),
    TableColumn("value", width: 7, max: 34, weight: 2, priority: 9),
    TableColumn("meaning", width: 9, weight: 3, priority: 1),
  ]

  /// Draws heading and rows.
  func drawSyntax(_ grid: inout Grid, _ rect: Rect) {
    let glyphs = grid.glyphs
    let tree = document.tree
    let places = document.syntax.places
    let enclosing = enclosingNode
    let empty = document.entry == nil ? "no unit" : "these bytes are no unit; see Detail"
    var table = TableView(
      document.syntaxList, columns: Self.columns, count: places.count,
      focus: hasKeyboard(.syntax) ? .active : .inactive, placeholder: StyledText(empty, .dim)
    ) { _ in [] }
    // A scroll bar takes its column and the blank before it.
    let width = rect.width - (places.count > table.page(rect) ? 2 : 0)
    let nameWidth = table.placement(width: width).first { $0.column == 4 }?.width ?? 16
    table.row = { row in
      guard let tree, places.indices.contains(row) else { return [] }
      return self.syntaxRow(tree, places[row], enclosing, nameWidth, glyphs)
    }
    table.draw(on: &grid, in: rect)
  }

  /// The structure around the selected node, or the selected structure itself.
  private var enclosingNode: Range<Int>? {
    guard let tree = document.tree, let node = location.node, tree.nodes.indices.contains(node)
    else { return nil }
    let place = tree.nodes[node].element == nil ? node : tree.nodes[node].parent ?? 0
    return place..<tree.nodes[place].end
  }

  private func syntaxRow(
    _ tree: SyntaxTree, _ place: Int, _ enclosing: Range<Int>?, _ nameWidth: Int,
    _ glyphs: GlyphSet
  ) -> [StyledText] {
    let node = tree.nodes[place]
    let note = document.note(location.unit, place, tree)
    let worst =
      node.element == nil
      ? nil
      : ElementText.diagnostics(
        document.diagnostics(location.unit, tree), tree, at: place
      ).first?.severity
    let mark: StyledText =
      worst.map { StyledText(String($0.letter), .of($0)) }
      ?? (note != nil
        ? StyledText(Self.noteMark, .note)
        : node.isTentative
          ? StyledText(glyphs.tentative, .tentative)
          : enclosing?.contains(place) ?? false ? StyledText(glyphs.vertical, .frameLine) : "")
    let isPart = node.parent.map { tree.nodes[$0].element != nil } ?? false
    let lead = isPart ? "  " : ""
    let name = lead + ElementText.tail(node.name, nameWidth - lead.count, glyphs)
    let style: Style = node.element == nil ? .heading : node.isTentative ? .tentative : .coded
    let isHidden = hidden.hides(element: node.element?.name)
    return [
      mark, StyledText("\(node.range.start)", .dim), StyledText("\(node.range.length)", .dim),
      StyledText(node.descriptor.map { "\($0)" } ?? "", .descriptor),
      StyledText(name, style),
      isHidden
        ? StyledText(HiddenValues.mark, .tentative)
        : StyledText(ElementText.value(node), node.value.text == nil ? .number : .string),
      note.map { StyledText(ShownText.line($0), .note) }
        ?? StyledText(isHidden ? "" : node.valueName ?? "", .derived),
    ]
  }
}

extension Style {
  /// Lines that hold things together.
  static let frameLine = Style(.frame)
}
