import TerminalScreen

/// What the mouse does; every one of these has a key too.
extension ExplorerModel {
  /// Takes an action of the mouse.
  mutating func update(_ mouse: Mouse) -> [Effect] {
    let layout = layout
    guard !layout.isTooSmall, prompt == nil else { return [] }
    if overlay != nil {
      switch mouse.action {
      case .wheelUp: return scrollHelp(Key(.up))
      case .wheelDown: return scrollHelp(Key(.down))
      default: overlay = nil
      }
      return []
    }
    status = nil
    if mouse.action == .click, layout.footer.contains(mouse.position) {
      let hint = Footer(hints).hint(at: mouse.position, in: layout.footer)
      let command = registry.commands.first { command in
        command.applies(in: focus) && command.keys.contains { Command.shown($0) == hint?.key }
      }
      return command.map { run($0.name, "") } ?? []
    }
    if let tabs = layout.tabs, tabs.contains(mouse.position) {
      let x = mouse.position.x - tabs.x
      if let tab = Self.tabs.last(where: { $0.x <= x }) { focusPane(tab.pane) }
      return []
    }
    let parts = layout.columns.flatMap(\.parts)
    guard
      let part = parts.first(where: {
        $0.body.contains(mouse.position) || $0.caption.contains(mouse.position)
      })
    else { return [] }
    switch mouse.action {
    case .wheelUp: return scroll(part.pane, -3)
    case .wheelDown: return scroll(part.pane, 3)
    case .click, .doubleClick:
      if part.pane == .lesson {
        lesson?.hasFocus = true
        return mouse.action == .doubleClick ? enterLesson() : []
      }
      lesson?.hasFocus = false
      if view == .explorer { focusPane(part.pane) }
      click(mouse.position, part)
      return mouse.action == .doubleClick ? enter() : decodeSelection()
    case .middleClick, .rightClick: return []
    }
  }

  private mutating func scroll(_ pane: Pane, _ rows: Int) -> [Effect] {
    switch pane {
    case .outline:
      document.outlineList.scroll(rows, count: document.outlineCount, page: page(.outline))
      selectOutline(document.outlineList.selection)
    default:
      let before = (self.pane, lesson?.hasFocus)
      lesson?.hasFocus = pane == .lesson
      if view == .explorer, pane != .lesson { self.pane = pane }
      for _ in 0..<abs(rows) { move(rows < 0 ? .up : .down) }
      self.pane = before.0
      if let had = before.1 { lesson?.hasFocus = had }
    }
    return decodeSelection()
  }

  private mutating func click(_ point: Point, _ part: ScreenLayout.Part) {
    let row = point.y - part.body.y
    switch part.pane {
    case .outline:
      let list = document.outlineList.settled(
        count: document.outlineCount, page: part.body.height)
      if row >= 0, list.top + row < document.outlineCount { selectOutline(list.top + row) }
    case .syntax where document.standard.isShown:
      let list = document.standard.list.settled(
        count: document.standard.rows.count, page: part.body.height)
      if row >= 0 { selectStandard(list.top + row) }
    case .syntax:
      let list = document.syntaxList.settled(
        count: document.syntax.places.count, page: part.body.height - 1)
      if row > 0, list.top + row - 1 < document.syntax.places.count {
        selectSyntax(list.top + row - 1)
      }
    case .bits:
      let bits = BitsLayout(part.body, document.stream)
      let start = bits.start(fileBit / 8, size: document.stream.size)
      let end = min(document.stream.size, start + bits.hex.height * bits.bytesPerRow)
      let view = HexView(
        start: UInt64(start), bytes: [UInt8](repeating: 0, count: max(0, end - start)),
        bytesPerRow: bits.bytesPerRow, addressDigits: bits.digits)
      if let bit = view.bit(at: point, in: bits.hex) { select(fileBit: Int(bit)) }
    case .diagnostics, .diff, .diagnosis, .notes: clickLine(row, of: part.pane)
    case .tensors:
      if sortTensors(atHeading: point, in: part.body) { break }
      clickLine(row, of: .tensors)
    case .updates: clickUpdate(point, in: part.body)
    case .costs:
      let body = costParts(part.body).body
      if document.costs.mode == .tree {
        if let sheet = document.figures.costs {
          let (table, columns) = costTable(sheet)
          if let heading = table.heading(at: point, in: body) {
            sortCosts(byHeading: columns[heading])
            break
          }
        }
        clickLine(point.y - body.y, of: .costs)
      } else {
        clickLine(point.y - unitRows(body).y, of: .costs)
      }
    case .heat:
      guard let window = document.cell.image?.window, heatArea(part.body).contains(point) else {
        break
      }
      moveCell(
        row: window.row + row * window.tall,
        column: window.column + (point.x - part.body.x) * window.wide)
    case .values:
      let area = valueArea(part.body)
      guard area.contains(point) else { break }
      moveCell(
        row: document.cell.top + point.y - area.y,
        column: document.cell.left + (point.x - area.x) / Self.valueWidth)
    case .bins: clickBin(row - 1)
    case .detail, .decode, .lesson: break
    }
  }
}
