import NNRAnalysis
import NNRModel
import NNRReport
import PlainText
import TerminalScreen

extension Pane {
  /// Who paid which bits.
  public static let costs = Pane("costs", "Costs")
}

/// Who paid which bits, by names or along the file.
struct CostsView: View {
  let pane = Pane.costs
  let commands = Command.costs
  let isInBar = true

  func lines(_ model: ExplorerModel) -> LineList? {
    let costs = model.document.costs
    let sheet = model.document.figures.costs
    guard costs.mode == .tree else {
      return LineList(
        state: \.document.costs.unitList, count: sheet?.ledger.units.count ?? 0
      ) { line in
        guard let sheet else { return [] }
        let unit = sheet.ledger.units[line]
        return [unit.type?.name ?? ""] + sheet.ledger.tensors[unit.tensors].map(\.name)
      }
    }
    return LineList(state: \.document.costs.list, count: costs.rows.count) { line in
      switch costs.rows[line] {
      case .node(let place): sheet.map { [$0.tree.nodes[place].name] } ?? []
      case .cost(_, let costClass): [costClass.name]
      case .parts, .part, .more: []
      }
    }
  }

  func selection(ofLine line: Int, _ model: ExplorerModel) -> Selection? {
    model.placeOfCost(line).map {
      Selection(document: model.current, location: $0, member: model.costTensor(line)?.place)
    }
  }

  func line(of selection: Selection, _ model: ExplorerModel) -> Int? {
    guard model.document.costs.mode == .tree else { return selection.location.unit }
    guard let sheet = model.document.figures.costs else { return nil }
    // Names only: a unit is looked for, and what is opened below it is not.
    let units = sheet.ledger.units
    guard units.indices.contains(selection.location.unit) else { return nil }
    let tensors = Array(units[selection.location.unit].tensors)
    let member = selection.member ?? 0
    let node =
      tensors.indices.contains(member)
      ? sheet.nodeOfTensor[tensors[member]] : sheet.nodeOfUnit[selection.location.unit]
    var place: Int? = node
    while let here = place {
      if let line = model.document.costs.rows.firstIndex(of: .node(here)) { return line }
      place = sheet.tree.nodes[here].parent
    }
    return nil
  }

  func note(_ model: ExplorerModel) -> String { model.costsNote }

  func hints(_ model: ExplorerModel) -> [KeyHint] {
    [KeyHint(model.shownKey(of: "advice"), "what would save bits", priority: 6)]
  }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawCosts(&grid, rect)
  }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int {
    max(1, rows(model, rect).height - 1)
  }

  /// The part that lists rows, below its heading.
  private func rows(_ model: ExplorerModel, _ rect: Rect) -> Rect {
    let body = model.costParts(rect).body
    return model.document.costs.mode == .units ? model.unitRows(body) : body
  }

  func move(sideways step: Int, _ model: inout ExplorerModel) -> [Effect] {
    step > 0 ? model.rightInCosts() : model.leftInCosts()
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] { model.enterCost() }

  func enterHint(_ model: ExplorerModel) -> String? { "open" }

  func click(_ point: Point, _ rect: Rect, _ model: inout ExplorerModel) {
    let rows = rows(model, rect)
    if model.document.costs.mode == .tree, let sheet = model.document.figures.costs {
      let (table, columns) = model.costTable(sheet, rows, .block)
      if let heading = table.heading(at: point, in: rows) {
        return model.sortCosts(byHeading: columns[heading])
      }
    }
    model.clickLine(point.y - rows.y, of: pane)
  }

  func follow(_ model: inout ExplorerModel) -> [Effect] {
    let effects = model.beginFigures()
    model.arrangeCosts()
    return effects
  }

  func escape(_ model: inout ExplorerModel) -> [Effect]? {
    guard !model.document.costs.filter.isEmpty else { return nil }
    model.filterCosts("")
    return []
  }

  func filter(_ model: ExplorerModel) -> (any ViewFilter)? {
    model.document.costs.mode == .tree ? CostFilter() : nil
  }

  var orders: [String] { CostsState.Order.allCases.map(\.key) }

  func sort(_ order: NamedOrder, _ model: inout ExplorerModel) { model.sortCosts(order) }

  func sort(next: Bool, _ model: inout ExplorerModel) { model.sortCosts(next: next) }

  func tensor(_ model: ExplorerModel) -> CodedTensor? {
    model.costTensor(model.selectedLine(of: pane))
  }
}

/// Names that hold a text, with what is around and below them.
struct CostFilter: ViewFilter {
  func text(_ model: ExplorerModel) -> String { model.document.costs.filter }

  func set(_ text: String, _ model: inout ExplorerModel) -> [Effect] {
    model.filterCosts(text)
    return []
  }

  func accept(_ text: String, _ model: inout ExplorerModel) {
    model.tell(
      model.costsNote + (text.isEmpty ? "" : "; \(model.shownKey(of: "escape")) shows all"))
  }

  func verdict(_ text: String, _ model: ExplorerModel) -> (PromptLine.Validity, StyledText) {
    guard !text.isEmpty else { return (.unknown, StyledText("a part of a name", .dim)) }
    let count = model.document.costs.rows.count {
      if case .node(let node) = $0 { node > 0 } else { false }
    }
    return (
      (model.document.costs.fitting?.count ?? 2) > 1 ? .valid : .invalid,
      StyledText(NumberText.count(count, "name"), .dim)
    )
  }
}

/// The costs view by names.
extension ExplorerModel {
  static let costColumns =
    [
      TableColumn("bit/w", .right, width: 7, priority: 14),
      TableColumn("bytes", .right, width: 10, max: 13, weight: 1, priority: 15),
      TableColumn("%", .right, width: 5, priority: 16),
      TableColumn("", width: 6, max: 16, weight: 1, priority: 12),
      TableColumn("layer", width: 16, weight: 8, priority: 20, cut: .shared),
    ]
    + CostGroup.allCases.map {
      TableColumn($0.heading, .right, width: $0.heading.count < 4 ? 4 : 5, priority: 9 - $0.place)
    }

  /// Draws the table and, where there is room, what the bits are spent on.
  func drawCosts(_ grid: inout Grid, _ rect: Rect) {
    guard let sheet = document.figures.costs else {
      grid.write(fitting: StyledText("reading headers …", .dim), in: rect.row(0))
      return grid.placeCursor(Point(0, 0), in: rect)
    }
    let (body, panel) = costParts(rect)
    if document.costs.mode == .units {
      drawUnitCosts(&grid, body, sheet)
    } else {
      drawCostTree(&grid, body, sheet)
    }
    if let panel { drawBreakdown(&grid, panel, sheet) }
  }

  /// The room for rows, and that for the breakdown.
  func costParts(_ rect: Rect) -> (body: Rect, panel: Rect?) {
    guard rect.height >= 10 else { return (rect, nil) }
    return (rect.rows(from: 0, count: rect.height - 4), rect.rows(from: rect.height - 3))
  }

  private func drawCostTree(_ grid: inout Grid, _ rect: Rect, _ sheet: CostSheet) {
    costTable(sheet, rect, grid.glyphs).table.draw(on: &grid, in: rect)
  }

  /// The tree as a table for a region, and the places of its columns in `costColumns`.
  ///
  /// Groups that the stream does not pay leave their columns to the names.
  func costTable(_ sheet: CostSheet, _ rect: Rect, _ glyphs: GlyphSet) -> (
    table: TableView, columns: [Int]
  ) {
    let (costs, parts) = (document.costs, document.figures.parts)
    let paid = CostSheet.groups(sheet.totals)
    let columns = Self.costColumns.indices.filter { $0 < 5 || paid[$0 - 5] != 0 }
    var table = TableView(
      costs.list, columns: columns.map { Self.costColumns[$0] }, count: costs.rows.count,
      sort: costSort.flatMap { sort in
        columns.firstIndex(of: sort.column).map {
          SortMark(column: $0, descending: sort.descending)
        }
      }
    ) { _ in [] }
    let total = Double(sheet.ledger.size) * 8
    let width = rect.width - (costs.rows.count > table.page(rect) ? 2 : 0)
    let places = table.placement(width: width)
    let bar = places.first { $0.column == 3 }?.width ?? 8
    let room = places.first { $0.column == 4 }?.width ?? 16
    table.row = { row in
      guard costs.rows.indices.contains(row) else { return [] }
      let cells = Self.costCells(costs.rows[row], costs, parts, sheet, total, bar, room, glyphs)
      return columns.map { cells.indices.contains($0) ? cells[$0] : "" }
    }
    return (table, columns)
  }

  private var costSort: SortMark? {
    let costs = document.costs
    switch costs.order {
    case .bits: return SortMark(column: 1, descending: !costs.isReversed)
    case .bitsPerWeight: return SortMark(column: 0, descending: !costs.isReversed)
    case .name: return SortMark(column: 4, descending: costs.isReversed)
    case .stream: return nil
    default:
      return costs.order.group.map { SortMark(column: 5 + $0, descending: !costs.isReversed) }
    }
  }

  private static func costCells(
    _ row: CostsState.Row, _ costs: CostsState, _ parts: [CostsState.PartsKey: TensorParts],
    _ sheet: CostSheet, _ total: Double, _ bar: Int, _ room: Int, _ glyphs: GlyphSet
  ) -> [StyledText] {
    let tree = sheet.tree
    switch row {
    case .node(let place):
      let node = tree.nodes[place]
      let isTensor: Bool = if case .tensor = node.kind { true } else { false }
      let state: TreeRow.State =
        switch costs.isOpen(row, sheet) {
        case nil: .leaf
        case true?: .open
        case false?: .closed
        }
      let name = place == 0 ? "(stream)" : ShownText.line(node.name)
      let label = StyledText(name, isTensor ? .name : .heading)
      let weight = node.bitsPerWeight.map { NumberText.fixed($0, 3) } ?? ""
      let shares = sheet.groups(of: place).map { bits in
        // A share below a half per cent is still a share.
        StyledText(
          bits > 0 && node.bits > 0
            ? bits / node.bits < 0.005 ? "<1" : NumberText.fixed(bits * 100 / node.bits, 0) : "",
          .number)
      }
      return [StyledText(weight, .number)]
        + amount(node.bits, total, bar, glyphs)
        + [TreeRow.text(depth: node.depth, state, label, glyphs: glyphs, indentLimit: 16)] + shares
    case .cost(let place, let costClass):
      let node = tree.nodes[place]
      let bits = node.costs[costClass]
      let bins = node.costs.bins(costClass)
      var label = StyledText(costClass == .unparsed ? "not decoded" : costClass.name, .coded)
      if bins > 0, room >= 34 { label.append("  \(NumberText.count(bins, "bin"))", .dim) }
      let weight = node.weights > 0 ? NumberText.fixed(bits / Double(node.weights), 3) : ""
      return [StyledText(weight, .dim)]
        + amount(bits, total, bar, glyphs)
        + [TreeRow.text(depth: node.depth + 1, .leaf, label, glyphs: glyphs, indentLimit: 16)]
    case .parts(let key):
      let isOpen = costs.isOpen(row, sheet) ?? false
      let label =
        isOpen && parts[key] == nil
        ? StyledText("\(key.kind.rawValue), being decoded …", .tentative)
        : StyledText(key.kind.rawValue, .heading)
      return [
        "", "", "", "",
        TreeRow.text(
          depth: tree.nodes[key.node].depth + 1, isOpen ? .open : .closed, label, glyphs: glyphs,
          indentLimit: 16),
      ]
    case .part(let key, let number):
      guard let lines = parts[key]?.lines, lines.indices.contains(number) else { return [] }
      let line = lines[number]
      var label = StyledText(line.title)
      if line.isSkipped == true { label.append(" skipped", .dim) }
      let weight = line.bitsPerWeight ?? line.bits
      return [StyledText(NumberText.fixed(weight, 3), .number)]
        + amount(line.bits, total, bar, glyphs)
        + [
          TreeRow.text(
            depth: tree.nodes[key.node].depth + 2, .leaf, label, glyphs: glyphs, indentLimit: 16)
        ]
    case .more(let key, let count):
      let label = StyledText("… \(NumberText.grouped(count)) more \(key.kind.rawValue)", .dim)
      return [
        "", "", "", "",
        TreeRow.text(
          depth: tree.nodes[key.node].depth + 2, .leaf, label, glyphs: glyphs, indentLimit: 16),
      ]
    }
  }

  /// Bytes, share and bar of a number of bits.
  static func amount(_ bits: Double, _ total: Double, _ bar: Int, _ glyphs: GlyphSet)
    -> [StyledText]
  {
    let share = total > 0 ? bits / total : 0
    return [
      StyledText(bytes(bits), .number), StyledText(NumberText.fixed(share * 100, 1), .number),
      StyledText(glyphs.bar(share, width: bar), .bar),
    ]
  }

  /// Bits in bytes; with a decimal where they are few.
  static func bytes(_ bits: Double) -> String {
    let bytes = bits / 8
    if bytes == bytes.rounded(), bytes.magnitude < 1e15 { return NumberText.grouped(Int(bytes)) }
    return bytes.magnitude < 10_000
      ? NumberText.fixed(bytes, 1)
      : bytes.magnitude < 1e15 ? NumberText.grouped(Int(bytes.rounded())) : "\(bytes)"
  }

  /// The note in the frame.
  var costsNote: String {
    let costs = document.costs
    if costs.mode == .units {
      return (costs.isLogarithmic ? "log" : "linear") + (costs.isCumulative ? ", cumulative" : "")
    }
    let order = "by \(costs.order.rawValue)\(costs.isReversed ? ", turned round" : "")"
    return costs.filter.isEmpty ? order : "\(order), names with \(ShownText.line(costs.filter))"
  }
}
