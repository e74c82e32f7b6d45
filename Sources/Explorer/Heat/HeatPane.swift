import NNRAnalysis
import NNRReport
import PlainText
import TerminalScreen

extension Pane {
  /// The selected tensor as shaded cells.
  public static let heat = Pane("heat", "Heat map")
}

/// The selected tensor as shaded cells.
struct HeatView: WeightView {
  let pane = Pane.heat
  let commands = Command.heat

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawHeat(&grid, rect)
  }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int { max(1, model.heatArea(rect).height) }

  func cellSize(_ model: ExplorerModel) -> (tall: Int, wide: Int) {
    let window = model.document.heatImage?.window
    return (window?.tall ?? 1, window?.wide ?? 1)
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] { model.showWeights(.values) }

  func enterHint(_ model: ExplorerModel) -> String? { "values" }

  func click(_ point: Point, _ rect: Rect, _ model: inout ExplorerModel) {
    guard let window = model.document.heatImage?.window, model.heatArea(rect).contains(point)
    else { return }
    model.moveCell(
      row: window.row + (point.y - rect.y) * (model.pairsHeat ? 2 : 1) * window.tall,
      column: window.column + (point.x - rect.x) * window.wide)
  }

  func follow(_ model: inout ExplorerModel) -> [Effect] { model.refreshHeat() }
}

/// The heat map of the selected tensor.
extension ExplorerModel {
  /// The room of the cells.
  func heatArea(_ rect: Rect) -> Rect {
    rect.rows(from: 0, count: max(1, rect.height - cellRoom(rect) - (rect.height >= 7 ? 2 : 0)))
  }

  /// The window that fits the tensor into a region, with the cursor in it.
  func heatWindow(_ rect: Rect) -> HeatWindow? {
    guard let tensor = shownTensor, let grid = tensor.grid else { return nil }
    let area = heatArea(rect)
    let rows = max(
      1, tensor.start.tensor.quantizer == .raw ? grid.rows : max(1, tensor.start.tensor.rows))
    guard !area.isEmpty else { return nil }
    // Each step of the zoom halves the weights in a cell, down to one.
    func cellSize(_ count: Int, _ room: Int) -> Int {
      max(1, ((count + room - 1) / room) >> min(document.cell.zoom, 62))
    }
    let lines = area.height * (pairsHeat ? 2 : 1)
    let tall = cellSize(rows, lines)
    let wide = cellSize(grid.width, area.width)
    let height = min(lines, (rows + tall - 1) / tall)
    let width = min(area.width, (grid.width + wide - 1) / wide)
    func first(_ cursor: Int, _ size: Int, _ shown: Int, _ before: Int?, _ count: Int) -> Int {
      let cell = cursor / size
      var start = (before ?? 0) / size
      if cell < start { start = cell }
      if cell >= start + shown { start = cell - shown + 1 }
      return min(max(0, start), max(0, (count + size - 1) / size - shown)) * size
    }
    let before = document.heatImage?.window
    return HeatWindow(
      row: first(document.cell.row, tall, height, before?.row, rows),
      column: first(document.cell.column, wide, width, before?.column, grid.width),
      height: height, width: width, tall: tall, wide: wide)
  }

  /// Begins to work out the cells that are to be shown, if that is needed.
  mutating func refreshHeat(evenIfSame: Bool = false) -> [Effect] {
    guard let rect = layout.body(.heat), let window = heatWindow(rect),
      let tensor = shownTensor, let grid = tensor.grid, let member = shownMember
    else { return [] }
    let isRaw = tensor.start.tensor.quantizer == .raw
    // What every weight pays takes a step for each bin: it is looked for when it is to be seen, and once.
    let wantsBits =
      document.cell.mode == .bits && document.weightBits == nil && !isRaw && tensor.end != nil
    if !evenIfSame, !wantsBits, let image = document.heatImage, image.window == window,
      image.member == member
    {
      return []
    }
    if !evenIfSame, document.heatWanted == window, running[.heat] != nil { return [] }
    document.heatWanted = window
    let (source, coded) = (document.source, tensor.start.tensor)
    var costs: (@Sendable (@Sendable () -> Bool) -> [Float])?
    if wantsBits {
      costs = { shouldStop in
        WeightCosts(source.session, stream: source.number, coded, shouldStop: shouldStop)?.bits
          ?? []
      }
    }
    return start(
      .heat(
        grid, rowBits: tensor.end?.rowBits ?? [], bits: document.weightBits ?? [], costs: costs,
        window, member: member, isRaw: isRaw))
  }

  /// Draws the cells, their scale and what is under the cursor.
  func drawHeat(_ grid: inout Grid, _ rect: Rect) {
    guard cellProblem == nil, let image = document.heatImage, image.member == shownMember else {
      grid.write(fitting: StyledText(cellProblem ?? "working it out …", .dim), in: rect.row(0))
      return grid.placeCursor(Point(0, 0), in: rect)
    }
    let cell = document.cell
    let window = image.window
    let cells = image.cells[cell.mode] ?? []
    let scale = heatScale(image)
    let area = heatArea(rect)
    let at = Point(
      (cell.column - window.column) / window.wide, (cell.row - window.row) / window.tall)
    HeatMap(
      rows: window.height, columns: window.width, selection: at, isPaired: pairsHeat
    ) { row, column in
      let place = row * window.width + column
      if let odd = image.oddities[place] { return odd }
      guard cells.indices.contains(place), !cells[place].isNaN else { return .unknown }
      return scale.value(cells[place])
    }.draw(on: &grid, in: area)
    drawBlocks(&grid, area, window)
    if rect.height >= 7 { drawHeatScale(&grid, rect, area.maxY - rect.y, image, scale) }
    drawCellLines(&grid, rect)
  }

  /// From which value to which cells are shaded.
  private func heatScale(_ image: HeatImage) -> HeatScale {
    let cell = document.cell
    let greatest = max(document.figures.greatestLevel, image.greatest[cell.mode] ?? 0)
    if cell.scalesToStream, cell.mode == .level { return HeatScale(.level, 0, greatest) }
    if cell.scalesToStream, cell.mode == .signed { return HeatScale(.signed, -greatest, greatest) }
    return HeatScale(cell.mode, image.cells[cell.mode] ?? [], isWhole: cell.scalesToEnds)
  }

  /// Underlines the last row and marks the first column of each block of the scan, where cells are not larger than blocks.
  private func drawBlocks(_ grid: inout Grid, _ area: Rect, _ window: HeatWindow) {
    guard let block = tensorBlock else { return }
    if window.tall < block.height, !pairsHeat {
      for line in 0..<window.height {
        let next = window.row + (line + 1) * window.tall
        guard next / block.height > (next - window.tall) / block.height else { continue }
        grid.restyle(area.row(line).columns(from: 0, count: window.width)) {
          $0.attributes.insert(.underline)
        }
      }
    }
    let lines = pairsHeat ? (window.height + 1) / 2 : window.height
    guard window.wide < block.width, area.height > lines else { return }
    // Ticks below the map show where blocks begin from left to right.
    let ticks = area.row(lines)
    for column in 0..<window.width {
      let first = window.column + column * window.wide
      let isStart =
        first % block.width == 0 || first / block.width != (first - window.wide) / block.width
      if isStart { grid.write("'", at: Point(column, 0), in: ticks, style: .dim) }
    }
  }

  /// What the shades mean, with numbers.
  private func drawHeatScale(
    _ grid: inout Grid, _ rect: Rect, _ row: Int, _ image: HeatImage, _ scale: HeatScale
  ) {
    let cell = document.cell
    var text = StyledText(cell.mode.summary(image), .heading)
    func show(_ value: HeatValue) {
      let (glyph, style) = value.glyph(grid.glyphs)
      if pairsHeat, let shade = value.shade {
        text.append(" ", Style(nil, over: shade))
      } else {
        text.append(glyph, style)
      }
    }
    let ends = scale.ends
    text.append(" \(ends.low) ", .number)
    for step in 0...8 {
      let share = Double(step) / 8
      show(cell.mode == .signed ? .signed(2 * share - 1) : .share(share))
    }
    text.append(" \(ends.high)", .number)
    for (value, name, count) in [
      (HeatValue.nan, "NaN", image.odd.nan), (.infinite(negative: false), "inf", image.odd.above),
      (.infinite(negative: true), "-inf", image.odd.below),
    ] where count > 0 {
      text.append("  ")
      show(value)
      text.append(" \(NumberText.grouped(count)) \(name)", .error)
    }
    let isOfStream = cell.scalesToStream && [.level, .signed].contains(cell.mode)
    text.append(isOfStream ? " (stream)" : cell.scalesToEnds ? " (all)" : " (2–98 %)", .dim)
    let window = image.window
    if window.tall > 1 || window.wide > 1 {
      text.append(" · a cell is \(window.tall) × \(window.wide) weights", .dim)
    }
    if let block = tensorBlock {
      text.append(" · scan blocks \(block.height) × \(block.width)", .dim)
    }
    grid.write(fitting: text, in: rect.row(row))
  }
}
