import PlainText
import TerminalScreen

/// A lesson over the streams that are open.
extension ExplorerModel {
  /// Begins a lesson; to be called before `start`.
  public mutating func begin(_ lesson: Lesson, quiz: Bool) {
    self.lesson = LessonState(lesson, isQuiz: quiz)
    self.lesson?.go(to: 0)
    focusLessonIfAlone()
  }

  /// Gives the keyboard to the lesson, where it is told rather than seen.
  public mutating func readLesson() { lesson?.hasFocus = true }

  /// Goes to a step of the lesson, from the same state whichever step was shown before.
  mutating func goToStep(_ place: Int) -> [Effect] {
    guard let open = lesson else { return [] }
    guard open.lesson.steps.indices.contains(place) else {
      let score =
        open.isQuiz ? ": \(open.score.right) of \(open.lesson.questions) right at once" : ""
      tell(place < 0 ? "this is the first step" : "the end\(score); \(shownKey(of: "quit")) leaves")
      return []
    }
    lesson?.go(to: place)
    let effects = beginAnew()
    focusLessonIfAlone()
    return effects + decodeSelection() + continueLesson()
  }

  /// On a small screen the lesson is seen or the stream: a new step shows the lesson.
  private mutating func focusLessonIfAlone() {
    guard lesson != nil, layout.body(.lesson) == nil else { return }
    lesson?.hasFocus = true
  }

  /// Runs the commands of the step one after the other, each when the work of the one before is done; looks the values up when
  /// nothing is left to do.
  mutating func continueLesson() -> [Effect] {
    guard let open = lesson, !open.isSettled else { return [] }
    var effects: [Effect] = []
    while !isBusy, let command = lesson?.queue.first {
      lesson?.queue.removeFirst()
      effects += run(command)
    }
    guard let open = lesson, open.queue.isEmpty, running.isEmpty else { return effects }
    lesson?.isSettled = true
    status = nil
    for value in open.step.values {
      let found = lookUp(value)
      lesson?.values[value] = found
      if case .missing(let why) = found {
        lesson?.problems.append(
          LessonProblem(
            line: 0, text: "step \(open.place + 1): \(value.spelling): \(why)"))
      }
    }
    if let early = open.early {
      lesson?.early = nil
      answer(early)
    }
    return effects
  }

  private mutating func run(_ command: LessonStep.Command) -> [Effect] {
    // What a lesson does is not what the learner does.
    let recorded = recording
    let hadFocus = lesson?.hasFocus ?? false
    recording = nil
    status = nil
    let effects = execute(command.text)
    if let status, status.failed {
      lesson?.problems.append(LessonProblem(line: command.line, text: status.text))
    }
    recording = recorded
    lesson?.hasFocus = hadFocus
    return effects
  }

  /// Whether work is under way that the next command may build on; decoding of the selected tensor is not.
  private var isBusy: Bool { running.keys.contains { $0 != .decode } }

  /// What a place for a value shows.
  func shown(_ value: LessonValue) -> LessonFinding { lesson?.values[value] ?? lookUp(value) }

  /// Takes the learner's answer.
  mutating func answer(_ text: String) {
    guard let open = lesson, let question = open.step.question else {
      return tell("this step asks nothing", failed: true)
    }
    guard open.isSettled else {
      // It is looked at as soon as the step is ready.
      lesson?.early = text
      return
    }
    guard open.isAsking else {
      return tell("that is answered; \(shownKey(of: "next-step")) goes on")
    }
    guard let expected = answerText(question) else {
      return tell("the answer is not in this stream", failed: true)
    }
    // What is said of the answer stands at the end.
    lesson?.top = .max
    if lesson?.answer(text, expected: expected) ?? false {
      return tell("right: \(expected)")
    }
    tell("\(ShownText.line(text)) is not it")
  }

  /// The answer to a question; nil while it is not known.
  func answerText(_ question: LessonQuestion) -> String? {
    var isKnown = true
    let text = question.answer.plain { value in
      if case .text(let text) = shown(value) { return text }
      isKnown = false
      return ""
    }
    return isKnown ? text : nil
  }

  /// What is not to be seen while a question of a quiz waits.
  var hidden: HiddenValues {
    guard let open = lesson, open.hidesNotes, let question = open.step.question else {
      return HiddenValues()
    }
    return HiddenValues(question.answer.values)
  }
}

/// The values that a question of a quiz asks for.
struct HiddenValues: Sendable {
  /// The mark in the place of a value.
  static let mark = "???"

  private var arguments: [LessonValue.Kind: Set<String>] = [:]

  /// Nothing is hidden.
  init() {}

  /// Hides what is asked for.
  init(_ values: [LessonValue]) {
    for value in values { arguments[value.kind, default: []].insert(value.argument) }
  }

  /// Whether nothing is hidden.
  var isEmpty: Bool { arguments.isEmpty }

  /// Whether the value of an element is hidden.
  func hides(element: String?) -> Bool {
    guard let element else { return false }
    return [.value, .name].contains { kind in
      arguments[kind]?.contains { $0.prefix { $0 != "[" } == element } ?? false
    }
  }

  /// Whether a figure is hidden.
  func hides(figure: String) -> Bool { arguments[.figure]?.contains(figure) ?? false }

  /// Whether facts of a kind are hidden.
  func hides(_ kind: LessonValue.Kind) -> Bool { arguments[kind] != nil }
}
