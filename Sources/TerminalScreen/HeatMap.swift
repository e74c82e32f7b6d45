/// A matrix of values as shaded cells; only visible cells are asked for.
public struct HeatMap: Widget {
  /// Rows and columns of the whole matrix.
  public var rows: Int
  /// Columns of the whole matrix.
  public var columns: Int
  /// First row and column shown.
  public var origin: Point
  /// Matrix cell under the cursor: `x` is the column, `y` the row.
  public var selection: Point?
  /// What a row and column show.
  public var value: (_ row: Int, _ column: Int) -> HeatValue
  /// Whether each line of the screen shows two rows, in colours of the upper and the lower half.
  public var isPaired: Bool

  /// Makes a map.
  public init(
    rows: Int, columns: Int, origin: Point = Point(0, 0), selection: Point? = nil,
    isPaired: Bool = false, value: @escaping (_ row: Int, _ column: Int) -> HeatValue
  ) {
    self.isPaired = isPaired
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
    if isPaired { return drawPairs(on: &grid, in: rect) }
    let origin = settledOrigin(in: rect.size)
    for y in 0..<max(0, min(rect.height, rows - origin.y)) {
      for x in 0..<max(0, min(rect.width, columns - origin.x)) {
        let (text, style) = value(origin.y + y, origin.x + x).glyph(grid.glyphs)
        grid.write(text, at: Point(x, y), in: rect, style: style)
      }
    }
    guard let selection else { return }
    mark(Point(selection.x - origin.x, selection.y - origin.y), on: &grid, in: rect)
  }

  /// Draws two rows a line; the whole matrix must fit.
  private func drawPairs(on grid: inout Grid, in rect: Rect) {
    for y in 0..<min(rect.height, (rows + 1) / 2) {
      for x in 0..<min(rect.width, columns) {
        let upper = value(2 * y, x).shade
        let lower = 2 * y + 1 < rows ? value(2 * y + 1, x).shade : nil
        // A half without a colour is that of the screen.
        let (text, style): (String, Style) =
          upper == nil
          ? (lower == nil ? " " : "▄", Style(lower, over: nil)) : ("▀", Style(upper, over: lower))
        grid.write(text, at: Point(x, y), in: rect, style: style)
      }
    }
    guard let selection else { return }
    let at = Point(selection.x, selection.y / 2)
    // Which half it is.
    grid.write(
      selection.y % 2 == 0 ? "▀" : "▄", at: at, in: rect, style: Style(.normal, on: .selection))
    mark(at, on: &grid, in: rect)
  }

  private func mark(_ at: Point, on grid: inout Grid, in rect: Rect) {
    let cell = Rect(x: rect.x + at.x, y: rect.y + at.y, width: 1, height: 1).intersection(rect)
    guard !cell.isEmpty else { return }
    grid.highlight(cell, .selection)
    grid.placeCursor(at, in: rect)
  }
}
