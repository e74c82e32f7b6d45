import PlainText

/// A framed, scrolling text in the middle of the screen, for help and long messages.
public struct TextOverlay: Widget, Sendable {
  /// Frame title.
  public var title: StyledText
  /// Lines, not wrapped.
  public var lines: [StyledText]
  /// First line shown.
  public var top: Int
  /// Widest it gets.
  public var maximum: Size
  /// The selected line; nil for none.
  public var selection: Int?

  /// Makes an overlay.
  public init(
    title: StyledText, lines: [StyledText], top: Int = 0, maximum: Size = Size(90, 40),
    selection: Int? = nil
  ) {
    self.selection = selection
    self.title = title
    self.lines = lines
    self.top = top
    self.maximum = maximum
  }

  /// The frame's place on a screen.
  public func box(in rect: Rect, glyphs: GlyphSet = .block) -> Rect {
    let widest = lines.reduce(title.width(glyphs) + 2) { max($0, $1.width(glyphs)) }
    return rect.centered(
      Size(min(maximum.width, widest + 4), min(maximum.height, lines.count + 2)))
  }

  /// Lines shown at once, for page movements.
  public func page(in rect: Rect) -> Int { max(1, box(in: rect).height - 2) }

  /// Draws frame and visible lines.
  public func draw(on grid: inout Grid, in rect: Rect) {
    let box = box(in: rect, glyphs: grid.glyphs)
    grid.clear(box)
    let first = min(max(0, top), max(0, lines.count - max(1, box.height - 2)))
    let last = min(lines.count, first + max(1, box.height - 2))
    let note: StyledText =
      first > 0 || last < lines.count
      ? StyledText("\(first + 1)-\(last) of \(lines.count)", .dim) : ""
    let inside = grid.frame(box, title: title, note: note, focused: true)
    let body = inside.inset(inside.width > 20 ? 1 : 0, 0)
    for line in 0..<min(body.height, max(0, lines.count - first)) {
      grid.write(fitting: lines[first + line], in: body.row(line))
    }
    if let selection, (first..<last).contains(selection) {
      grid.highlight(body.row(selection - first), .selection)
      grid.placeCursor(Point(0, selection - first), in: body)
    } else {
      grid.placeCursor(Point(0, 0), in: body)
    }
  }
}

extension StyledText {
  /// Text broken at blanks into lines of at most `width` columns; longer words are cut.
  public static func wrap(_ text: String, width: Int, style: Style = .normal) -> [StyledText] {
    let width = max(1, width)
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      var used = 0
      for word in paragraph.split(separator: " ") {
        let columns = CellText.width(String(word))
        if used > 0, used + 1 + columns > width {
          lines.append(line)
          line = ""
          used = 0
        }
        if used > 0 {
          line += " "
          used += 1
        }
        if columns <= width - used {
          line += word
          used += columns
          continue
        }
        CellText.forEach(String(word), glyphs: .block) { cell, columns in
          if used + columns > width, used > 0 {
            lines.append(line)
            line = ""
            used = 0
          }
          line += cell
          used += columns
          return true
        }
      }
      lines.append(line)
    }
    return lines.map { StyledText($0, style) }
  }
}
