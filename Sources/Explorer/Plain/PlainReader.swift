import PlainText
import TerminalScreen

/// The explorer as a conversation in lines, for screen readers and terminals that cannot move their cursor.
///
/// A line is a command of the `:` prompt, `key KEYS`, or one of the words below; the answer is what changed: the whole pane
/// where another one has the keyboard, else the selected row.
public struct PlainReader {
  /// Words that are no commands of the explorer.
  public static let words: [(word: String, help: String)] = [
    ("show", "the whole page of the pane, > before the selected row"),
    ("]t", "a key of the full explorer; key KEYS presses several: key j j Enter"),
    ("(an empty line)", "the next row; in a question, its proposal"),
  ]

  private var player: ScriptPlayer
  private var shown: Shown?

  /// What the last answer was about.
  private struct Shown: Equatable {
    var view: Pane
    var pane: Pane
    var document: Int
    var unit: Int
    var isStandard: Bool
    var step: Int?
  }

  /// A reader of what a player plays.
  public init(_ player: ScriptPlayer) { self.player = player }

  /// Whether the program was asked to end.
  public var hasQuit: Bool { player.session.hasQuit }

  /// What the next line answers: a question, or nothing.
  public var question: String {
    if let waiting = model.waiting { return "\(waiting): a letter" }
    guard let prompt = model.prompt else { return "" }
    let kind = prompt.kind.rawValue
    return prompt.line.text.isEmpty ? kind : "\(kind) (\(ShownText.line(prompt.line.text)))"
  }

  /// The first answer.
  public mutating func start() -> String {
    play("wait") + answer()
  }

  /// Takes a line and gives the answer.
  public mutating func take(_ line: String) -> String {
    let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" })
    let text = words.joined(separator: " ")
    if model.prompt != nil { return reply(text) }
    if model.waiting != nil { return play(text.isEmpty ? "key Esc" : "key \(text)") + answer() }
    if model.overlay != nil {
      // An empty line goes where an explanation leads.
      let problem = play(text.isEmpty ? "key Enter" : "key Esc")
      if text.isEmpty { return problem + answer() }
    }
    switch text {
    case "": return play("down") + answer()
    case "show":
      shown = nil
      return answer()
    default: return play(keyed(text)) + answer()
    }
  }

  /// A line that is a key of the focused pane, as the player wants it.
  private func keyed(_ text: String) -> String {
    guard model.registry.command(named: text) == nil else { return text }
    let commands = model.registry.commands.filter { $0.applies(in: model.focus) }
    let keys = commands.lazy.flatMap(\.keys).first { $0 == text || Command.shown($0) == text }
    return keys.map { "key \($0)" } ?? text
  }

  private var model: ExplorerModel { player.session.model }

  /// Types into the open question.
  private mutating func reply(_ text: String) -> String {
    var problem = ""
    if !text.isEmpty { problem += play("key C-a C-k") + play("type \(text)") }
    return problem + play("key Enter") + answer()
  }

  /// Plays a line and all work it begins; gives what went wrong as a line.
  private mutating func play(_ line: String) -> String {
    do {
      try player.play(line)
      if !hasQuit { try player.play("wait") }
      return ""
    } catch {
      // What the explorer itself says of it comes with the answer.
      return model.status?.text == error.text ? "" : "! \(ShownText.line(error.text))\n"
    }
  }

  private mutating func answer() -> String {
    guard !hasQuit, model.prompt == nil, model.waiting == nil else { return "" }
    var lines: [String] = []
    if let status = model.status {
      lines.append((status.failed ? "! " : "") + ShownText.line(status.text))
    }
    if let overlay = model.overlay {
      lines.append("== \(ShownText.line(overlay.title)) ==")
      lines += text(model.overlayLines(overlay))
      return joined(lines)
    }
    let now = Shown(
      view: model.view, pane: model.focus, document: model.current,
      unit: model.hasKeyboard(.outline) ? 0 : model.location.unit,
      isStandard: model.document.standard.isShown, step: model.lesson?.place)
    let page = page()
    // A lesson has no rows of its own: it is told whole.
    if shown == now, !model.hasKeyboard(.lesson) {
      lines.append(page.row)
    } else {
      lines.append("== \(caption) ==")
      lines += page.lines
    }
    shown = now
    return joined(lines)
  }

  private var caption: String {
    let caption = model.focused.caption(model)
    let parts = [ShownText.line(model.document.title)] + text([caption.title, caption.note])
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The lines of the focused pane with the selected one marked, and the selected one alone.
  private func page() -> (lines: [String], row: String) {
    var copy = model
    copy.isZoomed = true
    copy.overlay = nil
    copy.follow()
    let grid = copy.draw(glyphs: player.glyphs)
    guard let body = copy.layout.body(copy.focus) else { return ([], "") }
    var rows: [String] = []
    var selected = ""
    for y in body.y..<body.y + body.height {
      let cells = grid.row(y).dropFirst(body.x).prefix(body.width)
      let hasBar = cells.last.map { [.bar, .barTrack].contains($0.style.role) } ?? false
      let text = ScreenText.line(hasBar ? cells.dropLast() : cells)
      let isSelected = grid.cursor?.y == y
      if isSelected { selected = text }
      // A gap is one empty line, however high it is on the screen.
      if text.isEmpty, rows.last?.isEmpty ?? true { continue }
      rows.append(text.isEmpty ? "" : (isSelected ? "> " : "  ") + text)
    }
    while rows.last?.isEmpty == true { rows.removeLast() }
    return (rows, selected)
  }

  private func text(_ lines: [StyledText]) -> [String] {
    let width = max(1, lines.map { $0.width(player.glyphs) }.max() ?? 1)
    return lines.map { line in
      var grid = Grid(Size(width, 1), glyphs: player.glyphs)
      grid.write(fitting: line, in: grid.bounds)
      return ScreenText.plain(grid)
    }
  }

  private func joined(_ lines: [String]) -> String {
    lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }
}
