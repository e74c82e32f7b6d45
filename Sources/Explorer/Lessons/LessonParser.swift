import NNRReport
import PlainText

/// Reads the text of a lesson.
///
/// A line that begins with `#` is a comment. In front come `title:`, `about:` and `open:` (a stream each); a step begins
/// with `== TITLE` and has commands (`: COMMAND`), paragraphs of notes, and at most one question: `? TEXT`, its answer
/// `= {kind:argument}`, and `! TEXT` to be said when it was answered.
struct LessonParser {
  /// The most bytes, steps, commands of a step, and streams.
  private static let limits = (bytes: 1 << 18, steps: 200, commands: 40, streams: 16)

  private var title = ""
  private var about = ""
  private var streams: [String] = []
  private var steps: [LessonStep] = []
  private var open: Draft?
  private var line = 0

  /// A step that is not complete.
  private struct Draft {
    var title: String
    var line: Int
    var commands: [LessonStep.Command] = []
    var notes: [String] = []
    var isInParagraph = false
    var question: String?
    var answer: String?
    var reason = ""
  }

  /// The lesson in a text.
  static func parse(_ bytes: [UInt8], name: String) throws(LessonProblem) -> Lesson {
    guard bytes.count <= limits.bytes else {
      throw LessonProblem(line: 0, text: "longer than \(limits.bytes) bytes")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw LessonProblem(line: 0, text: "it is not UTF-8")
    }
    var parser = LessonParser()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      parser.line += 1
      try parser.take(line)
    }
    return try parser.finish(name)
  }

  private func problem(_ text: String) -> LessonProblem { LessonProblem(line: line, text: text) }

  private mutating func take(_ raw: Substring) throws(LessonProblem) {
    let text = Self.trim(raw)
    guard SafeText.isPlain(text) else { throw problem("a character that cannot be shown") }
    if text.hasPrefix("#") { return }
    if text.hasPrefix("==") { return try begin(Self.trim(text.dropFirst(2))) }
    guard open != nil else { return try takeHead(text) }
    guard let first = text.first else {
      open?.isInParagraph = false
      return
    }
    let rest = Self.trim(text.dropFirst())
    switch first {
    case ":": try takeCommand(rest)
    case "?":
      guard open?.question == nil else { throw problem("a step has one question") }
      open?.question = rest
    case "=":
      guard open?.question != nil, open?.answer == nil else {
        throw problem("an answer follows its question")
      }
      open?.answer = rest
    case "!":
      guard let reason = open?.reason, open?.answer != nil else {
        throw problem("! follows an answer")
      }
      open?.reason = reason.isEmpty ? rest : reason + " " + rest
    default:
      guard open?.question == nil else {
        throw problem("behind the question come = and !; notes stand before it")
      }
      if open?.isInParagraph ?? false, let last = open?.notes.popLast() {
        open?.notes.append(last + " " + text)
      } else {
        open?.notes.append(text)
        open?.isInParagraph = true
      }
    }
  }

  private mutating func takeHead(_ text: String) throws(LessonProblem) {
    guard !text.isEmpty else { return }
    let parts = text.split(separator: ":", maxSplits: 1).map { Self.trim($0) }
    guard parts.count == 2 else { throw problem("write title:, about:, open: or == TITLE") }
    switch parts[0] {
    case "title": title = parts[1]
    case "about": about = parts[1]
    case "open":
      guard streams.count < Self.limits.streams else { throw problem("too many streams") }
      streams.append(parts[1])
    default: throw problem("\(parts[0]) is none of title, about, open")
    }
  }

  private mutating func begin(_ title: String) throws(LessonProblem) {
    try end()
    guard !title.isEmpty else { throw problem("a step needs a title") }
    guard steps.count < Self.limits.steps else { throw problem("too many steps") }
    open = Draft(title: title, line: line)
  }

  private mutating func takeCommand(_ text: String) throws(LessonProblem) {
    guard open?.notes.isEmpty ?? true, open?.question == nil else {
      throw problem("commands stand before the notes of a step")
    }
    guard open?.commands.count ?? 0 < Self.limits.commands else {
      throw problem("too many commands in a step")
    }
    if let reason = ExplorerModel.whyNotInLessons(text) { throw problem(reason) }
    open?.commands.append(LessonStep.Command(line: line, text: text))
  }

  private mutating func end() throws(LessonProblem) {
    guard let draft = open else { return }
    open = nil
    guard !draft.notes.isEmpty || draft.question != nil else {
      throw LessonProblem(line: draft.line, text: "the step \(draft.title) says nothing")
    }
    var notes: [LessonText] = []
    for note in draft.notes { notes.append(try read(note, draft.line)) }
    var question: LessonQuestion?
    if let asked = draft.question {
      guard let answer = draft.answer else {
        throw LessonProblem(line: draft.line, text: "the question of \(draft.title) has no answer")
      }
      question = LessonQuestion(
        text: try read(asked, draft.line), answer: try read(answer, draft.line),
        reason: try read(draft.reason, draft.line))
      guard question?.answer.values.isEmpty == false else {
        throw LessonProblem(
          line: draft.line, text: "an answer is looked up: = {value:…}, not typed")
      }
    }
    steps.append(
      LessonStep(
        title: draft.title, commands: draft.commands, notes: notes, question: question))
  }

  private mutating func finish(_ name: String) throws(LessonProblem) -> Lesson {
    try end()
    guard !title.isEmpty else { throw LessonProblem(line: 1, text: "it has no title:") }
    guard !streams.isEmpty else { throw LessonProblem(line: 1, text: "it opens no stream: open:") }
    guard !steps.isEmpty else { throw LessonProblem(line: line, text: "it has no step: ==") }
    return Lesson(name: name, title: title, about: about, streams: streams, steps: steps)
  }

  /// Divides a paragraph at its braces and backticks.
  private func read(_ text: String, _ line: Int) throws(LessonProblem) -> LessonText {
    var parts: [LessonText.Part] = []
    var rest = text[...]
    while let mark = rest.firstIndex(where: { $0 == "{" || $0 == "`" }) {
      if mark > rest.startIndex { parts.append(.text(String(rest[..<mark]))) }
      let isCode = rest[mark] == "`"
      let inside = rest[rest.index(after: mark)...]
      guard let close = inside.firstIndex(of: isCode ? "`" : "}") else {
        throw LessonProblem(line: line, text: "\(isCode ? "`" : "{") is never closed")
      }
      let content = String(inside[..<close])
      if isCode {
        parts.append(.code(content))
      } else {
        switch LessonValue.parse(content) {
        case .success(let value): parts.append(.value(value))
        case .failure(let wrong): throw LessonProblem(line: line, text: wrong.text)
        }
      }
      rest = inside[inside.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    return LessonText(parts: parts)
  }

  private static func trim(_ text: some StringProtocol) -> String {
    let blanks: Set<Character> = [" ", "\t", "\r"]
    return String(
      text.drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }.reversed())
  }
}

extension Lesson {
  /// Reads a lesson.
  public init(_ bytes: [UInt8], name: String) throws(LessonProblem) {
    self = try LessonParser.parse(bytes, name: name)
  }
}

extension ExplorerModel {
  /// Commands of the program itself that a lesson may use; others write files or end it.
  private static let harmless: Set<String> = ["explain", "apropos", "escape", "code-word"]

  /// Why a lesson may not run a line; nil if it may.
  static func whyNotInLessons(_ line: String) -> String? {
    let name = String(line.prefix { $0 != " " })
    let rest = line.dropFirst(name.count).drop { $0 == " " }
    guard let command = CommandRegistry.standard.command(named: name) else {
      return "there is no command \(name)"
    }
    if command.group == .lesson { return "\(name) moves between steps" }
    if command.group == .program, !harmless.contains(command.name) {
      return "\(name) is not for lessons"
    }
    if command.name == "diff", !rest.isEmpty { return "name the file of a diff under open:" }
    if command.name.hasSuffix("-prompt") || command.name == "prompt" {
      return "\(name) waits for typing"
    }
    if case .none = command.argument, !rest.isEmpty { return "\(name) takes no argument" }
    return nil
  }
}
