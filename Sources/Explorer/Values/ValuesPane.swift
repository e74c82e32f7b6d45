import NNRAnalysis
import NNRModel
import NNRReport
import PlainText
import TerminalScreen

extension Pane {
  /// The selected tensor as numbers.
  public static let values = Pane("values", "Values")
}

/// The selected tensor as numbers.
struct ValuesView: WeightView {
  let pane = Pane.values

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawValues(&grid, rect)
  }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int { max(1, model.valueArea(rect).height) }

  func click(_ point: Point, _ rect: Rect, _ model: inout ExplorerModel) {
    let area = model.valueArea(rect)
    guard area.contains(point) else { return }
    model.moveCell(
      row: model.document.cell.top + point.y - area.y,
      column: model.document.cell.left + (point.x - area.x) / ExplorerModel.valueWidth)
  }
}

/// A view of the weights of the selected tensor, with a cursor on one of them that all of them share.
protocol WeightView: View {
  /// The weights that a step of the cursor passes.
  func cellSize(_ model: ExplorerModel) -> (tall: Int, wide: Int)
}

extension WeightView {
  var subject: ViewSubject { .weights }

  func cellSize(_ model: ExplorerModel) -> (tall: Int, wide: Int) { (1, 1) }

  func note(_ model: ExplorerModel) -> String { model.cellNote }

  func move(_ motion: Motion, _ model: inout ExplorerModel) {
    model.document.cell.target = nil
    let (cell, step) = (model.document.cell, cellSize(model).tall)
    let page = step * max(1, model.page(pane))
    switch motion {
    case .up: model.moveCell(row: cell.row - step, column: cell.column)
    case .down: model.moveCell(row: cell.row + step, column: cell.column)
    case .pageUp: model.moveCell(row: cell.row - page, column: cell.column)
    case .pageDown: model.moveCell(row: cell.row + page, column: cell.column)
    case .halfPageUp: model.moveCell(row: cell.row - max(1, page / 2), column: cell.column)
    case .halfPageDown: model.moveCell(row: cell.row + max(1, page / 2), column: cell.column)
    case .home: model.moveCell(row: 0, column: 0)
    case .end: model.moveCell(row: .max, column: .max)
    }
  }

  func move(sideways step: Int, _ model: inout ExplorerModel) -> [Effect] {
    let cell = model.document.cell
    model.moveCell(row: cell.row, column: cell.column + step * cellSize(model).wide)
    return model.decodeSelection()
  }
}

/// The numbers of the selected tensor, with a cursor.
extension ExplorerModel {
  /// Columns of a number and the blank before it.
  static let valueWidth = 11

  /// Draws the numbers, or the codebook, over what is known of the one under the cursor.
  func drawValues(_ grid: inout Grid, _ rect: Rect) {
    if let problem = cellProblem {
      grid.write(fitting: StyledText(problem, .dim), in: rect.row(0))
      return grid.placeCursor(Point(0, 0), in: rect)
    }
    if document.cell.showsCodebook {
      drawCodebook(&grid, rect.rows(from: 0, count: rect.height - cellRoom(rect)))
    } else {
      drawNumbers(&grid, rect)
    }
    drawCellLines(&grid, rect)
  }

  /// The lines below the numbers.
  func cellRoom(_ rect: Rect) -> Int { rect.height >= 9 ? 4 : rect.height >= 5 ? 2 : 0 }

  /// Draws what is known of the weight under the cursor.
  func drawCellLines(_ grid: inout Grid, _ rect: Rect) {
    let room = cellRoom(rect)
    for (line, text) in cellLines(rect.width).prefix(room).enumerated() {
      grid.write(fitting: text, in: rect.row(rect.height - room + line))
    }
  }

  /// Where the numbers stand.
  func valueArea(_ rect: Rect) -> Rect {
    let lead = valueLead
    return rect.columns(from: lead).rows(from: 1, count: rect.height - 1 - cellRoom(rect))
  }

  private var valueLead: Int { String(shownGrid?.rows ?? 0).count + 1 }

  private func drawNumbers(_ grid: inout Grid, _ rect: Rect) {
    guard let levels = shownGrid, let tensor = shownTensor else { return }
    let cell = document.cell
    let area = valueArea(rect)
    let columns = max(1, area.width / Self.valueWidth)
    let block = tensorBlock
    let dequantizer = tensor.start.dequantizer
    let hidesCell = hidden.hides(.level)
    for line in -1..<area.height {
      let row = cell.top + line
      if line >= 0, row >= levels.rows { break }
      let whole = Rect(x: rect.x, y: area.y + line, width: rect.width, height: 1)
      let label = line < 0 ? (valueLead > 3 ? "row" : "") : "\(row)"
      // The blocks of the scan begin with a brighter label.
      let isStart = line >= 0 && block.map { row % $0.height == 0 } ?? false
      grid.write(
        fitting: StyledText(label, isStart ? .heading : .dim), align: .right,
        in: whole.columns(from: 0, count: valueLead - 1))
      for place in 0..<columns {
        let column = cell.left + place
        guard column < levels.width else { break }
        let room = whole.columns(
          from: valueLead + place * Self.valueWidth, count: Self.valueWidth - 1)
        let text: StyledText
        if line < 0 {
          let isStart = block.map { column % $0.width == 0 } ?? false
          text = StyledText("\(column)", isStart ? .heading : .dim)
        } else if let level = levels[row, column] {
          let value =
            cell.showsLevels && tensor.start.tensor.quantizer != .raw
            ? "\(level)"
            : dequantizer.value(level).map { NumberFormat.significant($0, digits: 4) } ?? "?"
          let isHidden = hidesCell && row == cell.row && column == cell.column
          text =
            isHidden
            ? StyledText(HiddenValues.mark, .tentative)
            : StyledText(value, level == 0 ? .dim : .number)
        } else {
          text = StyledText("…", .tentative)
        }
        grid.write(fitting: text, align: .right, in: room)
        if line >= 0, row == cell.row, column == cell.column {
          grid.highlight(room, .selection)
          grid.placeCursor(Point(0, 0), in: room)
        }
      }
    }
  }

  /// The blocks that the tensor is scanned in; nil for rows.
  var tensorBlock: (height: Int, width: Int)? {
    guard let tensor = shownTensor, let geometry = LevelChain(figures: tensor).geometry,
      geometry.scanOrder > 0
    else { return nil }
    return (geometry.blockHeight, geometry.blockWidth)
  }

  private func drawCodebook(_ grid: inout Grid, _ rect: Rect) {
    guard let tensor = shownTensor, let codebook = tensor.start.tensor.codebook else {
      grid.write(fitting: StyledText("this tensor has no codebook", .dim), in: rect.row(0))
      return grid.placeCursor(Point(0, 0), in: rect)
    }
    let dequantizer = tensor.start.dequantizer
    let level = shownGrid?[document.cell.row, document.cell.column] ?? 0
    let columns = [
      TableColumn("entry", .right, width: 6), TableColumn("level", .right, width: 7),
      TableColumn("integer", .right, width: 11, priority: 1),
      TableColumn("weight", .right, width: 14, priority: 2),
      TableColumn("used", .right, width: 11, priority: 3),
    ]
    let counts = tensor.levels.counts
    let selection = Int(level) + codebook.zeroOffset
    TableView(
      ListState(selection: selection), columns: columns, count: codebook.values.count
    ) { entry in
      let level = entry - codebook.zeroOffset
      let weight = Int32(exactly: level).flatMap { dequantizer.value($0) }
      return [
        StyledText("\(entry)", .dim), StyledText("\(level)", .number),
        StyledText("\(codebook.values[entry])", .number),
        StyledText(weight.map { NumberFormat.significant($0, digits: 7) } ?? "?", .number),
        StyledText(
          NumberText.grouped(
            Int(clamping: Int32(exactly: level).map { counts.count(of: $0) } ?? 0)),
          .number),
      ]
    }.draw(on: &grid, in: rect)
  }

  /// The name, shape and role of the tensor shown.
  var cellNote: String {
    guard let tensor = shownTensor?.start.tensor else { return "" }
    let shape = tensor.dimensions?.map { "\($0)" }.joined(separator: "×") ?? "?"
    let members = document.tensorView?.tensors.count ?? 1
    let role =
      members > 1 ? " · \(tensor.role.rawValue) (\((shownMember ?? 0) + 1)/\(members))" : ""
    return ShownText.line(tensor.name) + " · " + shape + role
  }
}
