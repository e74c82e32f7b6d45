import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRReport

/// The `tensors` command.
struct TensorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tensors",
    abstract: "Lists the coded tensors with their figures; several files are one update chain.")

  @OptionGroup var streams: StreamOptions
  @OptionGroup var repair: RepairOptions
  @OptionGroup var form: FormOptions
  @OptionGroup var work: WorkOptions
  @Flag(help: "Add SHA-256 of levels and values (JSON).") var hash = false
  @Flag(help: "Add the parameters after local scaling and G · H (JSON).") var model = false
  @Flag(help: "Look at the headers only.") var noDecode = false
  @OptionGroup var reference: AgainstOptions
  @OptionGroup var grouping: GroupOptions
  @OptionGroup var joining: JoinOptions
  @OptionGroup var searching: SearchOptions

  func run() throws {
    let own =
      TensorTable.fields + searching.fields()
      + (reference.against.isEmpty ? [] : TensorTable.errors)
    let joined = try joining.table(beside: own)
    let groups = try grouping.groups(joined)
    if let groups {
      guard !searching.search else {
        throw ExitStatus.usage("--search is for tensors, not for groups of them")
      }
      return try run(
        TensorGroupTable.fields(against: !reference.against.isEmpty), joined, groups: groups,
        select: { TensorGroup.groups($0, groups) })
    }
    try run(
      own + (joined?.fields { $0.tensor.name } ?? []), joined, groups: nil, select: { $0 })
  }

  /// Lists the tensors, or what `select` makes of them.
  private func run<Row>(
    _ fields: [Field<Row>], _ joined: JoinedTable?, groups: NameGroups?,
    select: ([TensorRow]) -> [Row]
  ) throws {
    let selection = try form.selection(fields)
    try reference.check()
    let session = try repair.session(streams, json: form.json)
    var isBroken = false
    var documents: [(rows: [TensorRow], parameters: [ParameterFigures]?)] = []
    for stream in session.streams.indices {
      let rows = try searching.searched(
        try rows(session, stream), session, stream, threads: try work.count())
      isBroken = isBroken || rows.contains { $0.failure?.rule.severity == .error }
      var parameters: [ParameterFigures]?
      if model {
        var found: [ParameterFigures] = []
        session.parameters(stream: stream) { parameter in
          found.append(ParameterFigures(parameter, hashes: hash))
          return true
        }
        parameters = found
      }
      documents.append((rows, parameters))
    }
    let report = try reference.report(session)
    if let report, let last = documents.indices.last {
      for place in documents[last].rows.indices {
        documents[last].rows[place].compare(with: report)
      }
    }
    var count = 0
    if form.json {
      writeJSON(session) { stream, json in
        let rows = selection.rows(select(documents[stream].rows))
        count += rows.count
        TensorDocument.write(
          file: session.streams[stream].name, rows as? [TensorRow] ?? documents[stream].rows,
          parameters: documents[stream].parameters,
          against: stream == documents.count - 1 ? report : nil,
          groups: groups == nil ? nil : Table(selection.shown(), rows), to: &json)
      }
    } else {
      // People see where integers are from where that can differ.
      let usual =
        form.isForPrograms || session.repair != nil
        ? nil : fields.map(\.column.key).filter { $0 != TensorTable.origin }
      for number in session.shown {
        let (stream, document) = (session.streams[number], documents[number])
        count += form.write(
          selection.table(select(document.rows), usual: usual), file: stream.name)
        if !form.isForPrograms { Output.write(TensorNotes.nonfinite(document.rows)) }
      }
      if let report, !form.isForPrograms {
        Output.write(AgainstText.text(report, width: Output.width))
      }
    }
    form.tell(rows: count)
    joining.tell(joined, names: documents.flatMap { $0.rows.map(\.tensor.name) })
    if let emptiness = report?.emptiness {
      Output.complain(emptiness)
      isBroken = true
    } else if form.isForPrograms, !form.json, let rule = report?.mapping.rule {
      Output.complain("names matched \(rule)")
    }
    if isBroken { throw ExitStatus.streamHasErrors }
    try leaveIfBroken(session)
  }

  private func rows(_ session: Session, _ stream: Int) throws -> [TensorRow] {
    if noDecode { return TensorRow.headers(session, stream: stream) }
    var options = FiguresOptions()
    options.hashes = hash
    options.sketches = false
    options.accounting = true
    defer { Output.progress("") }
    return TensorRow.decoded(
      session, stream: stream, options: options, threads: try work.count(),
      done: Output.counting(units: session.directory(stream).byUnit.count))
  }
}

/// How many threads work.
struct WorkOptions: ParsableArguments {
  @Option(help: "The number of threads; all cores by default.") var threads: Int?

  /// The number of threads, 1 or more.
  func count() throws -> Int {
    guard let threads else { return Processors.count }
    guard (1...1024).contains(threads) else { throw ExitStatus.usage("--threads is 1 to 1024") }
    return threads
  }
}
