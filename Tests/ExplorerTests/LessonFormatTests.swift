import Testing

@testable import Explorer

/// What a teacher can write, and what is said where it is wrong.
@Suite struct LessonFormatTests {
  private static let head = "title: T\nabout: A\nopen: worked-example\n"

  @Test func allPartsAreRead() throws {
    let text =
      Self.head
        + """
        # a comment
        == First
        : unit 3
        : element dq_flag
        One {value:dq_flag} two
        goes on `code {x}`.

        Second paragraph.
        ? Which?
        = {name:nnr_unit_type@u0}
        ! Because
        ! of it.
        == Second
        Only text.
        """
    let lesson = try Lesson(Array(text.utf8), name: "n")
    #expect(lesson.title == "T" && lesson.about == "A" && lesson.streams == ["worked-example"])
    #expect(lesson.steps.map(\.title) == ["First", "Second"])
    let step = lesson.steps[0]
    #expect(step.commands.map(\.text) == ["unit 3", "element dq_flag"])
    #expect(step.commands.map(\.line) == [6, 7])
    #expect(step.notes.count == 2)
    #expect(step.notes[0].plain { $0.spelling } == "One {value:dq_flag} two goes on code {x}.")
    #expect(step.question?.answer.values.first?.unit == 0)
    #expect(step.question?.reason.plain { _ in "" } == "Because of it.")
    #expect(lesson.questions == 1)
  }

  @Test(arguments: [
    ("== x\ntext", 0, "title"), ("title: T\n== x\ntext", 1, "opens no stream"),
    (head, 4, "has no step"), (head + "== x\n: frob\nt", 5, "no command frob"),
    (head + "== x\n: export a.npy\nt", 5, "not for lessons"),
    (head + "== x\n: save-screen a\nt", 5, "not for lessons"),
    (head + "== x\n: record a\nt", 5, "not for lessons"),
    (head + "== x\n: diff /etc/passwd\nt", 5, "under open:"),
    (head + "== x\n: next-step\nt", 5, "moves between steps"),
    (head + "== x\ntext\n: unit 3", 6, "before the notes"),
    (head + "== x\n{value:nowhere}", 4, "no element"),
    (head + "== x\n{frob:dq_flag}", 4, "no frob"),
    (head + "== x\n{value:dq_flag", 4, "never closed"),
    (head + "== x\n? A\n= 5", 4, "looked up"), (head + "== x\n? A", 4, "no answer"),
    (head + "== x\n= {value:dq_flag}", 5, "follows its question"), (head + "==\ntext", 4, "title"),
    (head + "== x\n? A\n? B", 6, "one question"),
    (head + "== x\nto\u{1b}[2Jo", 5, "cannot be shown"),
    (head + "frob: x", 4, "none of title"), (head + "== x\n{key:unit}", 4, "with a key"),
    (head + "== x\n{unit:frob}", 4, "known are"), (head + "== x", 4, "says nothing"),
  ]) func saysWhatIsWrong(_ text: String, _ line: Int, _ part: String) {
    #expect {
      try Lesson(Array(text.utf8), name: "n")
    } throws: { error in
      guard let problem = error as? LessonProblem else { return false }
      return problem.text.contains(part) && (line == 0 || problem.line == line)
    }
  }

  @Test func bytesThatAreNoText() {
    #expect(throws: LessonProblem.self) { try Lesson([0xff, 0xfe], name: "n") }
    let long = [UInt8](repeating: 0x20, count: 1 << 19)
    #expect(throws: LessonProblem.self) { try Lesson(long, name: "n") }
  }

  @Test(arguments: [
    ("6583", "6,583", true), ("6,583 B", "6,583", true), ("6584", "6,583", false),
    ("0x12", "18", true), ("nnr_ndu", "NNR_NDU", true), ("w", "\"w\"", true),
    ("61", "61.2 %", true), ("65", "61.2 %", false), ("-2", "−2", true), ("", "", false),
    ("dependent  Quantization", "dependent quantization", true), ("0.761", "0.7614", true),
    ("13", "13 of 56", true), ("yes", "no", false), ("1e3", "1000", true),
  ]) func answersAreCompared(_ typed: String, _ expected: String, _ fits: Bool) {
    #expect(LessonAnswer.fits(typed, expected) == fits)
  }
}
