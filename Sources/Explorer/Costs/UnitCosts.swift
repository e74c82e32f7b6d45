import NNRAnalysis
import NNRReport
import PlainText
import TerminalScreen

/// The costs view along the file: a chart of the sizes of units, and the units.
extension ExplorerModel {
  private static let columns = [
    TableColumn("unit", .right, width: 6, priority: 16),
    TableColumn("type", width: 8, priority: 12),
    TableColumn("names", width: 12, weight: 6, priority: 15, cut: .shared),
    TableColumn("bytes", .right, width: 10, max: 13, weight: 1, priority: 20),
    TableColumn("%", .right, width: 5, priority: 14),
    TableColumn("", width: 8, max: 24, weight: 2, priority: 11),
    TableColumn("sum %", .right, width: 6, priority: 10),
  ]

  /// Draws chart and units.
  func drawUnitCosts(_ grid: inout Grid, _ rect: Rect, _ sheet: CostSheet) {
    let list = unitRows(rect)
    if list.y > rect.y {
      drawUnitChart(&grid, rect.rows(from: 0, count: list.y - rect.y), sheet)
    }
    let units = sheet.ledger.units
    let glyphs = grid.glyphs
    let total = Double(sheet.ledger.size)
    let greatest = Double(units.map(\.size).max() ?? 0)
    let isLogarithmic = document.costs.isLogarithmic
    var table = TableView(
      document.costs.unitList, columns: Self.columns, count: units.count,
      placeholder: StyledText("the file is empty", .dim)
    ) { _ in [] }
    let width = list.width - (units.count > table.page(list) ? 2 : 0)
    let bar = table.placement(width: width).first { $0.column == 5 }?.width ?? 8
    table.row = { row in
      let unit = units[row]
      let names = sheet.ledger.tensors[unit.tensors].map(\.name).joined(separator: ", ")
      let size = Double(unit.size)
      let share = Self.scaled(size, greatest, isLogarithmic)
      return [
        StyledText("u\(unit.number)", .dim), StyledText(unit.type?.name ?? "no unit"),
        StyledText(ShownText.line(names), .name),
        StyledText(NumberText.grouped(unit.size), .number),
        StyledText(total > 0 ? NumberText.fixed(size * 100 / total, 1) : "-", .number),
        StyledText(glyphs.bar(share, width: bar), .bar),
        StyledText(
          total > 0
            ? NumberText.fixed(Double(unit.offset + unit.size) * 100 / total, 1) : "-", .dim),
      ]
    }
    table.draw(on: &grid, in: list)
  }

  /// The part of the view that lists units.
  func unitRows(_ rect: Rect) -> Rect {
    guard rect.height >= 12 else { return rect }
    return rect.rows(from: min(12, rect.height / 3) + 1)
  }

  /// A size as a share of the greatest one, linear or logarithmic.
  private static func scaled(_ size: Double, _ greatest: Double, _ isLogarithmic: Bool) -> Double {
    guard greatest > 0, size > 0 else { return 0 }
    guard isLogarithmic else { return size / greatest }
    return log2(size + 1) / log2(greatest + 1)
  }

  private func drawUnitChart(_ grid: inout Grid, _ rect: Rect, _ sheet: CostSheet) {
    let units = sheet.ledger.units
    guard !units.isEmpty, rect.height >= 3 else { return }
    let costs = document.costs
    let lead = min(10, rect.width / 4)
    let plot = rect.columns(from: lead).rows(from: 0, count: rect.height - 2)
    let columns = max(1, min(plot.width, units.count))
    // More units than columns share a column, and fewer get several.
    var values = [Double](repeating: 0, count: columns)
    for (place, unit) in units.enumerated() {
      let column = place * columns / units.count
      if costs.isCumulative {
        values[column] = Double(unit.offset + unit.size)
      } else {
        values[column] += Double(unit.size)
      }
    }
    let greatest = values.max() ?? 0
    let shown = values.map { Self.scaled($0, greatest, costs.isLogarithmic) }
    let wide = max(1, plot.width / columns)
    let selected = costs.unitList.settled(count: units.count, page: 1).selection
    let at = selected * columns / units.count
    for (column, share) in shown.enumerated() {
      for line in 0..<plot.height {
        let base = Double(plot.height - 1 - line)
        let fill = max(share > 0 ? 0.125 : 0, share * Double(plot.height)) - base
        guard fill > 0 else { continue }
        let cell = plot.columns(from: column * wide, count: max(1, wide - (wide > 2 ? 1 : 0)))
        grid.fill(cell.row(line), with: grid.glyphs.column(min(1, fill)), style: .bar)
      }
    }
    let axis = rect.columns(from: lead).row(rect.height - 2)
    grid.fill(
      axis.columns(from: 0, count: wide * columns), with: grid.glyphs.horizontal, style: .dim)
    grid.write(
      "^", at: Point(at * wide + (wide > 2 ? (wide - 1) / 2 : 0), 0), in: axis, style: .title)
    let names = StyledText(
      units.count > columns ? "\(NumberText.grouped(units.count)) units, some share a column" : "",
      .dim)
    grid.write(fitting: names, in: rect.columns(from: lead).row(rect.height - 1))
    let side = rect.columns(from: 0, count: lead - 1)
    grid.write(
      fitting: StyledText(NumberText.grouped(Int(greatest)) + " B", .dim), align: .right,
      in: side.row(0))
    grid.write(
      fitting: StyledText(costs.isLogarithmic ? "log" : "linear", .dim), align: .right,
      in: side.row(1))
  }
}

/// The binary logarithm of a positive number.
private func log2(_ x: Double) -> Double {
  guard x > 0, x.isFinite else { return 0 }
  // The fraction of a power of two is straight enough for a chart.
  return Double(x.exponent) + x.significand - 1
}
