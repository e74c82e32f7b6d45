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
    if mouse.action == .click, layout.bar.contains(mouse.position) {
      return barItem(at: mouse.position.x).map { run($0.name, "") } ?? []
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
        return mouse.action == .doubleClick ? focused.enter(&self) : []
      }
      lesson?.hasFocus = false
      if shows(.explorer) { focusPane(part.pane) }
      views[part.pane].click(mouse.position, part.body, &self)
      return mouse.action == .doubleClick ? focused.enter(&self) : decodeSelection()
    case .middleClick, .rightClick: return []
    }
  }

  private mutating func scroll(_ pane: Pane, _ rows: Int) -> [Effect] {
    views[pane].scroll(rows, &self)
    return decodeSelection()
  }
}
