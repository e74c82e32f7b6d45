import TerminalScreen

/// Where everything stands on a screen of some size.
struct ScreenLayout: Sendable, Hashable {
  /// A pane within a frame.
  struct Part: Sendable, Hashable {
    /// The pane.
    var pane: Pane
    /// The line of the frame that holds its title.
    var caption: Rect
    /// Where it draws.
    var body: Rect
  }

  /// Panes one above the other in one frame.
  struct Column: Sendable, Hashable {
    /// The frame; nil where there is no room for one.
    var frame: Rect?
    /// The panes.
    var parts: [Part]
  }

  /// The least size in which the program can be used.
  static let least = Size(40, 10)

  /// The line of facts about the file.
  var top = Rect.zero
  /// The names of the views.
  var bar = Rect.zero
  /// The names of the panes where one is shown at a time.
  var tabs: Rect?
  /// The panes.
  var columns: [Column] = []
  /// Between the names of the views and the footer.
  var middle = Rect.zero
  /// The last line: keys, prompt or status.
  var footer = Rect.zero
  /// Whether nothing but a message fits.
  var isTooSmall = false

  /// Where a pane draws; nil if it is not shown.
  func body(_ pane: Pane) -> Rect? {
    columns.lazy.flatMap(\.parts).first { $0.pane == pane }?.body
  }

  /// Lays out the panes; a lesson takes a column at the right, rows at the bottom, or all of a small screen while it has the
  /// keyboard.
  init(
    _ size: Size, front: Pane, isFirst: Bool, strip: Pane, isZoomed: Bool,
    lesson: (isOpen: Bool, hasFocus: Bool) = (false, false)
  ) {
    let screen = Rect(size)
    guard size.width >= Self.least.width, size.height >= Self.least.height else {
      isTooSmall = true
      return
    }
    top = screen.row(0)
    footer = screen.row(size.height - 1)
    bar = screen.row(1)
    middle = screen.rows(from: 2, count: size.height - 3)
    var room = middle
    var beside: Column?
    if lesson.isOpen {
      if size.width >= 110 {
        let width = min(48, size.width / 3)
        room = middle.columns(from: 0, count: middle.width - width)
        let rest = middle.columns(from: room.width)
        beside = Self.framed(rest, [(.lesson, rest.height - 2)])
      } else if middle.height >= 20 {
        let rows = min(12, max(10, middle.height * 2 / 5))
        room = middle.rows(from: 0, count: middle.height - rows)
        let rest = middle.rows(from: room.height)
        beside = Self.framed(rest, [(.lesson, rows - 2)])
      } else if lesson.hasFocus {
        columns = [Self.framed(middle, [(.lesson, middle.height - 2)])]
        return
      }
    }
    if !isFirst {
      columns = [Self.framed(room, [(front, room.height - 2)])]
    } else if isZoomed || room.width < 70 || room.height < 12 {
      tabs = room.row(0)
      let body = room.rows(from: 1)
      columns = [
        Column(frame: nil, parts: [Part(pane: front, caption: .zero, body: body)])
      ]
    } else {
      columns = Self.split(room, strip: strip)
    }
    if let beside { columns.append(beside) }
  }

  private static func split(_ middle: Rect, strip: Pane) -> [Column] {
    let left = min(60, max(30, middle.width * 35 / 100))
    let rows = middle.height
    let detail = min(13, max(4, (rows - 3) / 3))
    var right: [(Pane, Int)]
    if rows >= 30 {
      let bits = min(9, rows / 5)
      let decode = min(12, rows / 4)
      right = [(.syntax, rows - 4 - bits - decode), (.bits, bits), (.decode, decode)]
    } else {
      let low = max(4, (rows - 3) * 2 / 5)
      right = [(.syntax, rows - 3 - low), (strip, low)]
    }
    return [
      framed(
        middle.columns(from: 0, count: left), [(.outline, rows - 3 - detail), (.detail, detail)]),
      framed(middle.columns(from: left), right),
    ]
  }

  /// A frame with panes of the given heights.
  private static func framed(_ frame: Rect, _ panes: [(pane: Pane, height: Int)]) -> Column {
    var y = 0
    let parts = panes.map { pane, height in
      defer { y += height + 1 }
      let inside = frame.inset(1, 0).rows(from: y + 1, count: height)
      return Part(
        pane: pane, caption: frame.row(y), body: inside.inset(inside.width > 30 ? 1 : 0, 0))
    }
    return Column(frame: frame, parts: parts)
  }
}

extension ExplorerModel {
  /// The layout for the present state.
  var layout: ScreenLayout {
    ScreenLayout(
      size, front: front, isFirst: shows(.explorer), strip: strip, isZoomed: isZoomed,
      lesson: (lesson != nil, lesson?.hasFocus ?? false))
  }
}
