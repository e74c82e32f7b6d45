import PlainText

/// A line of numbered tabs; the current one is marked by brackets and reverse.
public struct TabLine: Widget, Sendable {
  /// Tab names.
  public var titles: [String]
  /// Index of the current one.
  public var current: Int

  /// Makes a line.
  public init(_ titles: [String], current: Int) {
    self.titles = titles
    self.current = current
  }

  /// Draws into the first row; names shrink to numbers when they do not fit.
  public func draw(on grid: inout Grid, in rect: Rect) {
    let line = rect.row(0)
    grid.clear(line)
    for (index, place) in places(width: line.width, glyphs: grid.glyphs).enumerated() {
      let style = index == current ? Style.title.on(.selection) : Style.normal
      grid.write(place.text, at: Point(place.x, 0), in: line, style: style)
    }
  }

  /// The tab at a screen position, for the mouse.
  public func index(at point: Point, in rect: Rect, glyphs: GlyphSet = .block) -> Int? {
    guard rect.row(0).contains(point) else { return nil }
    let x = point.x - rect.x
    return places(width: rect.width, glyphs: glyphs).firstIndex {
      x >= $0.x && x < $0.x + CellText.width($0.text, glyphs: glyphs)
    }
  }

  private func places(width: Int, glyphs: GlyphSet) -> [(x: Int, text: String)] {
    let full = titles.enumerated().map { label($0.offset, "\($0.offset + 1) \($0.element)") }
    let needed = full.reduce(0) { $0 + CellText.width($1, glyphs: glyphs) }
    let shown =
      needed <= width
      ? full
      : titles.enumerated().map {
        label(
          $0.offset, $0.offset == current ? "\($0.offset + 1) \($0.element)" : "\($0.offset + 1)")
      }
    var x = 0
    return shown.map { text in
      defer { x += CellText.width(text, glyphs: glyphs) }
      return (x, text)
    }
  }

  private func label(_ index: Int, _ text: String) -> String {
    index == current ? "[\(text)]" : " \(text) "
  }
}
