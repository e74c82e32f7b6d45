import Foundation
import NNRBits
import NNRModel
import NNRSamples
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// Every lesson within the program plays from its first step to its last, and all that it says of its streams is looked up.
@Suite struct LessonTests {
  private static let names = BundledSamples.lessons.map(\.name)

  private static func lesson(_ name: String) throws -> Lesson {
    try Lesson(try #require(LessonLibrary.text(name)), name: name)
  }

  private static func model(
    _ lesson: Lesson, _ size: Size = Size(120, 40)
  ) throws -> ExplorerModel {
    let session = Session(
      openings: try lesson.streams.flatMap {
        try LessonLibrary.openings(MemorySource(try #require(LessonLibrary.sample($0))), $0)
      })
    return ExplorerModel(session.opened(), size: size)
  }

  @Test func allLessonsAreThere() throws {
    #expect(Self.names.count == 12)
    #expect(LessonLibrary.lessons().map(\.name) == Self.names)
    let folder = Fixture.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Samples")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let streams = files.filter { file in
      [".nnc", ".hevc", ".heif"].contains { file.hasSuffix($0) }
    }
    .map { $0.hasSuffix(".nnc") ? String($0.dropLast(4)) : $0 }
    #expect(Set(BundledSamples.streams.map(\.name)) == Set(streams).subtracting(["many-units"]))
    let lessons = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "Lessons").path)
    #expect(Set(lessons) == Set(Self.names.map { $0 + ".lesson" }))
    for (name, bytes) in BundledSamples.streams {
      let file = try Data(contentsOf: folder.appending(path: LessonLibrary.fileName(name)))
      #expect([UInt8](file) == bytes, "\(name)")
    }
  }

  @Test(arguments: names) func playsToTheEnd(_ name: String) throws {
    let lesson = try Self.lesson(name)
    #expect(lesson.steps.count > 4)
    #expect(lesson.questions > 2)
    var player = LessonPlayer(lesson, try Self.model(lesson))
    let pages = player.pages()
    #expect(pages.count == lesson.steps.count)
    for page in pages {
      #expect(page.problems.isEmpty, "\(name) \(page.number): \(page.problems)")
      for text in page.notes + [page.question?.text, page.question?.answer].compactMap({ $0 }) {
        #expect(!text.contains("…:") && !text.isEmpty, "\(name) \(page.number)")
      }
    }
  }

  /// Whatever becomes of its text, a lesson is refused with a reason or played; its values may be missing then.
  @Test(arguments: names) func damagedLessonsAreHarmless(_ name: String) throws {
    let text = try #require(LessonLibrary.text(name))
    let whole = try Self.lesson(name)
    var random = SeededGenerator(seed: UInt64(text.count))
    var played = 0
    for _ in 0..<300 {
      var bytes = text
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
        default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
        }
      }
      do throws(LessonProblem) {
        let lesson = try Lesson(bytes, name: name)
        guard played < 6, lesson.streams == whole.streams else { continue }
        played += 1
        var player = LessonPlayer(lesson, try Self.plain(lesson))
        #expect(player.pages().count == lesson.steps.count)
      } catch {
        #expect(!error.text.isEmpty)
      }
    }
    #expect(played > 0)
  }

  private static func plain(_ lesson: Lesson) throws(LessonProblem) -> ExplorerModel {
    guard let model = try? model(lesson) else {
      throw LessonProblem(line: 0, text: "its streams are no samples")
    }
    return model
  }

  /// Going back and jumping gives what going forward gave: notes, places, and how everything is looked at.
  @Test(arguments: names) func stepsDoNotDependOnTheWay(_ name: String) throws {
    let lesson = try Self.lesson(name)
    var player = LessonPlayer(lesson, try Self.model(lesson))
    var forward: [(notes: [String], look: [String])] = []
    for place in lesson.steps.indices {
      if place > 0 { player.command("next-step") }
      forward.append((player.page.notes, player.session.model.chosen))
    }
    for place in lesson.steps.indices.reversed() {
      player.command("step \(place + 1)")
      #expect(player.page.notes == forward[place].notes, "\(name) \(place + 1)")
      #expect(player.session.model.chosen == forward[place].look, "\(name) \(place + 1)")
    }
  }

  /// Numbers in notes stand in braces; what is typed has none, except in names of the format.
  @Test(arguments: names) func noValueIsTyped(_ name: String) throws {
    let lesson = try Self.lesson(name)
    for step in lesson.steps {
      let texts = step.notes + (step.question.map { [$0.text, $0.reason] } ?? [])
      for case .text(let text) in texts.flatMap(\.parts) {
        let isYesOrNo = text.contains("0 or 1")
        #expect(isYesOrNo || !text.contains(where: \.isNumber), "\(name), \(step.title): \(text)")
      }
    }
  }

  /// The notes of a step do not tell what its question asks for.
  @Test(arguments: names) func noQuizTellsItsAnswer(_ name: String) throws {
    let lesson = try Self.lesson(name)
    var player = LessonPlayer(lesson, try Self.model(lesson), quiz: true)
    for (place, step) in lesson.steps.enumerated() {
      if place > 0 { player.command("next-step") }
      guard let question = step.question else { continue }
      let answer = try #require(player.session.model.answerText(question))
      func told(_ text: String) -> Int {
        let word = text.split { !$0.isLetter && !$0.isNumber && !"._-^".contains($0) }
        return word.count {
          $0.drop { ".".contains($0) } == answer[...]
            || $0.dropLast() == answer[...] && $0.last == "."
        }
      }
      let model = player.session.model
      // What the format says of elements in general holds numbers of its own.
      let general = step.notes.map { note in
        note.plain { value in
          guard [.explain, .meaning].contains(value.kind), case .text(let text) = model.shown(value)
          else { return " " }
          return text
        }
      }
      #expect(
        told(player.page.notes.joined(separator: " ")) <= told(general.joined(separator: " ")),
        "\(name), \(step.title): \(answer)")
      let typed = step.notes.map { $0.plain { _ in " " } }.joined(separator: " ")
      #expect(told(typed) == 0, "\(name), \(step.title): \(answer) is typed")
    }
  }

  @Test(arguments: names) func answersOfAQuizAreTaken(_ name: String) throws {
    let lesson = try Self.lesson(name)
    var player = LessonPlayer(lesson, try Self.model(lesson), quiz: true)
    for (place, step) in lesson.steps.enumerated() {
      if place > 0 { player.command("next-step") }
      guard let question = step.question else { continue }
      let answer = try #require(player.session.model.answerText(question))
      let state = try #require(player.session.model.lesson)
      #expect(state.isAsking && state.hidesNotes)
      let before = player.session.model.lessonLines(60).map(\.string).joined(separator: "\n")
      #expect(!before.contains("✓"))
      player.command("answer surely not this")
      #expect(player.session.model.lesson?.isAsking == true)
      player.command("answer \(answer)")
      #expect(player.session.model.lesson?.outcome == .late, "\(name) \(place + 1): \(answer)")
    }
    #expect(player.session.model.lesson?.score.told == lesson.questions)
    #expect(player.session.model.lesson?.score.right == 0)
  }

  @Test(arguments: [Size(120, 40), Size(80, 24), Size(40, 10)], [GlyphSet.block, .ascii])
  func screens(_ size: Size, _ glyphs: GlyphSet) throws {
    let lesson = try Self.lesson("units")
    var player = LessonPlayer(lesson, try Self.model(lesson, size), quiz: true)
    player.command("next-step")
    assertSnapshot(
      player.session.model.draw(glyphs: glyphs),
      named: "lesson-\(size.width)x\(size.height)-\(glyphs)")
  }

  /// The lesson that the README prints plays too, and the format's document names every kind of value.
  @Test func documentsAreTrue() throws {
    let folder = Fixture.folder.deletingLastPathComponent().deletingLastPathComponent()
    for file in ["README.md", "Samples/LESSONS.md"] {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      let blocks = text.components(separatedBy: "```")
      let block = try #require(blocks.first { $0.contains("\ntitle: Two flags") })
      let lesson = try Lesson(Array(block.utf8), name: file)
      var player = LessonPlayer(lesson, try Self.model(lesson))
      for page in player.pages() { #expect(page.problems.isEmpty, "\(file): \(page.problems)") }
    }
    let text = try String(
      contentsOf: folder.appending(path: "Samples/LESSONS.md"), encoding: .utf8)
    for kind in LessonValue.Kind.allCases {
      #expect(text.contains("{\(kind.rawValue):"), "\(kind)")
      for fact in LessonValue.facts(kind) ?? [] { #expect(text.contains("`\(fact)`"), "\(fact)") }
    }
  }

  /// What a question asks for is on no pane while it waits.
  @Test func aQuizHidesTheValue() throws {
    let lesson = try Lesson(
      Array(
        """
        title: x
        open: digits-cnn
        == One
        : unit 8
        : syntax
        : element dq_flag
        ? What does it say?
        = {name:dq_flag}
        """.utf8), name: "x")
    var player = LessonPlayer(lesson, try Self.model(lesson), quiz: true)
    for (command, key) in [
      ("syntax", "j"), ("detail", "k"), ("syntax", "v"), ("bits", "k"), ("outline", "k"),
    ] {
      player.command(command)
      player.press(Key.sequence(key) ?? [])
      player.command("element dq_flag")
      let screen = ScreenText.plain(player.session.model.draw())
      #expect(screen.contains("???"), "\(command)")
      #expect(!screen.contains("dependent quantization"), "\(command)")
    }
    player.command("show-answer")
    #expect(ScreenText.plain(player.session.model.draw()).contains("dependent qu"))
  }

  /// An answer that is given while the step is still being made ready counts.
  @Test func anEarlyAnswerIsKept() throws {
    let lesson = try Self.lesson("weights")
    var model = try Self.model(lesson)
    model.begin(lesson, quiz: true)
    var session = ExplorerSession(model)
    session.work()
    session.command("next-step")
    session.execute("next-step")
    session.execute("answer 2")
    #expect(session.model.lesson?.isAsking == true)
    session.work()
    #expect(session.model.lesson?.outcome == .right)
    #expect(session.screen.contains("right: 2"))
  }

  /// A conversation in lines tells each step whole.
  @Test func aLessonIsRead() throws {
    let lesson = try Self.lesson("units")
    var model = try Self.model(lesson)
    model.begin(lesson, quiz: false)
    model.readLesson()
    var reader = PlainReader(
      ScriptPlayer(model, glyphs: .ascii, write: { _, _ in nil }, open: { [] }))
    #expect(reader.start().contains("A stream is a row of units"))
    let second = reader.take(">")
    #expect(second.contains("A unit begins with its size"))
    #expect(second.contains("? How many bytes"))
    #expect(reader.take("answer 21").contains("right: 21"))
  }

  @Test func keysLeadThroughALesson() throws {
    let lesson = try Self.lesson("units")
    var model = try Self.model(lesson, Size(80, 24))
    model.begin(lesson, quiz: false)
    var session = ExplorerSession(model)
    session.work()
    #expect(session.screen.contains("1/6"))
    session.keys(">")
    #expect(session.screen.contains("2/6"))
    session.keys("= 2 1 Enter")
    #expect(session.model.lesson?.outcome == .right)
    session.keys("< > T Enter")
    #expect(session.screen.contains("3/6"))
    session.keys("Tab j")
    #expect(session.model.focus == .outline)
  }
}
