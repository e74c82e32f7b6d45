#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Commands and their options as the argument parser knows them, for documents.
struct CommandOutline: Decodable {
  /// An option, a flag or an argument.
  struct Argument: Decodable, Hashable {
    /// A way to write an option.
    struct Name: Decodable, Hashable {
      let kind: String
      let name: String

      /// With its dashes.
      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: String
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let defaultValue: String?
    let shouldDisplay: Bool
    let isRepeating: Bool
    let allValues: [String]?
    let completionKind: Completing?

    /// What the parser knows of values beside their list.
    struct Completing: Decodable, Hashable {
      struct Nothing: Decodable, Hashable {}
      let file: Files?
      let directory: Nothing?

      struct Files: Decodable, Hashable {
        let extensions: [String]
      }
    }

    /// As a line of help has it: `--sort SORT`, `FILES...`.
    var usage: String {
      let value = (valueName ?? "").uppercased()
      let names = (names ?? []).map(\.text).joined(separator: ", ")
      switch kind {
      case "positional": return value + (isRepeating ? "..." : "")
      case "option": return "\(names) \(value)"
      default: return names
      }
    }
  }

  let commandName: String
  let abstract: String?
  let discussion: String?
  let shouldDisplay: Bool
  let arguments: [Argument]?
  let subcommands: [CommandOutline]?

  /// The commands to tell of: all but the parser's own `help`.
  var commands: [CommandOutline] {
    (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
  }

  /// Options that are not those of every command.
  var ownArguments: [Argument] {
    (arguments ?? []).filter { argument in
      argument.shouldDisplay
        && argument.names?.contains { $0.name == "help" || $0.name == "version" }
          != true
    }
  }

  /// The whole program.
  static func program() throws -> CommandOutline {
    struct Dump: Decodable { let command: CommandOutline }
    let text = NNRScope._dumpHelp()
    return try JSONDecoder().decode(Dump.self, from: Data(text.utf8)).command
  }
}
