import PlainText

/// A screenful of cells with clipped drawing; a value that can be compared, dumped and painted.
///
/// Positions passed to drawing functions are relative to the region they name, and nothing is ever
/// drawn outside it, so callers need no bounds checks.
public struct Grid: Hashable, Sendable {
  /// Extent of the screen.
  public let size: Size
  /// Characters that may be drawn.
  public let glyphs: GlyphSet
  /// Where the hardware cursor rests (on the focused row, for screen readers); nil hides it.
  public var cursor: Point?
  /// All cells, row by row.
  public internal(set) var cells: [Cell]

  /// An empty screen.
  public init(_ size: Size, glyphs: GlyphSet = .block) {
    self.size = size
    self.glyphs = glyphs
    cells = Array(repeating: .blank(), count: size.width * size.height)
  }

  /// The whole screen.
  public var bounds: Rect { Rect(size) }

  /// The cell at a position; blank outside the screen.
  public subscript(x: Int, y: Int) -> Cell {
    bounds.contains(Point(x, y)) ? cells[y * size.width + x] : .blank()
  }

  /// The cells of a row; empty outside the screen.
  public func row(_ y: Int) -> ArraySlice<Cell> {
    guard y >= 0, y < size.height else { return [] }
    return cells[y * size.width..<(y + 1) * size.width]
  }

  /// Blanks a region.
  public mutating func clear(_ rect: Rect, style: Style = .normal) {
    fill(rect, with: " ", style: style)
  }

  /// Fills a region with the first cell of `text`; a wide character is replaced by a blank.
  public mutating func fill(_ rect: Rect, with text: String, style: Style = .normal) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    var cell = Cell.blank(style)
    CellText.forEach(text, glyphs: glyphs) { first, width in
      if width == 1 { cell.text = first }
      return false
    }
    for y in area.y..<area.maxY {
      splitWide(atLeftOf: area.x, y)
      splitWide(atLeftOf: area.maxX, y)
      let start = y * size.width
      for x in area.x..<area.maxX { cells[start + x] = cell }
    }
  }

  /// Changes the style of every cell in a region and keeps the text.
  public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for y in area.y..<area.maxY {
      for x in area.x..<area.maxX { change(&cells[y * size.width + x].style) }
    }
  }

  /// Puts a highlight under a region.
  public mutating func highlight(_ rect: Rect, _ highlight: Highlight) {
    restyle(rect) { $0.highlight = highlight }
  }

  /// Moves the hardware cursor to a position relative to `rect`, clamped into it.
  public mutating func placeCursor(_ point: Point, in rect: Rect) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    cursor = Point(
      min(max(rect.x + point.x, area.x), area.maxX - 1),
      min(max(rect.y + point.y, area.y), area.maxY - 1))
  }

  /// Sets one cell; `x` and `y` must lie on the screen, with room for the width.
  mutating func put(_ text: String, width: Int, _ x: Int, _ y: Int, style: Style) {
    splitWide(atLeftOf: x, y)
    splitWide(atLeftOf: x + width, y)
    let index = y * size.width + x
    cells[index] = Cell(text: text, style: style, width: UInt8(width))
    if width == 2 { cells[index + 1] = Cell(text: "", style: style, width: 0) }
  }

  /// If a wide character straddles the edge before column `x`, both halves become blanks.
  private mutating func splitWide(atLeftOf x: Int, _ y: Int) {
    guard x > 0, x < size.width else { return }
    let index = y * size.width + x
    guard cells[index].width == 0 else { return }
    cells[index] = .blank(cells[index].style)
    cells[index - 1] = .blank(cells[index - 1].style)
  }
}
