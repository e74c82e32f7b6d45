import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRRecode
import NNRReport
import NNRSyntax

/// The command `whatif`.
struct WhatifCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif",
    abstract: "Lists what each tensor would have cost with other choices that change no weight.",
    discussion: """
      Unary length, scan, row flags and start states are searched as recode does; bits are those of the shortest stream that \
      was found and coded. With --tensor each alternative is a row: one choice made otherwise, start states chosen anew for it. \
      Several files are one update chain.

      With --against the tensors are quantized anew from their originals, by nearest integers and by the trellis of dependent \
      quantization, with QPs around the stream's: what an encoder without rate-distortion optimisation would give, and where a \
      bit buys most. With --tensor or --all each step is a row.
      """)

  @OptionGroup var streams: StreamOptions
  @OptionGroup var form: FormOptions
  @OptionGroup var work: WorkOptions
  @OptionGroup var knobs: KnobOptions
  @OptionGroup var rateAndError: RateErrorOptions
  @OptionGroup var grouping: GroupOptions
  @Option(help: "List the alternatives of the tensor of this name.") var tensor: String?
  @Flag(help: "Add the alternatives of all tensors (JSON), or list them.") var all = false

  func run() throws {
    try rateAndError.check()
    if let groups = try grouping.groups() {
      guard !rateAndError.isAsked, tensor == nil, !all else {
        throw ExitStatus.usage("--group excludes --tensor, --all and --against: rows are groups")
      }
      return try list(WhatifGroupTable.fields) { WhatifGroup.groups($0, groups) }
    }
    if rateAndError.isAsked { return try listRateAndError() }
    if tensor != nil || all, !form.json {
      return try listAlternatives(try form.selection(AlternativeTable.fields))
    }
    try list(WhatifTable.fields) { $0 }
  }

  /// Lists the tensors, or what `select` makes of them.
  private func list<Row>(
    _ fields: [Field<Row>], select: ([WhatifRow]) -> [Row]
  ) throws {
    let selection = try form.selection(fields)
    var knobs = try self.knobs.knobs(files: streams.files.count)
    let session = try streams.session(json: form.json)
    if let tensor { try requireName(tensor, among: names(session)) }
    knobs.isHistoryHeld = session.usesHistory
    let recodings = try session.streams.indices.map { try recoding(session, $0, knobs) }
    var count = 0
    if form.json {
      writeJSON(session) { stream, json in
        let all = self.rows(recodings[stream], session, stream)
        let rows = selection.rows(select(all))
        count += rows.count
        WhatifDocument.write(
          file: session.streams[stream].name, recodings[stream], rows as? [WhatifRow] ?? all,
          groups: grouping.isAsked ? Table(selection.shown(), rows) : nil,
          alternatives: tensor == nil && !self.all
            ? nil : { Self.alternatives(session, stream, of: $0) }, to: &json)
      }
    } else {
      for stream in session.shown {
        let name = session.streams[stream].name
        if !form.isForPrograms {
          Output.write(RecodeText.heading(recodings[stream], name: name))
        }
        count += form.write(
          selection.table(select(rows(recodings[stream], session, stream))), file: name)
      }
    }
    form.tell(rows: count)
    try leaveIfBroken(session)
  }

  private func names(_ session: Session) -> [String] {
    session.shown.flatMap { session.directory($0).tensors.map(\.name) }
  }

  private func rows(
    _ recoding: StreamRecoding, _ session: Session, _ stream: Int
  ) -> [WhatifRow] {
    WhatifRow.rows(recoding, session.directory(stream))
      .filter { tensor == nil || $0.tensor.name == tensor }
  }

  private func recoding(
    _ session: Session, _ stream: Int, _ knobs: RecodeKnobs
  ) throws -> StreamRecoding {
    defer { Output.progress("") }
    guard
      let recoding = StreamRecoding(
        session, stream: stream, knobs, threads: try work.count(),
        done: Output.recoded(units: session.directory(stream).byUnit.count))
    else { throw ExitStatus.unusable("stopped") }
    return recoding
  }

  private static func alternatives(
    _ session: Session, _ stream: Int, of tensor: CodedTensor
  ) -> TensorAlternatives? {
    do throws(RecodeRefusal) {
      let found = try TensorAlternatives.all(session, stream: stream, unit: tensor.unit)
      return found.first { $0.tensor.place == tensor.place }
    } catch {
      return nil
    }
  }

  private func listAlternatives(_ selection: TableSelection<AlternativeRow>) throws {
    let session = try streams.session()
    if let tensor { try requireName(tensor, among: names(session)) }
    var count = 0
    for stream in session.shown {
      var rows: [AlternativeRow] = []
      for coded in session.directory(stream).tensors where tensor == nil || coded.name == tensor {
        if let found = Self.alternatives(session, stream, of: coded) {
          rows += AlternativeRow.rows(found)
        } else {
          Output.complain("\(coded.name) has no alternatives: it is raw or cannot be decoded")
        }
      }
      count += form.write(selection.table(rows), file: session.streams[stream].name)
    }
    form.tell(rows: count)
    try leaveIfBroken(session)
  }
}

extension Output {
  /// Shows how many of `total` units were searched, each time that it is called for one.
  static func searched(units total: Int) -> @Sendable () -> Void {
    let counting = counter()
    return {
      let count = counting()
      if count % 16 == 0 { progress("searched \(count) of \(total) units") }
    }
  }

  /// The same, for what tells of the units themselves.
  static func recoded(units total: Int) -> @Sendable (UnitRecoding) -> Void {
    let searched = searched(units: total)
    return { _ in searched() }
  }
}
