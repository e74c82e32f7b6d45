import ArgumentParser

/// The program.
@main struct NNRScope: ParsableCommand {
  /// Name, subcommands, help.
  static let configuration = CommandConfiguration(
    commandName: "nnrscope",
    abstract: "Shows everything in ISO/IEC 15938-17 (NNR/NNC) bitstreams of neural networks.",
    subcommands: [Explore.self],
    defaultSubcommand: Explore.self)
}
