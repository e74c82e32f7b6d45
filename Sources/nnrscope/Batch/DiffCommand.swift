import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRReport
import NNRSyntax

/// The `diff` command.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compares two streams or update chains: syntax, levels, costs, weights.",
    discussion: """
      Two files, or a chain on each side: diff A1 A2 --with B1 B2. Exit status 4 if a unit differs. With --csv, \
      --ndjson, --columns, --sort or --filter the units are listed, one a row. --ignore takes names of \
      elements, such as nnr_unit_size or tensor_dimensions[0]; syntax --catalog lists them.

      --json prints equal, streams (units with elements and payload; type_b and names_b where the second side is called \
      otherwise), costs (bits by class and tensor, file by file), chain_costs (for chains: bits by class over all files of \
      both; null otherwise), weights, same_weights and weights_skipped. Costs have name, a, b, change in bits, change_share \
      as a part of a, and undecoded.
      """)

  @OptionGroup var streams: StreamOptions
  @OptionGroup var work: WorkOptions
  @Option(
    name: .customLong("with"), parsing: .upToNextOption, help: "The chain of the second side.",
    completion: .file())
  var others: [String] = []
  @Option(help: "An element that does not count; may be given several times.")
  var ignore: [String] = []
  @Flag(help: "Compare the syntax only.") var noDecode = false
  @OptionGroup var form: FormOptions

  func run() throws {
    let selection = try form.selection(DiffTable.fields)
    var (left, right) = (streams, streams)
    if others.isEmpty {
      guard streams.files.count == 2 else {
        throw ExitStatus.usage("diff compares two files, or a chain with the chain behind --with")
      }
      left.files = [streams.files[0]]
      right.files = [streams.files[1]]
    } else {
      right.files = others
    }
    guard (left.files + right.files).filter({ $0 == "-" }).count < 2 else {
      throw ExitStatus.usage("standard input can be read once only")
    }
    let names = SyntaxCatalog.standard.elements.map(\.name) + [SyntaxNode.unparsedName]
    for name in ignore where !isIndexed(name, among: names) {
      try requireName(name, among: names, noun: "element")
    }
    var options = DiffOptions()
    options.ignoring = Set(ignore)
    options.decodes = !noDecode
    let sessions = (try left.session(), try right.session())
    let diff = SessionDiff(
      sessions.0, sessions.1, options: options, threads: try work.count())
    defer {
      // Of two updates alone the differences are compared: that is what was asked for.
      for session in [sessions.0, sessions.1] where session.streams.count > 1 {
        ChainNotes(session).complain()
      }
      let updates = [sessions.0, sessions.1].map { ChainText.differences($0, stream: 0) != nil }
      if others.isEmpty, updates[0] != updates[1] {
        for session in [sessions.0, sessions.1] { ChainNotes(session).tellDifferences(stream: 0) }
      }
    }
    if form.json {
      writeJSON { DiffDocument.write(diff, to: &$0) }
    } else if form.asksForTable {
      form.tell(
        rows: form.write(selection.table(DiffRow.rows(diff), usual: DiffTable.usual)))
    } else {
      Output.write(DiffText.text(diff, width: Output.width))
    }
    if !diff.isEmpty { throw ExitStatus.differs }
  }

  /// Whether a name is one of an element with indices, such as `tensor_dimensions[0]`.
  private func isIndexed(_ name: String, among names: [String]) -> Bool {
    guard let match = name.wholeMatch(of: /([^\[]+)(\[[0-9]+\])+/) else { return false }
    return names.contains(String(match.1))
  }
}
