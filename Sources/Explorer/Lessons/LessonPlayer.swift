import NNRModel
import TerminalScreen

/// Plays a lesson without a terminal, for reading it as text and for testing it.
public struct LessonPlayer {
  /// A step with its values filled in.
  public struct Page: Sendable {
    /// The number, from 1.
    public let number: Int
    /// Its heading.
    public let title: String
    /// The commands that lead there.
    public let commands: [String]
    /// The paragraphs.
    public let notes: [String]
    /// The question and its answer; nil without one.
    public let question: (text: String, answer: String, reason: String)?
    /// What went wrong.
    public let problems: [LessonProblem]
  }

  /// The explorer.
  public private(set) var session: ExplorerSession
  private let lesson: Lesson

  /// A player of a lesson over its streams.
  public init(_ lesson: Lesson, _ model: ExplorerModel, quiz: Bool = false) {
    self.lesson = lesson
    var model = model
    model.begin(lesson, quiz: quiz)
    session = ExplorerSession(model)
    session.work()
  }

  /// The steps from the first to the last.
  public mutating func pages() -> [Page] {
    lesson.steps.indices.map { place in
      if place > 0 { command("next-step") }
      return page
    }
  }

  /// Runs a command and all work that follows.
  public mutating func command(_ line: String) {
    session.execute(line)
    session.work()
  }

  /// What was asked of the outside.
  public var effects: [Effect] { session.effects }

  /// Presses keys and does all work that follows.
  public mutating func press(_ keys: [Key]) {
    session.press(keys)
    session.work()
  }

  /// The present step.
  public var page: Page {
    let model = session.model
    guard let open = model.lesson else {
      return Page(number: 0, title: "", commands: [], notes: [], question: nil, problems: [])
    }
    func plain(_ text: LessonText, hides: Bool = false) -> String {
      text.plain { value in
        if hides, model.isAnswered(by: value) { return HiddenValues.mark }
        return switch model.shown(value) {
        case .text(let text): text
        case .pending: "…"
        case .missing: "?"
        }
      }
    }
    var problems = open.problems
    if !open.isSettled {
      problems.append(LessonProblem(line: 0, text: "step \(open.place + 1) never ends its work"))
    }
    return Page(
      number: open.place + 1, title: open.step.title, commands: open.step.commands.map(\.text),
      notes: open.step.notes.map { plain($0, hides: open.hidesNotes) },
      question: open.step.question.map { (plain($0.text), plain($0.answer), plain($0.reason)) },
      problems: problems)
  }
}
