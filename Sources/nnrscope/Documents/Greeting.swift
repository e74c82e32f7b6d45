import Explorer
import PlainText

/// What is said to someone who names no stream.
enum Greeting {
  /// What the program is, and how to begin.
  static var text: String {
    let lessons = LessonLibrary.lessons().map(\.name)
    let ways: [(command: String, what: String)] = [
      ("nnrscope FILE...", "opens streams; ? lists the keys, q quits"),
      ("nnrscope learn units", "a first lesson of \(lessons.count); > goes on"),
      ("nnrscope learn --samples .", "writes the samples into this folder"),
      ("nnrscope check FILE", "says what is wrong with a stream"),
      ("nnrscope --help", "lists all commands"),
    ]
    let width = ways.map(\.command.count).max() ?? 0
    let rows = ways.map { way in
      let gap = String(repeating: " ", count: width - way.command.count)
      return "  \(way.command)\(gap)  \(way.what)\n"
    }
    return """
      nnrscope looks into compressed neural networks (ISO/IEC 15938-17, NNR/NNC):
      every unit, every syntax element, every bit, the weights while they are decoded.


      """ + rows.joined() + "\n" + list("Lessons", lessons) + list("Samples", LessonLibrary.samples)
  }

  /// The line for those who call the program without a terminal.
  static let usage =
    "no file is named: nnrscope FILE... opens the explorer, nnrscope learn lists lessons, "
    + "nnrscope --help lists all commands"

  private static func list(_ title: String, _ names: [String]) -> String {
    CellText.wrapped("\(title): " + names.joined(separator: ", "), to: 78)
      .map { $0 + "\n" }.joined()
  }
}
