import NNRReport
import PlainText
import TerminalScreen

/// A lesson as plain text.
public enum LessonPages {
  /// The title and all steps; answers only if they are asked for.
  public static func text(_ lesson: Lesson, _ pages: [LessonPlayer.Page], answers: Bool) -> String {
    var lines = [lesson.title] + wrapped(lesson.about)
    for page in pages {
      lines += ["", "== \(page.number)/\(pages.count) \(page.title)"]
      lines += page.commands.map { "   :\($0)" }
      for note in page.notes { lines += [""] + wrapped(note) }
      if let question = page.question {
        lines += [""] + wrapped("? " + question.text)
        if answers {
          lines += wrapped("= " + question.answer)
          if !question.reason.isEmpty { lines += wrapped("! " + question.reason) }
        }
      }
    }
    return lines.map { SafeText.line($0) }.joined(separator: "\n") + "\n"
  }

  private static func wrapped(_ text: String) -> [String] {
    StyledText.wrap(text, width: 78).map(\.string)
  }
}
