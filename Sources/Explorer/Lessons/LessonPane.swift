import PlainText
import TerminalScreen

extension Pane {
  /// The lesson, beside whichever view.
  public static let lesson = Pane("lesson", "Lesson")
}

/// The step of the lesson.
struct LessonView: View {
  let pane = Pane.lesson
  let commands = Command.learning

  func caption(_ model: ExplorerModel) -> (title: StyledText, note: StyledText) {
    model.lessonCaption
  }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawLines(
      model.lessonLines(rect.width), model.lesson?.top ?? 0, pane, &grid, rect)
  }

  func move(_ motion: Motion, _ model: inout ExplorerModel) {
    var top = model.lesson?.top ?? 0
    let lines = model.lessonLines(model.layout.body(pane)?.width ?? model.size.width).count
    motion.scroll(&top, count: lines, page: model.page(pane))
    model.lesson?.top = top
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] { model.enterLesson() }

  func enterHint(_ model: ExplorerModel) -> String? {
    model.lesson?.isQuiz ?? false && model.lesson?.isAsking ?? false ? "answer" : "next step"
  }

  func click(_ point: Point, _ rect: Rect, _ model: inout ExplorerModel) {}
}

/// The lesson beside the stream.
extension ExplorerModel {
  /// The lines at a width; without empty ones where there is little room.
  func lessonLines(_ width: Int) -> [StyledText] {
    guard let open = lesson else { return [] }
    let width = max(8, width - 1)
    let step = open.step
    var lines = StyledText.wrap(step.title, width: width, style: .title)
    let isShort = (layout.body(.lesson)?.height ?? 0) < 12
    let hides = open.hidesNotes
    for (place, note) in step.notes.enumerated() {
      if place > 0, !isShort { lines.append("") }
      lines += note.lines(width) {
        hides && isAnswered(by: $0) ? .text(HiddenValues.mark) : shown($0)
      }
    }
    if let question = step.question {
      if !isShort { lines.append("") }
      lines += questionLines(question, open, width)
    }
    for problem in open.problems where !open.isSettled || problem.line > 0 {
      lines += StyledText.wrap("E \(problem)", width: width, style: .error)
    }
    return lines
  }

  /// Whether a note would give the answer away.
  func isAnswered(by value: LessonValue) -> Bool {
    if let question = lesson?.step.question {
      if question.answer.values.contains(value) { return true }
      // The same by another way.
      if case .text(let text) = shown(value), text == answerText(question) { return true }
    }
    // A quiz hides what bits mean; the bits themselves, keys and words of the format are no secrets.
    switch value.kind {
    case .key, .meaning, .descriptor, .explain, .bits, .length, .place: return false
    default: return true
    }
  }

  private func questionLines(_ question: LessonQuestion, _ open: LessonState, _ width: Int)
    -> [StyledText]
  {
    var asked = question.text
    asked.parts.insert(.text("? "), at: 0)
    var lines = asked.lines(width, style: .heading) { shown($0) }
    guard let outcome = open.outcome else {
      if let wrong = open.wrong[open.place] {
        lines += StyledText.wrap(
          "✗ \(ShownText.line(wrong)) is not it", width: width, style: .warning)
      }
      return lines
        + StyledText.wrap(
          "\(shownKey(of: "answer-prompt")) answers, \(shownKey(of: "show-answer")) shows the answer",
          width: width, style: .dim)
    }
    let mark =
      switch outcome {
      case .right: "✓ "
      case .late: "✓ at last: "
      case .shown: "the answer: "
      }
    lines += StyledText.wrap(
      mark + (answerText(question) ?? "?"), width: width,
      style: outcome == .shown ? .normal : .success)
    if !question.reason.parts.isEmpty { lines += question.reason.lines(width) { shown($0) } }
    return lines
  }

  /// The title of the pane and where in the lesson one stands.
  var lessonCaption: (title: StyledText, note: StyledText) {
    guard let open = lesson else { return ("Lesson", "") }
    var note = "\(open.place + 1)/\(open.lesson.steps.count)"
    if open.isQuiz {
      note += " · \(open.score.right) of \(open.lesson.questions) right"
    }
    // Where one stands is worth more than the end of a long title.
    let room = (layout.body(.lesson)?.width ?? size.width) - note.count - 3
    let title = StyledText(open.lesson.title, .title).truncated(to: max(8, room))
    return (title, StyledText(note, .dim))
  }

  /// What Enter does in the lesson: answers a quiz, or goes on.
  mutating func enterLesson() -> [Effect] {
    guard let open = lesson else { return [] }
    if open.isQuiz, open.isAsking { return openPrompt(.command, "answer ") }
    return goToStep(open.place + 1)
  }
}

extension LessonText {
  /// The text broken for a width, values and names set apart.
  func lines(_ width: Int, style: Style = .normal, _ shown: (LessonValue) -> LessonFinding)
    -> [StyledText]
  {
    var lines: [StyledText] = []
    var line = StyledText()
    var word = StyledText()
    func endWord() {
      guard !word.spans.isEmpty else { return }
      if !line.spans.isEmpty, line.width() + 1 + word.width() > width {
        lines.append(line)
        line = StyledText()
      }
      if !line.spans.isEmpty { line.append(" ", style) }
      // A word longer than a line is cut into lines.
      for rest in word.cut(width) {
        if line.width() + rest.width() > width, !line.spans.isEmpty {
          lines.append(line)
          line = StyledText()
        }
        line += rest
      }
      word = StyledText()
    }
    for part in parts {
      let (text, look): (String, Style) =
        switch part {
        case .text(let text): (text, style)
        case .code(let text): (text, .name)
        case .value(let value):
          switch shown(value) {
          case .text(let text): (text, .number)
          case .pending: ("…", .tentative)
          case .missing: ("?", .error)
          }
        }
      var isFirst = true
      for piece in text.split(separator: " ", omittingEmptySubsequences: false) {
        if !isFirst { endWord() }
        isFirst = false
        if !piece.isEmpty { word.append(String(piece), look) }
      }
    }
    endWord()
    if !line.spans.isEmpty { lines.append(line) }
    return lines
  }
}

extension StyledText {
  /// The text in pieces of at most `width` columns, each of one style where it is longer than that.
  fileprivate func cut(_ width: Int) -> [StyledText] {
    guard self.width() > width, width > 0 else { return [self] }
    return spans.flatMap { span in
      var pieces: [StyledText] = []
      var rest = Substring(span.text)
      while !rest.isEmpty {
        pieces.append(StyledText(String(rest.prefix(width)), span.style))
        rest = rest.dropFirst(width)
      }
      return pieces
    }
  }
}
