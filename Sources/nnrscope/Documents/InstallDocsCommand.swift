import ArgumentParser

/// The `install-docs` command.
struct InstallDocsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install-docs",
    abstract: "Installs the manual page and the completions for bash, zsh and fish.")

  @Option(help: "The folder that holds share/; ~/.local if not given.", completion: .directory)
  var prefix: String?

  @Option(help: "Print one of them and install nothing: man, bash, zsh or fish.")
  var show: Document?

  /// What can be installed.
  enum Document: String, CaseIterable, ExpressibleByArgument {
    case man, bash, zsh, fish

    /// Its place below the prefix.
    var path: String {
      switch self {
      case .man: "share/man/man1/nnrscope.1"
      case .bash: "share/bash-completion/completions/nnrscope"
      case .zsh: "share/zsh/site-functions/_nnrscope"
      case .fish: "share/fish/vendor_completions.d/nnrscope.fish"
      }
    }

    /// What it holds.
    func text() throws -> String {
      switch self {
      case .man: try ManPage.text()
      case .bash: CompletionScript.bash
      case .zsh: CompletionScript.zsh
      case .fish: CompletionScript.fish
      }
    }
  }

  func run() throws {
    if let show { return Output.write(try show.text()) }
    guard let base = prefix ?? UserFolder.value("HOME").map({ $0 + "/.local" }) else {
      throw ExitStatus.usage("there is no home; --prefix names a folder")
    }
    for document in Document.allCases {
      let path = base + "/" + document.path
      UserFolder.make(
        String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex)), mode: 0o755)
      if let reason = TextFile.write(path, try document.text()) {
        throw ExitStatus.unusable("cannot write \(path): \(reason)")
      }
      Output.write(path + "\n")
    }
  }
}
