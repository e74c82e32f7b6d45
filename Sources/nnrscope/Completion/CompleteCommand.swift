import ArgumentParser
import PlainText

/// The hidden command that shells ask how a line may go on.
struct CompleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "complete", abstract: "Prints how a line may go on, for shells.",
    shouldDisplay: false)

  @Argument(help: "The shell: bash, zsh or fish.") var shell: String
  @Argument(parsing: .captureForPassthrough, help: "The words of the line behind the program.")
  var words: [String] = []

  func run() throws {
    var words = words
    if words.first == "--" { words.removeFirst() }
    // Bash hands words over as they were typed.
    if shell == "bash" { words = words.map(ShellWord.unquoted) }
    let completion = try LineCompletion(words, CommandOutline.program())
    var text = ""
    for candidate in completion.candidates where SafeText.isPlain(candidate.word) {
      text += candidate.word + "\t" + SafeText.line(candidate.what) + "\n"
    }
    switch completion.files {
    case .none: break
    case .all: text += ":files\n"
    case .folders: text += ":folders\n"
    }
    Output.write(text)
  }
}

/// A word as it was typed into a shell.
enum ShellWord {
  /// The word without quotes and backslashes, and with the home for `~/`.
  static func unquoted(_ word: String) -> String {
    var text = ""
    var quote: Character?
    var isEscaped = false
    for character in word {
      if isEscaped {
        text.append(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else {
        text.append(character)
      }
    }
    guard word.hasPrefix("~/"), let home = UserFolder.value("HOME") else { return text }
    return home + text.dropFirst()
  }
}
