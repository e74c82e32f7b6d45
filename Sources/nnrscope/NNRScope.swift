import ArgumentParser

/// The program: batch commands, and the explorer when none is named.
@main
struct NNRScope: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nnrscope",
    abstract: "Looks into compressed neural networks (ISO/IEC 15938-17, NNR/NNC).",
    discussion: """
      Exit status: 0 fine, 1 the stream has errors, 2 wrong usage, 3 the file cannot be read or there is no usable \
      terminal, 4 diff found differences.
      """,
    version: "0.1.0",
    subcommands: [
      UnitsCommand.self, SyntaxCommand.self, TensorsCommand.self, BenchCommand.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as ExitStatus {
      failure.leave()
    } catch {
      exit(withError: error)
    }
  }

  /// Wrong usage ends with 2, as the contract says.
  static var usageStatus: Int32 { 2 }
}
