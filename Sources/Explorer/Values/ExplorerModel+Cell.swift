import NNRAnalysis
import NNRModel
import NNRReport
import PlainText
import TerminalScreen

/// The cursor over the weights of the selected tensor; heat map and grid share it.
extension ExplorerModel {
  /// The place among the unit's tensors of the one shown: the chosen one, or the largest.
  var shownMember: Int? {
    guard let tensors = document.tensorView?.tensors, !tensors.isEmpty else { return nil }
    if let member = document.cell.member, tensors.indices.contains(member) { return member }
    return tensors.indices.max { (tensors[$0].count, $1) < (tensors[$1].count, $0) }
  }

  /// The figures of the tensor shown.
  var shownTensor: TensorFigures? {
    shownMember.flatMap { document.tensorView?.tensors[$0] }
  }

  /// The integers of the tensor shown, as far as they are decoded.
  var shownGrid: LevelGrid? { shownTensor?.grid }

  /// Why there is nothing to show; nil if there is.
  var cellProblem: String? {
    if shownGrid != nil { return nil }
    guard let view = document.tensorView else {
      return "no tensor in this unit: \(shownKey(of: "next-tensor")) goes to the next"
    }
    if let problem = view.problem { return problem }
    return view.tensors.isEmpty ? "decoding …" : "the tensor is too large to be kept whole"
  }

  /// Shows the next or the previous tensor of a block.
  mutating func showMember(_ step: Int) -> [Effect] {
    guard let count = document.tensorView?.tensors.count, count > 1, let member = shownMember else {
      tell("this unit codes one tensor")
      return []
    }
    document.cell.member = (member + step + count) % count
    document.weightBits = nil
    moveCell(row: 0, column: 0)
    if let tensor = shownTensor?.start.tensor {
      tell("\(tensor.role.rawValue): \(ShownText.line(tensor.name))")
    }
    return refreshHeat()
  }

  /// Puts the cursor on a row and a column, cut to what is decoded; to none while nothing is.
  mutating func moveCell(row: Int, column: Int) {
    guard let grid = shownGrid else { return }
    document.cell.row = min(max(0, row), max(0, grid.rows - 1))
    document.cell.column = min(max(0, column), max(0, grid.width - 1))
    let area = valueArea(layout.body(.values) ?? layout.body(.heat) ?? .zero)
    let columns = max(1, area.width / Self.valueWidth)
    let rows = max(1, area.height)
    document.cell.top = min(document.cell.top, document.cell.row)
    document.cell.top = max(document.cell.top, document.cell.row - rows + 1)
    document.cell.left = min(document.cell.left, document.cell.column)
    document.cell.left = max(document.cell.left, document.cell.column - columns + 1)
  }

  /// Puts the cursor where it is to go, or leaves it where it is, once more is decoded.
  mutating func settleCell() {
    guard let target = document.cell.target, let grid = shownGrid, target < grid.count else {
      return moveCell(row: document.cell.row, column: document.cell.column)
    }
    document.cell.target = nil
    moveCell(row: target / grid.width, column: target % grid.width)
  }

  /// What is known of the weight under the cursor, as lines for a width.
  func cellLines(_ width: Int) -> [StyledText] {
    guard let tensor = shownTensor, let grid = tensor.grid else { return [] }
    let cell = document.cell
    let element = cell.row * grid.width + cell.column
    let chain = LevelChain(figures: tensor)
    var place = StyledText("row ", .dim) + StyledText("\(cell.row)", .number)
    place += StyledText(" column ", .dim) + StyledText("\(cell.column)", .number)
    if let index = Self.index(element, tensor.start.tensor.dimensions ?? []) {
      place += StyledText(" [\(index)]", .dim)
    }
    place += StyledText(" weight ", .dim) + StyledText(NumberText.grouped(element), .number)
    if let scan = chain.scanIndex(element) {
      place += StyledText(" scan ", .dim) + StyledText(NumberText.grouped(scan), .number)
    }
    if let end = tensor.end, end.rowBits.indices.contains(cell.row) {
      let bits = NumberText.fixed(end.rowBits[cell.row], 1)
      place += StyledText(" row takes ", .dim) + StyledText("\(bits) bit", .number)
    }
    if tensor.start.rowMask.indices.contains(cell.row), tensor.start.rowMask[cell.row] != 0 {
      place += StyledText(" skipped", .derived)
    }
    guard let level = grid[element] else {
      return [place, StyledText("not decoded yet", .tentative)]
    }
    if hidden.hides(.level) { return [place, StyledText("hidden: a question waits", .tentative)] }
    return [place] + chain.steps(level).flatMap { StyledText.wrap($0, width: width) }
  }

  /// The indices of a weight in its dimensions; nil where row and column say the same.
  private static func index(_ element: Int, _ dimensions: [Int]) -> String? {
    guard dimensions.count > 2, dimensions.allSatisfy({ $0 > 0 }) else { return nil }
    return Shape.indices(of: element, in: dimensions).map { "\($0)" }.joined(separator: ",")
  }
}
