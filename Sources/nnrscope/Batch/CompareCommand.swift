import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRReport
import WeightFiles

/// The `compare` command.
struct CompareCommand: ParsableCommand {
  /// What a row of the table is.
  enum Rows: String, ExpressibleByArgument, CaseIterable {
    /// A tensor, with columns for each run.
    case tensor
    /// A class of syntax, with columns for each run.
    case costClass = "class"
    /// A run.
    case run
    /// A tensor in a run.
    case cell
  }

  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares many runs: bits by tensor, errors against an original, rate against error.",
    discussion: """
      Each file is a run by itself; the first one is what the others are compared with. Columns of a run end in its number: \
      bits_2, snr_2. --by cell has a row for each tensor in each run, and is what --ndjson prints unless told otherwise.

      With --against and two or more --series, the Bjøntegaard difference of each to those before it: how many percent more bits \
      at equal SNR (less than 0 saves bits), and how much more SNR at equal bits.
      """)

  @OptionGroup var streams: StreamOptions
  @OptionGroup var form: FormOptions
  @OptionGroup var work: WorkOptions
  @Option(
    help: ArgumentHelp(
      "Compare the weights with the original: a PyTorch, safetensors, ONNX, npz or npy file; several are one.",
      valueName: "file"), completion: .file())
  var against: [String] = []
  @Option(
    help:
      "Names of the runs and of the original that differ: JSON, or lines of two names with a tab between them.",
    completion: .file())
  var map: String?
  @Option(
    help: ArgumentHelp(
      "Runs that are a curve: files with commas between them, or a pattern; may be given several times.",
      valueName: "name=files"))
  var series: [String] = []
  @Option(help: "How points become curves: pchip, akima or cubic.")
  var method: RateMethod = .pchip
  @Flag(help: "Leave runs out of a curve that cost more bits than another and are no better.")
  var pareto = false
  @Option(help: "One row for each: tensor, class, run or cell.") var by: Rows?
  @Option(
    help: ArgumentHelp(
      "Also write the errors of the runs over their bits as a drawing.", valueName: "file.svg"),
    completion: .file())
  var svg: String?
  @OptionGroup var grouping: GroupOptions
  @OptionGroup var joining: JoinOptions

  func run() throws {
    if map != nil, against.isEmpty { throw ExitStatus.usage("--map goes with --against") }
    if svg != nil, against.isEmpty { throw ExitStatus.usage("--svg goes with --against") }
    guard !streams.files.isEmpty || !series.isEmpty || form.columns == "help" else {
      throw ExitStatus.usage("no file is named")
    }
    let kind = by ?? (form.ndjson ? .cell : .tensor)
    if grouping.isAsked, kind == .run || kind == .costClass {
      throw ExitStatus.usage("--group goes with rows that are tensors or cells")
    }
    let joined = try joining.table(beside: CompareCellTable.fields(against: true))
    let groups = try grouping.groups(joined)
    // The columns are those of two runs where none is named.
    if form.columns == "help" { try help(kind, joined) }
    let files = try RunFiles(streams, series: series)
    // What cannot be understood is said before anything is decoded.
    try check(kind, groups == nil ? joined : nil, runs: files.sources.count)
    files.problems.forEach { Output.complain($0) }
    let references =
      against.isEmpty ? nil : WeightFile.joined(try against.map(AgainstOptions.open))
    let decoded = RunQueue.all(
      files.sources, against: references, mapping: try map.map(AgainstOptions.mapping),
      threads: try work.count(), done: { Output.progress("\($0) of \(files.sources.count) runs") })
    Output.progress("")
    var result = CompareResult(decoded, files, isAgainst: references != nil)
    result.differ(RateOptions(method: method, pareto: pareto))
    joining.tell(joined, names: result.comparison.tensors.map(\.name))
    let rows = groups.map { result.comparison.grouped($0) } ?? result.comparison.tensors
    // A column by the names of tensors says nothing of groups.
    try write(kind, rows, result, groups == nil ? joined : nil)
    if let svg { try result.draw(svg) }
    try result.leave(isText: !form.json && !form.isForPrograms)
  }

  private func write(
    _ kind: Rows, _ rows: [CompareRow], _ result: CompareResult, _ joined: JoinedTable?
  ) throws {
    let comparison = result.comparison
    guard !comparison.runs.isEmpty || form.json else { return }
    switch kind {
    case .tensor: try list(rows, result, joined, total: true)
    case .costClass: try list(comparison.classes, result, nil, total: false)
    case .run:
      try put(RunTable.fields(against: comparison.isAgainst), RunRow.rows(comparison), rows, result)
    case .cell:
      let fields = cellFields(joined)
      try put(
        fields, CompareCell.cells(rows, comparison.runs), rows, result,
        usual: CompareCellTable.usual(against: comparison.isAgainst) + (joined?.keys ?? []))
    }
  }

  private func rowFields(_ joined: JoinedTable?, runs: Int) -> [Field<CompareRow>] {
    CompareTable.fields(runs: runs, against: !against.isEmpty)
      + (joined?.fields { $0.name } ?? [])
  }

  private func cellFields(_ joined: JoinedTable?) -> [Field<CompareCell>] {
    CompareCellTable.fields(against: !against.isEmpty) + (joined?.fields { $0.name } ?? [])
  }

  /// Rows with columns for each run.
  private func list(
    _ rows: [CompareRow], _ result: CompareResult, _ joined: JoinedTable?, total: Bool
  ) throws {
    let comparison = result.comparison
    let runs = comparison.runs.count
    let selection = try form.selection(rowFields(joined, runs: runs))
    if form.json {
      let chosen = selection.rows(rows)
      form.tell(rows: chosen.count)
      return writeJSON { result.write(rows: chosen, to: &$0) }
    }
    let isText = !form.isForPrograms
    if isText { Output.write(CompareText.runs(comparison, width: Output.width) + "\n") }
    let all = isText && total && selection.filter == nil ? rows + [comparison.total] : rows
    let usual = CompareTable.usual(runs: runs, against: comparison.isAgainst)
    form.tell(
      rows: form.write(selection.table(all, usual: usual + (joined?.keys ?? []))))
    if isText { Output.write(result.rates(width: Output.width)) }
  }

  /// Rows of another kind; JSON has the tensors or groups all the same.
  private func put<Row>(
    _ fields: [Field<Row>], _ rows: [Row], _ tensors: [CompareRow], _ result: CompareResult,
    usual: [String]? = nil
  ) throws {
    let selection = try form.selection(fields)
    if form.json { return writeJSON { result.write(rows: tensors, to: &$0) } }
    form.tell(rows: form.write(selection.table(rows, usual: usual)))
    if !form.isForPrograms { Output.write(result.rates(width: Output.width)) }
  }

  /// Refuses what the options ask of columns that are not there.
  private func check(_ kind: Rows, _ joined: JoinedTable?, runs: Int) throws {
    switch kind {
    case .tensor: _ = try form.selection(rowFields(joined, runs: runs))
    case .costClass: _ = try form.selection(rowFields(nil, runs: runs))
    case .run: _ = try form.selection(RunTable.fields(against: !against.isEmpty))
    case .cell: _ = try form.selection(cellFields(joined))
    }
  }

  private func help(_ kind: Rows, _ joined: JoinedTable?) throws {
    try check(kind, joined, runs: max(2, streams.files.count))
  }
}

extension RateMethod: ExpressibleByArgument {}
