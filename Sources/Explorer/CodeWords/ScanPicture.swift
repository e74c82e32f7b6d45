import DeepCABAC
import TerminalScreen

/// The order in which weights are visited, drawn over the tensor with the borders of its blocks.
enum ScanPicture {
  /// The rows and columns around a place, each cell with its number in the scan.
  static func lines(_ geometry: TensorGeometry, row: Int, column: Int, width: Int, height: Int)
    -> [StyledText]
  {
    guard geometry.count > 0, geometry.width > 0 else { return [StyledText("no weights", .dim)] }
    let digits = "\(geometry.count - 1)".count
    let cell = digits + 2
    let lead = "\(geometry.rows - 1)".count + 1
    let columns = max(1, min(geometry.width, (width - lead - 2) / cell))
    let rows = max(1, min(geometry.rows, height))
    let left = start(column, columns, geometry.width)
    let top = start(row, rows, geometry.rows)
    var lines = [heading(geometry, width)].flatMap { $0 }
    for y in top..<top + rows {
      if y > top, geometry.scanOrder > 0, y % geometry.blockHeight == 0 {
        lines.append(
          StyledText(String(repeating: " ", count: lead), .dim)
            + StyledText(String(repeating: "─", count: columns * cell), Style(.frame)))
      }
      let label = "\(y)"
      var line = StyledText(
        String(repeating: " ", count: lead - 1 - label.count) + label + " ", .dim)
      for x in left..<left + columns {
        let number = geometry.scanIndex(ofElement: y * geometry.width + x).map { "\($0)" } ?? "?"
        let isHere = x == column && y == row
        let isBorder = x > left && geometry.scanOrder > 0 && x % geometry.blockWidth == 0
        line.append(isHere ? "[" : isBorder ? "│" : " ", isHere ? .title : Style(.frame))
        let pad = String(repeating: " ", count: max(0, digits - number.count))
        line.append(pad + number, isHere ? .title : .number)
        line.append(isHere ? "]" : " ", .title)
      }
      lines.append(line)
    }
    return lines
  }

  private static func heading(_ geometry: TensorGeometry, _ width: Int) -> [StyledText] {
    let how =
      geometry.scanOrder == 0
      ? "row by row"
      : "blocks of \(geometry.blockHeight) × \(geometry.blockWidth), \(geometry.blockRows) block rows"
    return StyledText.wrap(
      "\(geometry.rows) × \(geometry.width), \(how)", width: width, style: .dim)
  }

  /// The first row or column of a window around a place, cut to the tensor.
  private static func start(_ place: Int, _ room: Int, _ count: Int) -> Int {
    max(0, min(place - room / 2, count - room))
  }
}
