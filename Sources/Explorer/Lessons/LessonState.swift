/// A lesson and where in it the learner stands.
struct LessonState: Sendable {
  /// How a question went.
  enum Outcome: Sendable, Hashable {
    /// Right at the first try.
    case right
    /// Right after wrong answers.
    case late
    /// Shown without an answer.
    case shown
  }

  /// The lesson.
  let lesson: Lesson
  /// Whether values stay hidden until they were told.
  let isQuiz: Bool
  /// The step.
  private(set) var place = 0
  /// The commands of the step that did not run yet.
  var queue: [LessonStep.Command] = []
  /// What the places for values stand for, once all work of the step is done.
  var values: [LessonValue: LessonFinding] = [:]
  /// Whether all work of the step is done.
  var isSettled = false
  /// What went wrong: commands that failed, values that are not there.
  var problems: [LessonProblem] = []
  /// The first line shown.
  var top = 0
  /// Whether the lesson has the keyboard.
  var hasFocus = false
  /// An answer that was given before the work of the step was done.
  var early: String?
  /// What became of the questions, by step.
  private(set) var outcomes: [Int: Outcome] = [:]
  /// The last wrong answer to the question of a step.
  private(set) var wrong: [Int: String] = [:]

  /// A lesson at its first step.
  init(_ lesson: Lesson, isQuiz: Bool) {
    self.lesson = lesson
    self.isQuiz = isQuiz
  }

  /// The step.
  var step: LessonStep { lesson.steps[place] }

  /// Whether the question of the step waits for an answer.
  var isAsking: Bool { step.question != nil && outcomes[place] == nil }

  /// What became of the question of the step.
  var outcome: Outcome? { outcomes[place] }

  /// Whether the values of the notes are not to be seen.
  var hidesNotes: Bool { isQuiz && isAsking }

  /// Goes to a step and queues what leads there: its commands, or those of the nearest step before that has some.
  mutating func go(to place: Int) {
    self.place = min(max(0, place), lesson.steps.count - 1)
    queue = lesson.steps[...self.place].last { !$0.commands.isEmpty }?.commands ?? []
    values = [:]
    isSettled = false
    early = nil
    top = 0
  }

  /// Takes an answer; whether it is right.
  mutating func answer(_ text: String, expected: String) -> Bool {
    guard LessonAnswer.fits(text, expected) else {
      wrong[place] = text
      return false
    }
    outcomes[place] = wrong[place] == nil ? .right : .late
    return true
  }

  /// Gives the answer away.
  mutating func show() { if isAsking { outcomes[place] = .shown } }

  /// How many questions were answered at the first try, and how many were told.
  var score: (right: Int, told: Int) {
    (outcomes.values.filter { $0 == .right }.count, outcomes.count)
  }
}

/// Whether what was typed is the answer.
enum LessonAnswer {
  /// Numbers are compared as numbers, a real one to one per cent; texts without regard to case and quotes.
  static func fits(_ typed: String, _ expected: String) -> Bool {
    let (typed, expected) = (bare(typed), bare(expected))
    guard !typed.isEmpty else { return false }
    if typed == expected { return true }
    guard let wanted = number(expected), let given = number(typed) else { return false }
    if wanted.rounded() == wanted, !expected.contains(".") { return given == wanted }
    return abs(given - wanted) <= abs(wanted) * 0.01
  }

  private static func bare(_ text: String) -> String {
    let plain = text.lowercased().replacing("−", with: "-").replacing("\"", with: "")
    return plain.split(separator: " ").joined(separator: " ")
  }

  /// The number in front of a unit: `6,583 B`, `0x1f4`, `61.2 %`.
  private static func number(_ text: String) -> Double? {
    let word = text.prefix { $0 != " " }
    if word.hasPrefix("0x") { return Int(word.dropFirst(2), radix: 16).map { Double($0) } }
    let digits = word.filter { $0 != "," }
    guard digits.allSatisfy({ $0.isNumber || "+-.e%".contains($0) }) else { return nil }
    return Double(digits.hasSuffix("%") ? String(digits.dropLast()) : digits)
  }
}
