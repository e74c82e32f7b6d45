import ArgumentParser
import NNRReport

/// The `config` command.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Prints a configuration file with every setting, and checks the one there is.",
    discussion: """
      The configuration is $XDG_CONFIG_HOME/nnrscope/config.yaml, or ~/.config/nnrscope/config.yaml; to begin one: \
      nnrscope config > ~/.config/nnrscope/config.yaml
      """)

  @Option(help: "Check this file in place of the usual one.", completion: .file())
  var config: String?

  func run() throws {
    let path = config ?? ConfigurationFile.usualPath
    _ = try ConfigurationFile.load(config)
    if let path {
      let found = UserFolder.exists(path)
      Output.complain("\(path) \(found ? "has no mistakes" : "does not exist yet")")
    }
    Output.write(Self.template)
  }

  /// A file that says what holds without one.
  static var template: String {
    Setting.all.map { "# \($0.help)\n# (\($0.values))\n\($0.name): \($0.initial)\n" }
      .joined(separator: "\n")
  }
}
