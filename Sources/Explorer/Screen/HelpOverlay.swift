import TerminalScreen

/// Keys and commands over the panes, those of the focused pane first.
extension ExplorerModel {
  /// Draws it.
  func drawHelp(_ overlay: Overlay, _ grid: inout Grid, _ layout: ScreenLayout) {
    helpBox(overlay).draw(on: &grid, in: layout.middle)
  }

  private func helpBox(_ overlay: Overlay) -> TextOverlay {
    TextOverlay(
      title: StyledText(overlay.title, .title), lines: overlayLines(overlay), top: overlay.top,
      maximum: Size(100, 60), selection: selectedLine(overlay))
  }

  func overlayLines(_ overlay: Overlay) -> [StyledText] {
    // Frame and margins take their columns.
    let width = max(20, min(76, layout.middle.width - 6))
    return switch overlay.topic {
    case .help: helpLines
    case .explanation(let name): explanation(name)?.lines(width) ?? []
    case .search(let text): apropos(text).map(\.line)
    case .column(let key): distributionLines(key, width)
    case .repair: repairLines(width)
    case .codeWord: codeWordPicture(width)
    }
  }

  /// The line that Enter follows; nil where lines lead nowhere.
  func selectedLine(_ overlay: Overlay) -> Int? {
    guard case .search(let text) = overlay.topic else { return nil }
    let lines = apropos(text)
    guard lines.contains(where: { $0.name != nil }) else { return nil }
    return Self.line(that: { lines[$0].name != nil }, overlay.selection, lines.count, true)
  }

  /// The nearest line that fits, from a place onwards or backwards, then the other way.
  private static func line(
    that fits: (Int) -> Bool, _ place: Int, _ count: Int, _ forward: Bool
  ) -> Int {
    let after = (max(0, place)..<max(count, max(0, place))).first(where: fits)
    let before = (0..<max(0, min(place, count))).last(where: fits)
    return (forward ? after ?? before : before ?? after) ?? 0
  }

  /// The lines: commands of this pane, then all others in their groups.
  var helpLines: [StyledText] {
    let commands = registry.commands
    let own = commands.filter { $0.panes.contains(focus) }
    var lines: [StyledText] = []
    if !own.isEmpty {
      lines.append(StyledText("In \(focus.title)", .heading))
      lines += own.map(helpLine)
      lines.append("")
    }
    for group in Command.Group.allCases {
      let members = commands.filter { $0.group == group && $0.panes.isEmpty }
      guard !members.isEmpty else { continue }
      lines.append(StyledText(group.rawValue, .heading))
      lines += members.map(helpLine)
      lines.append("")
    }
    let elsewhere = commands.filter { !$0.panes.isEmpty && !$0.panes.contains(focus) }
    if !elsewhere.isEmpty {
      lines.append(StyledText("In other panes", .heading))
      lines += elsewhere.map(helpLine)
    }
    return lines
  }

  private func helpLine(_ command: Command) -> StyledText {
    let keys = command.keys.map(Command.shown).joined(separator: " ")
    var line = StyledText("  " + Self.pad(keys, 13), .keyHint)
    line.append(Self.pad(":" + command.usage, 20) + " ", .dim)
    if let reason = command.unavailable(self) {
      line.append("\(command.help) (not now: \(reason))", .inferred)
    } else {
      line.append(command.help)
    }
    return line
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// Takes a key while the help is open.
  mutating func scrollHelp(_ key: Key) -> [Effect] {
    guard var open = overlay else { return [] }
    let page = helpBox(open).page(in: layout.middle)
    let last = max(0, overlayLines(open).count - page)
    guard let motion = Motion(key) else {
      if key == Key("/") { return openPrompt(.command, "apropos ") }
      overlay = nil
      if key == Key(.enter) { return follow(open) }
      return key == .control("c") ? [.quit] : []
    }
    if case .search(let text) = open.topic {
      let lines = apropos(text)
      var list = ListState(selection: selectedLine(open) ?? 0, top: open.top)
      list.move(motion, count: lines.count, page: page)
      let forward = [.down, .pageDown, .halfPageDown, .home].contains(motion)
      open.selection = Self.line(
        that: { lines[$0].name != nil }, list.selection, lines.count, forward)
      list.select(open.selection, count: lines.count, page: page)
      // The heading above the first result is seen with it.
      open.top = open.selection <= 1 ? 0 : list.top
      overlay = open
      return []
    }
    switch motion {
    case .up: open.top -= 1
    case .down: open.top += 1
    case .pageUp: open.top -= page
    case .pageDown: open.top += page
    case .halfPageUp: open.top -= page / 2
    case .halfPageDown: open.top += page / 2
    case .home: open.top = 0
    case .end: open.top = last
    }
    open.top = min(max(0, open.top), last)
    overlay = open
    return []
  }
}
