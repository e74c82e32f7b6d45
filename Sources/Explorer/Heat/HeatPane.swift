import NNRAnalysis
import NNRReport
import PlainText
import TerminalScreen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
      row: window.row + (point.y - rect.y) * window.tall,
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
    let tall = cellSize(rows, area.height)
    let wide = cellSize(grid.width, area.width)
    let height = min(area.height, (rows + tall - 1) / tall)
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
    if !evenIfSame, let image = document.heatImage, image.window == window,
      image.member == member
    {
      return []
    }
    if !evenIfSame, document.heatWanted == window, running[.heat] != nil { return [] }
    document.heatWanted = window
    return start(
      .heat(
        grid, rowBits: tensor.end?.rowBits ?? [], window, member: member,
        isRaw: tensor.start.tensor.quantizer == .raw))
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
      rows: window.height, columns: window.width, selection: at
    ) { row, column in
      let place = row * window.width + column
      guard cells.indices.contains(place), !cells[place].isNaN else { return .nan }
      guard scale > 0 else { return 0 }
      // Whole rows of zeros must not hide what is between them.
      return cell.mode == .zeros ? log(1 + cells[place]) / log(1 + scale) : cells[place] / scale
    }.draw(on: &grid, in: area)
    drawBlocks(&grid, area, window)
    if rect.height >= 7 { drawHeatScale(&grid, rect, area.maxY - rect.y, image, scale) }
    drawCellLines(&grid, rect)
  }

  /// The value of a full cell.
  private func heatScale(_ image: HeatImage) -> Double {
    switch document.cell.mode {
    case .zeros, .bits: image.greatest[document.cell.mode] ?? 0
    case .level:
      document.cell.scalesToStream
        ? max(document.figures.greatestLevel, image.greatest[.level] ?? 0)
        : image.greatest[.level] ?? 0
    }
  }

  /// Underlines the last row and marks the first column of each block of the scan, where cells are not larger than blocks.
  private func drawBlocks(_ grid: inout Grid, _ area: Rect, _ window: HeatWindow) {
    guard let block = tensorBlock else { return }
    if window.tall < block.height {
      for line in 0..<window.height {
        let next = window.row + (line + 1) * window.tall
        guard next / block.height > (next - window.tall) / block.height else { continue }
        grid.restyle(area.row(line).columns(from: 0, count: window.width)) {
          $0.attributes.insert(.underline)
        }
      }
    }
    guard window.wide < block.width, area.height > window.height else { return }
    // Ticks below the map show where blocks begin from left to right.
    let ticks = area.row(window.height)
    for column in 0..<window.width {
      let first = window.column + column * window.wide
      let isStart =
        first % block.width == 0 || first / block.width != (first - window.wide) / block.width
      if isStart { grid.write("'", at: Point(column, 0), in: ticks, style: .dim) }
    }
  }

  private func drawHeatScale(
    _ grid: inout Grid, _ rect: Rect, _ row: Int, _ image: HeatImage, _ scale: Double
  ) {
    let cell = document.cell
    let line = rect.row(row)
    var text = StyledText(cell.mode.summary, .heading)
    text.append(" 0 ", .dim)
    for step in 0...8 {
      let value = Double(step) / 8
      text.append(grid.glyphs.shade(value), Style(.heat(value)))
    }
    text.append(" \(NumberFormat.significant(scale, digits: 3))", .number)
    text.append(cell.scalesToStream && cell.mode == .level ? " (stream)" : "", .dim)
    let window = image.window
    if window.tall > 1 || window.wide > 1 {
      text.append(" · a cell is \(window.tall) × \(window.wide) weights", .dim)
    }
    if let block = tensorBlock {
      text.append(" · scan blocks \(block.height) × \(block.width)", .dim)
    }
    grid.write(fitting: text, in: line)
  }
}
