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
      as a part of a, and undecoded; tensors have classes, by which they differ.

      --max-growth, --max-tensor-growth and --max-error are budgets: exit status 4 then means that one of them is not kept, \
      however much else differs, and budgets says what of each is taken and left. A growth is a percentage such as 1%, or a \
      number of bytes such as 512 or 2K; an error is a number as the weights are. What is new, gone or cannot be decoded keeps \
      no budget of tensors or weights.
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
  @Flag(help: "Print the elements and levels of each unit, however many differ.") var unfold = false
  @Flag(help: "Print a summary and a table in Markdown, for a pull request.") var markdown = false
  @Option(help: "One row for each: unit, or tensor that changed.") var by: DiffRows?
  @OptionGroup var limits: LimitOptions
  @OptionGroup var form: FormOptions

  func run() throws {
    switch by ?? .unit {
    case .unit:
      try run(DiffTable.fields, usual: DiffTable.usual) { DiffRow.rows($0) }
    case .tensor:
      try run(DiffTensorTable.fields, usual: nil) { DiffTensor.rows($0) }
    }
  }

  /// Compares; a table has the rows that `rows` makes of the comparison.
  private func run<Row>(
    _ fields: [Field<Row>], usual: [String]?, rows: (SessionDiff) -> [Row]
  ) throws {
    let selection = try form.selection(fields)
    let limits = try limits.limits()
    if noDecode, limits.needsDecoding || by == .tensor {
      throw ExitStatus.usage("--no-decode knows nothing of tensors and weights")
    }
    if markdown, form.json || form.asksForTable {
      throw ExitStatus.usage("--markdown is a form of its own")
    }
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
    let budgets = DiffBudget.all(diff, limits)
    if form.json {
      writeJSON { DiffDocument.write(diff, budgets: budgets, to: &$0) }
    } else if markdown {
      Output.write(DiffMarkdown.text(diff, budgets))
    } else if form.asksForTable || by != nil {
      form.tell(rows: form.write(selection.table(rows(diff), usual: usual)))
    } else {
      let text = DiffText.text(diff, budgets: budgets, unfolds: unfold, width: Output.width)
      Output.write(form.colors.paint.differences(text))
    }
    guard !limits.isEmpty else {
      if !diff.isEmpty { throw ExitStatus.differs }
      return
    }
    // Where the output does not say it, someone must.
    for budget in budgets where !budget.holds || form.asksForTable {
      Output.complain("\(budget.title): \(budget.verdict)")
    }
    if budgets.contains(where: { !$0.holds }) { throw ExitStatus.differs }
  }

  /// Whether a name is one of an element with indices, such as `tensor_dimensions[0]`.
  private func isIndexed(_ name: String, among names: [String]) -> Bool {
    guard let match = name.wholeMatch(of: /([^\[]+)(\[[0-9]+\])+/) else { return false }
    return names.contains(String(match.1))
  }
}
