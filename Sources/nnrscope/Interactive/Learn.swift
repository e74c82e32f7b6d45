import ArgumentParser
import Explorer
import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import TerminalScreen

/// `nnrscope learn`: lists lessons, opens one, or prints it.
struct Learn: ParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(
    commandName: "learn", abstract: "Guided tours over the samples: lists them, or opens one.",
    discussion: """
      A lesson is a name out of the list or a file of your own. In it > and < go from step to step, = answers a question. \
      --text prints a lesson with its values and says what in it is not true of its streams.
      """)

  /// The lesson.
  @Argument(help: "The lesson: a name or a file; without one, the list.", completion: .file())
  var lesson: String?

  /// Quiz.
  @Flag(help: "Hide the values of the notes until the question of the step is answered.")
  var quiz = false

  /// Text.
  @Flag(help: "Print the lesson with its values; with --quiz, without answers.")
  var text = false

  /// A folder.
  @Option(
    help: "Write the samples into this folder, where files of their names stay as they are.",
    completion: .directory)
  var samples: String?

  /// How it is shown.
  @OptionGroup var screen: ExplorerOptions

  /// Lists, prints or opens.
  func run() throws {
    if let samples { return try writeSamples(samples) }
    guard let name = lesson else { return list() }
    let (found, folder) = try read(name)
    let opened = OpenedStreams(try session(found, folder))
    guard text else { return try screen.show(opened, lesson: (found, quiz)) }
    let model = ExplorerModel(opened.streams, size: Size(120, 40))
    var player = LessonPlayer(found, model, quiz: quiz)
    let pages = player.pages()
    Output.write(LessonPages.text(found, pages, answers: !quiz))
    let problems = pages.flatMap(\.problems)
    guard problems.isEmpty else {
      throw ExitStatus.usage(Set(problems.map { "\($0)" }).sorted().joined(separator: "\n"))
    }
  }

  private func writeSamples(_ folder: String) throws {
    for name in LessonLibrary.samples {
      let path = folder + "/" + LessonLibrary.fileName(name)
      if (try? openSource(path)) != nil { continue }
      guard let bytes = LessonLibrary.sample(name) else { continue }
      do {
        let file = try AtomicFile(path: path)
        try file.write(bytes)
        try file.commit()
      } catch {
        throw ExitStatus.unusable("\(error)")
      }
    }
  }

  private func list() {
    var text = ""
    for lesson in LessonLibrary.lessons() {
      let facts = "\(lesson.steps.count) steps, \(lesson.questions) questions"
      text += "\(lesson.name): \(lesson.title) (\(facts))\n    \(lesson.about)\n"
    }
    Output.write(text + "\nnnrscope learn NAME opens one; --quiz asks for the values.\n")
  }

  /// The lesson of a name, and the folder in which its streams are looked for first.
  private func read(_ name: String) throws -> (Lesson, String?) {
    do {
      if let bytes = LessonLibrary.text(name) { return (try Lesson(bytes, name: name), nil) }
      guard name.contains("/") || name.contains(".") else {
        let known = LessonLibrary.lessons().map(\.name)
        let near = NearNames.of(name, among: known)
        throw ExitStatus.usage(
          "no lesson is called \(name)"
            + (near.isEmpty
              ? ", but: \(known.joined(separator: ", ")); a file needs a . or / in its name"
              : "; did you mean \(near.joined(separator: ", "))?"))
      }
      let source = try openSource(name)
      let folder = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
      return (try Lesson(try source.read(0..<source.count), name: name), folder)
    } catch let problem as LessonProblem {
      throw ExitStatus.usage("\(name): \(problem)")
    } catch let error as SourceError {
      throw ExitStatus.unusable("\(error)")
    }
  }

  private func session(_ lesson: Lesson, _ folder: String?) throws -> Session {
    let openings = try lesson.streams.flatMap { stream -> [Session.Opening] in
      if let folder, let source = Self.file(stream, folder) {
        return try Session.Opening.all(of: source, stream)
      }
      if let bytes = LessonLibrary.sample(stream) {
        return try LessonLibrary.openings(MemorySource(bytes), stream)
      }
      throw ExitStatus.unusable(
        "\(lesson.name): there is neither a file nor a sample \(stream); samples are "
          + LessonLibrary.samples.joined(separator: ", "))
    }
    return Session(openings: openings)
  }

  private static func file(_ name: String, _ folder: String) -> (any ByteSource)? {
    let path = name.hasPrefix("/") ? name : folder + name
    return (try? openSource(path)) ?? (try? openSource(path + ".nnc"))
  }
}
