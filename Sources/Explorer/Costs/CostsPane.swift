import NNRAnalysis
import NNRReport
import PlainText
import TerminalScreen

/// The costs view by names.
extension ExplorerModel {
  static let costColumns =
    [
      TableColumn("bit/w", .right, width: 7, priority: 14),
      TableColumn("bytes", .right, width: 10, max: 13, weight: 1, priority: 15),
      TableColumn("%", .right, width: 5, priority: 16),
      TableColumn("", width: 6, max: 16, weight: 1, priority: 12),
      TableColumn("layer", width: 16, weight: 8, priority: 20),
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
    let costs = document.costs
    let glyphs = grid.glyphs
    let total = Double(sheet.ledger.size) * 8
    var (table, columns) = costTable(sheet)
    let width = rect.width - (costs.rows.count > table.page(rect) ? 2 : 0)
    let bar = table.placement(width: width).first { $0.column == 3 }?.width ?? 8
    let room = table.placement(width: width).first { $0.column == 4 }?.width ?? 16
    table.row = { row in
      guard costs.rows.indices.contains(row) else { return [] }
      let cells = Self.costCells(costs.rows[row], costs, sheet, total, bar, room, glyphs)
      return columns.map { cells.indices.contains($0) ? cells[$0] : "" }
    }
    table.draw(on: &grid, in: rect)
  }

  /// The tree as a table without cells, and the places of its columns in `costColumns`.
  ///
  /// Groups that the stream does not pay leave their columns to the names.
  func costTable(_ sheet: CostSheet) -> (table: TableView, columns: [Int]) {
    let paid = CostSheet.groups(sheet.totals)
    let columns = Self.costColumns.indices.filter { $0 < 5 || paid[$0 - 5] != 0 }
    let table = TableView(
      document.costs.list, columns: columns.map { Self.costColumns[$0] },
      count: document.costs.rows.count,
      sort: costSort.flatMap { sort in
        columns.firstIndex(of: sort.column).map {
          SortMark(column: $0, descending: sort.descending)
        }
      }
    ) { _ in [] }
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
    _ row: CostsState.Row, _ costs: CostsState, _ sheet: CostSheet, _ total: Double, _ bar: Int,
    _ room: Int, _ glyphs: GlyphSet
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
        isOpen && costs.parts[key] == nil
        ? StyledText("\(key.kind.rawValue), being decoded …", .tentative)
        : StyledText(key.kind.rawValue, .heading)
      return [
        "", "", "", "",
        TreeRow.text(
          depth: tree.nodes[key.node].depth + 1, isOpen ? .open : .closed, label, glyphs: glyphs,
          indentLimit: 16),
      ]
    case .part(let key, let number):
      guard let lines = costs.parts[key]?.lines, lines.indices.contains(number) else { return [] }
      let line = lines[number]
      var label = StyledText(line.name)
      if line.isSkipped { label.append(" skipped", .dim) }
      let weight = line.bits / Double(max(1, line.weights))
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
