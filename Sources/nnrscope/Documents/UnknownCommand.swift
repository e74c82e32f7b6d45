import NNRAnalysis

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A first word that is neither a command nor a file.
///
/// The parser takes such a word for a file to explore, and complains of the options behind it, or of the file.
enum UnknownCommand {
  /// What to say of the first word; nil if it is a command, an option or a file, or unlike all commands.
  static func reason(_ arguments: [String]) -> String? {
    guard let word = arguments.first, !word.isEmpty, !word.hasPrefix("-"), !word.contains("/"),
      !names.contains(word), access(word, F_OK) != 0
    else { return nil }
    let near = NearNames.of(word, among: names)
    guard near.isEmpty else {
      return "no command and no file is called \(word); did you mean "
        + near.joined(separator: ", ") + "?"
    }
    // With a dot it was meant as a file.
    return word.contains(".")
      ? nil : "no command and no file is called \(word); nnrscope --help lists the commands"
  }

  /// The names of the commands.
  private static var names: [String] {
    NNRScope.configuration.subcommands.map { $0._commandName } + ["help"]
  }
}
