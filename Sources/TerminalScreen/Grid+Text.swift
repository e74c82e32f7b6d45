import PlainText

/// Where text sits in its columns.
public enum Alignment: Sendable {
  case left, right, center

  /// Blank columns before `width` columns of text in `room`.
  func lead(width: Int, room: Int) -> Int {
    switch self {
    case .left: 0
    case .right: max(0, room - width)
    case .center: max(0, (room - width) / 2)
    }
  }
}

extension Grid {
  /// Draws text from a position relative to `rect`, clipped to it.
  ///
  /// - Returns: the column after the text, relative to `rect`, as if nothing had been clipped.
  @discardableResult
  public mutating func write(
    _ text: String, at point: Point = Point(0, 0), in rect: Rect, style: Style = .normal
  ) -> Int {
    let area = rect.intersection(bounds)
    let y = rect.y + point.y
    var x = rect.x + point.x
    guard !area.isEmpty, y >= area.y, y < area.maxY else {
      return point.x + CellText.width(text, glyphs: glyphs)
    }
    CellText.forEach(text, glyphs: glyphs) { cell, width in
      defer { x += width }
      if x >= area.x && x + width <= area.maxX {
        put(cell, width: width, x, y, style: style)
      } else if width == 2 && x < area.maxX && x + width > area.x {
        // Half a wide character cannot be drawn; a blank keeps the columns right.
        put(" ", width: 1, max(x, area.x), y, style: style)
      }
      return true
    }
    return x - rect.x
  }

  /// Draws styled text from a position relative to `rect`, clipped to it.
  @discardableResult
  public mutating func write(
    _ text: StyledText, at point: Point = Point(0, 0), in rect: Rect
  ) -> Int {
    var x = point.x
    for span in text.spans {
      x = write(span.text, at: Point(x, point.y), in: rect, style: span.style)
    }
    return x
  }

  /// Draws styled text into the first row of `rect`, aligned, cut with an ellipsis if too long.
  public mutating func write(fitting text: StyledText, align: Alignment = .left, in rect: Rect) {
    let width = text.width(glyphs)
    if width <= rect.width {
      write(text, at: Point(align.lead(width: width, room: rect.width), 0), in: rect)
    } else {
      write(text.truncated(to: rect.width, glyphs), in: rect)
    }
  }
}
