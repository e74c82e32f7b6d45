import NNRSyntax
import PlainText
import TerminalScreen

/// The screen.
extension ExplorerModel {
  /// Draws the present state for its own size.
  public func draw(glyphs: GlyphSet = .block) -> Grid {
    var grid = Grid(size, glyphs: glyphs)
    let layout = layout
    guard !layout.isTooSmall else {
      drawTooSmall(&grid)
      return grid
    }
    drawTop(&grid, layout.top)
    drawBar(&grid, layout.bar)
    if let tabs = layout.tabs { drawTabs(&grid, tabs) }
    for column in layout.columns { draw(column, &grid) }
    drawFooter(&grid, layout)
    if grid.cursor == nil, let body = layout.body(focus) { grid.placeCursor(Point(0, 0), in: body) }
    if let overlay { drawHelp(overlay, &grid, layout) }
    return grid
  }

  /// Draws the present state for another size.
  public func draw(_ size: Size, glyphs: GlyphSet = .block) -> Grid {
    var copy = self
    copy.size = size
    copy.follow()
    return copy.draw(glyphs: glyphs)
  }

  private func drawTooSmall(_ grid: inout Grid) {
    let least = ScreenLayout.least
    let lines = ["nnrscope", "needs \(least.width)x\(least.height)", "q quits"]
    for (row, line) in lines.enumerated() {
      grid.write(fitting: StyledText(line), in: grid.bounds.row(row))
    }
    grid.placeCursor(Point(0, 0), in: grid.bounds)
  }

  /// The names of the panes; numbers would be taken for those of the views.
  private func drawTabs(_ grid: inout Grid, _ line: Rect) {
    for tab in Self.tabs {
      let isCurrent = hasKeyboard(tab.pane)
      grid.write(
        isCurrent ? "[\(tab.pane.title)]" : " \(tab.pane.title) ", at: Point(tab.x, 0), in: line,
        style: isCurrent ? .title.on(.strip) : .normal)
    }
  }

  /// The places of the names of the panes.
  static var tabs: [(pane: Pane, x: Int)] {
    var x = 0
    return Pane.parts.map { pane in
      defer { x += pane.title.count + 2 }
      return (pane, x)
    }
  }

  private func drawTop(_ grid: inout Grid, _ line: Rect) {
    var room = line
    if let progress, line.width >= 60 {
      let width = min(32, line.width / 3)
      ProgressBar(progress.fraction, label: StyledText(progress.label, .dim))
        .draw(on: &grid, in: line.columns(from: line.width - width))
      room = line.columns(from: 0, count: line.width - width - 1)
    }
    var text = StyledText(" " + ShownText.line(document.title), .title)
    if documents.count > 1 { text.append(" (\(current + 1)/\(documents.count))", .dim) }
    var used = text.width(grid.glyphs)
    for (place, fact) in facts.enumerated() {
      let part = (place == 0 ? "  " : " · ") + fact
      used += CellText.width(part, glyphs: grid.glyphs)
      // Facts that do not fit are left out whole.
      guard used <= room.width else { break }
      text.append(part)
    }
    grid.write(fitting: text, in: room)
  }

  /// The facts of the top line, most important first.
  private var facts: [String] {
    let stream = document.stream
    var facts = ["\(NumberText.grouped(stream.size)) B"]
    if let repair = document.source.session.repair, repair.changesDecoding {
      facts.append("W repaired, \(shownKey(of: "reload")) undoes")
    }
    if let change = document.change {
      facts.append("W \(change), \(shownKey(of: "reload")) reloads")
    }
    if !document.filter.isEmpty { facts.append("filter \(document.filter)") }
    if let profile = stream.profileInForce {
      facts.append("profile \(profile)\(stream.assumedProfile == nil ? "" : "?")")
    }
    facts.append(NumberText.count(stream.unitCount, "unit"))
    let survey = document.survey
    let more = survey.isComplete ? "" : "+"
    if let errors = survey.counts[.error], errors > 0 {
      facts.append("E " + NumberText.count(errors, "error"))
    }
    guard !survey.tensors.isEmpty else { return facts }
    facts.append(
      "\(NumberText.grouped(survey.tensors.count))\(more) tensor\(survey.tensors.count == 1 ? "" : "s")"
    )
    facts.append("\(NumberText.grouped(survey.weights))\(more) weights")
    if survey.isComplete, survey.weights > 0, stream.size > 0 {
      let ratio = Double(survey.weights) * 4 / Double(stream.size)
      facts.append(
        ratio >= 1
          ? "\(NumberText.fixed(ratio, 1))× smaller" : "\(NumberText.fixed(1 / ratio, 1))× larger")
    }
    if let writer = document.writer, !writer.fits.isEmpty {
      facts.append("fits \(writer.summary)")
    }
    return facts
  }

  private func draw(_ column: ScreenLayout.Column, _ grid: inout Grid) {
    if let frame = column.frame {
      grid.frame(frame, focused: column.parts.contains { hasKeyboard($0.pane) })
    }
    for (place, part) in column.parts.enumerated() {
      if column.frame != nil {
        if place > 0 { grid.divider(part.caption) }
        let caption = views[part.pane].caption(self)
        let line = part.caption.inset(1, 0)
        var title = StyledText(" ") + caption.title + StyledText(" ")
        if hasKeyboard(part.pane) { title = title.on(.strip) }
        let note = caption.note.width(grid.glyphs)
        grid.write(fitting: title, in: line.columns(from: 0, count: title.width(grid.glyphs)))
        if note > 0, title.width(grid.glyphs) + note + 3 <= line.width {
          grid.write(
            StyledText(" ") + caption.note + StyledText(" "),
            at: Point(line.width - note - 2, 0), in: line)
        }
      }
      views[part.pane].draw(self, &grid, part.body)
    }
  }

  /// Draws lines from some place on.
  func drawLines(
    _ lines: [StyledText], _ top: Int, _ pane: Pane, _ grid: inout Grid, _ rect: Rect
  ) {
    let first = min(max(0, top), max(0, lines.count - rect.height))
    let bar = lines.count > rect.height && rect.width > 1
    let body = rect.columns(from: 0, count: rect.width - (bar ? 1 : 0))
    for row in 0..<min(rect.height, max(0, lines.count - first)) {
      grid.write(fitting: lines[first + row], in: body.row(row))
    }
    if bar { grid.scrollBar(rect, top: first, count: lines.count) }
    if hasKeyboard(pane) { grid.placeCursor(Point(0, 0), in: rect) }
  }

  /// Type, number and note of the selected unit.
  var unitTitle: String {
    guard let entry = document.entry else { return "no unit" }
    let name = document.unitNote(location.unit)
    return "\(entry.type?.name ?? "no unit") u\(location.unit)" + (name.isEmpty ? "" : " · \(name)")
  }

  /// The bit under the cursor as byte and bit.
  var bitAddress: String {
    "\(document.address(ofByte: fileBit / 8)).\(fileBit % 8)"
  }
}
