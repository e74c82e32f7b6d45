import ArgumentParser

/// The program: batch commands, and the explorer when none is named.
@main
struct NNRScope: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nnrscope",
    abstract: "Looks into compressed neural networks (ISO/IEC 15938-17, NNR/NNC).",
    discussion: "Exit status: "
      + ExitStatus.meanings.map { "\($0.code) \($0.meaning)" }.joined(separator: ", ") + ".",
    version: "0.1.0",
    subcommands: [
      Explore.self, Learn.self, UnitsCommand.self, SyntaxCommand.self, TensorsCommand.self,
      UpdatesCommand.self, CostCommand.self, CheckCommand.self, DiffCommand.self,
      CompareCommand.self, AdviseCommand.self, TraceCommand.self, DiagnoseCommand.self,
      ExportCommand.self, ReportCommand.self,
      WhatifCommand.self, RecodeCommand.self, BenchCommand.self,
      CarriersCommand.self, ExtractCommand.self, ReferenceCommand.self, ConfigCommand.self,
      InstallDocsCommand.self, CompleteCommand.self,
    ],
    defaultSubcommand: Explore.self)

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.isEmpty { greet() }
    if arguments == ["--version"] {
      // Without the table of all commands, which takes most of the start.
      Output.write(configuration.version + "\n")
      ExitStatus.leave(0)
    }
    if let script = CompletionScript.wanted(arguments) { Output.write(script); ExitStatus.leave(0) }
    if let reason = UnknownCommand.reason(arguments) { ExitStatus.usage(reason).leave() }
    do {
      var command = try parseAsRoot()
      try command.run()
      ReadFaults.leaveIfAny()
    } catch let help as ColumnHelp {
      Output.write(help.text)
    } catch let code as ExitCode {
      ExitStatus.leave(code.rawValue)
    } catch let failure as ExitStatus {
      switch failure {
      case .streamHasErrors, .differs: ReadFaults.leaveIfAny()
      case .usage, .unusable: break
      }
      failure.leave()
    } catch {
      leave(error)
    }
  }

  /// Says how to begin: to people at a terminal, and as a mistake to everyone else.
  private static func greet() -> Never {
    guard Output.isTerminal else { ExitStatus.usage(Greeting.usage).leave() }
    Output.write(Greeting.text)
    ExitStatus.leave(0)
  }

  /// Prints what the argument parser has to say: help on standard output with 0, mistakes on standard error with 2.
  private static func leave(_ error: any Error) -> Never {
    let message = fullMessage(for: error)
    guard exitCode(for: error) != .success else {
      if !message.isEmpty { Output.write(message + "\n") }
      ExitStatus.leave(0)
    }
    ExitStatus.usage(message).leave()
  }
}
