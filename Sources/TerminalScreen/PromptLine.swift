import PlainText

/// The prompt with its cursor, and the open completion list above it.
public struct PromptLine: Widget, Sendable {
  /// How the input is judged.
  public enum Validity: Hashable, Sendable {
    case unknown, valid, invalid
  }

  /// Text and cursor.
  public var state: PromptState
  /// Shown before the text, such as `:` or `/`.
  public var label: StyledText
  /// How the input is judged; an invalid one is marked by `!` and style.
  public var validity: Validity
  /// The characters that are a mistake, underlined; nil for all of an input that is judged invalid.
  public var mistake: Range<Int>?
  /// A note at the right end, such as the number of matches or what is wrong.
  public var note: StyledText

  /// Makes a prompt line.
  public init(
    _ state: PromptState, label: StyledText, validity: Validity = .unknown,
    mistake: Range<Int>? = nil, note: StyledText = ""
  ) {
    self.state = state
    self.label = label
    self.validity = validity
    self.mistake = mistake
    self.note = note
  }

  /// Draws into the last row of the region, the completion list into the rows above.
  public func draw(on grid: inout Grid, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let line = rect.row(rect.height - 1)
    grid.clear(line)
    let start = grid.write(label, in: line)
    var room = max(1, line.width - start)
    var tail = note
    if validity == .invalid { tail = StyledText("! ", .error) + note }
    let tailWidth = tail.width(grid.glyphs)
    if tailWidth > 0, room > tailWidth + 12 {
      grid.write(tail, at: Point(line.width - tailWidth, 0), in: line)
      room -= tailWidth + 1
    }
    let field = line.columns(from: min(start, line.width - 1), count: room)
    let before = CellText.width(String(state.text.prefix(state.cursor)), glyphs: grid.glyphs)
    // The text slides so that the cursor stays inside the field.
    let slide = max(0, before - field.width + 1)
    let style = validity == .invalid ? Style.error.adding(.underline) : Style.normal
    guard let mistake else {
      grid.write(state.text, at: Point(-slide, 0), in: field, style: style)
      return finish(on: &grid, in: rect, start, field, before - slide)
    }
    var x = -slide
    for (place, character) in state.text.enumerated() {
      let text = String(character)
      grid.write(
        text, at: Point(x, 0), in: field, style: mistake.contains(place) ? style : .normal)
      x += CellText.width(text, glyphs: grid.glyphs)
    }
    finish(on: &grid, in: rect, start, field, before - slide)
  }

  private func finish(
    on grid: inout Grid, in rect: Rect, _ start: Int, _ field: Rect, _ cursor: Int
  ) {
    drawCompletions(on: &grid, above: rect.rows(from: 0, count: rect.height - 1), start)
    grid.placeCursor(Point(cursor, 0), in: field)
  }

  private func drawCompletions(on grid: inout Grid, above rect: Rect, _ indent: Int) {
    let items = state.completions
    guard !items.isEmpty, !rect.isEmpty else { return }
    let height = min(items.count, rect.height, 8)
    let widest = items.reduce(0) { max($0, CellText.width($1, glyphs: grid.glyphs)) }
    let box = rect.rows(from: rect.height - height)
      .columns(from: min(indent, max(0, rect.width - widest - 1)), count: widest + 1)
    ListView(
      ListState(selection: state.chosen ?? 0), count: items.count,
      focus: state.chosen == nil ? .none : .active
    ) { StyledText(items[$0]) }.draw(on: &grid, in: box)
    if state.chosen == nil { grid.restyle(box) { $0.highlight = .strip } }
  }
}
