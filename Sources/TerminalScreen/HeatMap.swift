/// A matrix of values in 0…1 as shaded cells; only visible cells are asked for.
public struct HeatMap: Widget {
  /// Rows and columns of the whole matrix.
  public var rows: Int
  /// Columns of the whole matrix.
  public var columns: Int
  /// First row and column shown.
  public var origin: Point
  /// Matrix cell under the cursor: `x` is the column, `y` the row.
  public var selection: Point?
  /// Value in 0…1 of a row and column; NaN for unknown.
  public var value: (_ row: Int, _ column: Int) -> Double

  /// Makes a map.
  public init(
    rows: Int, columns: Int, origin: Point = Point(0, 0), selection: Point? = nil,
    value: @escaping (_ row: Int, _ column: Int) -> Double
  ) {
    self.rows = rows
    self.columns = columns
    self.origin = origin
    self.selection = selection
    self.value = value
  }

  /// The origin nearest to the present one that keeps the selection in view.
  public func settledOrigin(in size: Size) -> Point {
    func settle(_ first: Int, _ selected: Int?, _ count: Int, _ shown: Int) -> Int {
      var first = first
      if let selected {
        first = min(first, selected)
        first = max(first, selected - max(1, shown) + 1)
      }
      return min(max(0, first), max(0, count - shown))
    }
    return Point(
      settle(origin.x, selection?.x, columns, size.width),
      settle(origin.y, selection?.y, rows, size.height))
  }

  /// Draws the visible part.
  public func draw(on grid: inout Grid, in rect: Rect) {
    grid.clear(rect)
    let origin = settledOrigin(in: rect.size)
    for y in 0..<max(0, min(rect.height, rows - origin.y)) {
      for x in 0..<max(0, min(rect.width, columns - origin.x)) {
        let value = value(origin.y + y, origin.x + x)
        if value.isNaN {
          grid.write("?", at: Point(x, y), in: rect, style: .tentative)
        } else {
          grid.write(
            grid.glyphs.shade(value), at: Point(x, y), in: rect, style: Style(.heat(value)))
        }
      }
    }
    guard let selection else { return }
    let at = Point(selection.x - origin.x, selection.y - origin.y)
    let cell = Rect(x: rect.x + at.x, y: rect.y + at.y, width: 1, height: 1).intersection(rect)
    guard !cell.isEmpty else { return }
    grid.highlight(cell, .selection)
    grid.placeCursor(at, in: rect)
  }
}
