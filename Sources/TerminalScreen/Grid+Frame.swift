extension Grid {
  /// Draws a frame with an optional title and right-hand note in its top line.
  ///
  /// - Returns: the region inside the frame; too small a region gets no frame and is returned whole.
  @discardableResult
  public mutating func frame(
    _ rect: Rect, title: StyledText = "", note: StyledText = "", focused: Bool = false
  ) -> Rect {
    guard rect.width >= 3, rect.height >= 3 else { return rect }
    let style = Style(focused ? .frameFocused : .frame)
    fill(rect.row(0), with: glyphs.horizontal, style: style)
    fill(rect.row(rect.height - 1), with: glyphs.horizontal, style: style)
    fill(rect.columns(from: 0, count: 1), with: glyphs.vertical, style: style)
    fill(rect.columns(from: rect.width - 1), with: glyphs.vertical, style: style)
    let right = rect.width - 1
    let bottom = rect.height - 1
    write(glyphs.junction(.topLeft), at: Point(0, 0), in: rect, style: style)
    write(glyphs.junction(.topRight), at: Point(right, 0), in: rect, style: style)
    write(glyphs.junction(.bottomLeft), at: Point(0, bottom), in: rect, style: style)
    write(glyphs.junction(.bottomRight), at: Point(right, bottom), in: rect, style: style)
    caption(rect.row(0).inset(1, 0), title: title, note: note)
    return rect.inset(1, 1)
  }

  /// Draws a rule over the first row of `rect` with junctions at both ends, and a caption in it.
  public mutating func divider(_ rect: Rect, title: StyledText = "", note: StyledText = "") {
    let line = rect.row(0)
    fill(line, with: glyphs.horizontal, style: Style(.frame))
    guard line.width >= 3 else { return }
    write(glyphs.junction(.left), in: line, style: Style(.frame))
    write(glyphs.junction(.right), at: Point(line.width - 1, 0), in: line, style: Style(.frame))
    caption(line.inset(1, 0), title: title, note: note)
  }

  /// Title on the left, note on the right if both fit.
  private mutating func caption(_ line: Rect, title: StyledText, note: StyledText) {
    var used = 0
    if !title.spans.isEmpty, line.width > 2 {
      let text = (StyledText(" ") + title + StyledText(" ")).truncated(to: line.width, glyphs)
      write(text, in: line)
      used = text.width(glyphs)
    }
    let width = note.width(glyphs) + 2
    if width > 2, used + width + 1 <= line.width {
      write(StyledText(" ") + note + StyledText(" "), at: Point(line.width - width, 0), in: line)
    }
  }

  /// Draws a scroll bar in the last column of `rect` when `count` rows do not fit in it.
  public mutating func scrollBar(_ rect: Rect, top: Int, count: Int) {
    let height = rect.height
    guard height > 1, rect.width > 1, count > height else { return }
    let column = rect.columns(from: rect.width - 1)
    fill(column, with: glyphs.vertical, style: Style(.barTrack))
    let length = max(1, min(height, Int(Double(height) * Double(height) / Double(count))))
    let share = Double(max(0, top)) / Double(count - height)
    let start = Int((share * Double(height - length)).rounded())
    let thumb = column.rows(from: min(start, height - length), count: length)
    fill(thumb, with: glyphs.thumb, style: Style(.bar))
  }
}
