/// A guided tour: streams, and steps of commands, notes and questions.
public struct Lesson: Sendable {
  /// The name by which it is opened.
  public let name: String
  /// What it is called.
  public let title: String
  /// What one learns, in a sentence.
  public let about: String
  /// The streams that it is about, base first: names of samples or paths.
  public let streams: [String]
  /// The steps.
  public let steps: [LessonStep]

  /// The number of questions.
  public var questions: Int { steps.filter { $0.question != nil }.count }
}

/// A step of a lesson.
public struct LessonStep: Sendable {
  /// A command of the registry.
  struct Command: Sendable, Hashable {
    /// The line of the file.
    let line: Int
    /// As it is typed at the prompt.
    let text: String
  }

  /// Its heading.
  let title: String
  /// What leads to the place that it is about.
  let commands: [Command]
  /// Its paragraphs.
  let notes: [LessonText]
  /// What it asks.
  let question: LessonQuestion?

  /// Everything that has to be looked up in the stream.
  var values: [LessonValue] {
    let texts = notes + (question.map { [$0.text, $0.answer, $0.reason] } ?? [])
    return texts.flatMap(\.values)
  }
}

/// A question whose answer stands in the stream.
struct LessonQuestion: Sendable {
  /// What is asked.
  let text: LessonText
  /// The answer: looked up, never typed.
  let answer: LessonText
  /// What is said behind a right answer; empty for nothing.
  let reason: LessonText
}

/// A text with places for values.
struct LessonText: Sendable, Hashable {
  /// A piece of it.
  enum Part: Sendable, Hashable {
    /// As it is.
    case text(String)
    /// A name of the format or of the program, set apart.
    case code(String)
    /// What the stream says.
    case value(LessonValue)
  }

  /// The pieces, left to right.
  var parts: [Part] = []

  /// What has to be looked up.
  var values: [LessonValue] {
    parts.compactMap { if case .value(let value) = $0 { value } else { nil } }
  }

  /// The text with its values from `shown`.
  func plain(_ shown: (LessonValue) -> String) -> String {
    parts.map { part in
      switch part {
      case .text(let text), .code(let text): text
      case .value(let value): shown(value)
      }
    }.joined()
  }
}
