import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRReport

/// The `trace` command.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Lists the bins of a tensor's payload, one for each line.",
    discussion: """
      Registers and states are those of the arithmetic decoder before the bin; the numbers of bins count from the start of \
      the payload. Where the decoder stops, or the end is wrong, standard error says how many bytes were read and what was \
      needed. Several files are one update chain; the last that codes the tensor is traced.
      """)

  @OptionGroup var streams: StreamOptions
  @Option(help: "The name of the tensor.") var tensor: String
  @Option(help: "The number of the first bin; by default the first of the tensor.") var from: Int?
  @Option(help: "The payload bit to start at, in place of --from.") var bit: Int?
  @Option(help: "How many bins are listed; all by default.") var count: Int?
  @Flag(help: "Stop behind the first bin that is not the most probable symbol.")
  var untilLps = false
  @Option(help: "Only bins that cost at least so many bits.") var minBits: Double?
  @Flag(help: "List the contexts of the tensor in place of its bins.") var contexts = false
  @OptionGroup var form: FormOptions

  /// The tensor that is traced.
  private struct Target {
    let file: String
    let tensor: CodedTensor
    var trace: BinTrace
    /// The number of the first bin that is listed; nil if the decoder does not get to it.
    var first: Int?
  }

  func run() throws {
    if contexts {
      let selection = try form.selection(ContextTable.fields)
      guard var target = try target() else { return }
      writeContexts(&target, selection)
      try leaveIfBroken(target)
    } else {
      let selection = try form.selection(TraceTable.fields)
      guard var target = try target() else { return }
      if form.json {
        writeDocument(&target, selection)
      } else {
        form.tell(rows: writeBins(&target, selection))
      }
      try leaveIfBroken(target)
    }
  }

  /// Checks the options and finds what is asked for.
  private func target() throws -> Target? {
    if contexts, from != nil || bit != nil || count != nil || untilLps || minBits != nil {
      throw ExitStatus.usage("--contexts lists the whole tensor")
    }
    if minBits.map({ !($0 >= 0) }) == true {
      throw ExitStatus.usage("--min-bits is a number from 0")
    }
    if from != nil && bit != nil { throw ExitStatus.usage("--from and --bit exclude each other") }
    guard (from ?? 0) >= 0, (bit ?? 0) >= 0, (count ?? 1) >= 0 else {
      throw ExitStatus.usage("--from, --bit and --count are not negative")
    }
    let session = try streams.session(json: form.json)
    try requireName(
      tensor, among: session.streams.indices.flatMap { session.directory($0).tensors.map(\.name) })
    guard
      let stream = session.streams.indices.last(where: {
        session.directory($0).last(named: tensor) != nil
      }), let coded = session.directory(stream).last(named: tensor)
    else { return nil }
    guard var trace = BinTrace(session, stream: stream, unit: coded.unit) else {
      throw ExitStatus.usage(
        coded.quantizer == .raw
          ? "\(tensor) is stored as raw floats: there are no bins"
          : "\(tensor) cannot be decoded: \(reason(session, stream, coded.unit))")
    }
    let first = try self.first(&trace, coded.place)
    return Target(file: session.streams[stream].name, tensor: coded, trace: trace, first: first)
  }

  private func leaveIfBroken(_ target: Target) throws {
    let ending = TraceText.ending(target.trace)
    guard
      let said = ending ?? (target.first == nil ? "the decoder does not reach \(tensor)" : nil)
    else { return }
    Output.complain(said)
    for line in TraceEnding(target.trace)?.explanation ?? [] { Output.complain(line) }
    throw ExitStatus.streamHasErrors
  }

  /// The number of the first bin that is listed; nil if the decoder does not get to it.
  private func first(_ trace: inout BinTrace, _ place: Int) throws -> Int? {
    if let bit {
      guard bit < trace.payloadCount * 8 else {
        throw ExitStatus.usage("no payload bit \(bit): \(TraceText.bits(of: trace))")
      }
      return trace.bin(atPosition: bit)?.index
    }
    guard let from else { return trace.firstBin(ofTensor: place)?.index }
    if let found = trace.bin(from) { return found.index }
    guard let count = trace.countAll(), count > 0 else { return nil }
    throw ExitStatus.usage("no bin \(from): \(TraceText.bins(count, of: trace))")
  }

  /// Why a unit cannot be decoded.
  private func reason(_ session: Session, _ stream: Int, _ unit: Int) -> String {
    UnitFigures(session, stream: stream, unit: unit).failure?.description
      ?? "its weights do not fit the memory budget; raise --max-memory"
  }

  /// Visits the bins that are asked for: up to the end of the tensor unless a count says otherwise.
  private func list(
    _ target: inout Target, _ selection: TableSelection<TracedBin>, _ visit: (TracedBin) -> Void
  ) {
    guard var index = target.first else { return }
    var listed = 0
    while listed < count ?? .max, let bin = target.trace.bin(index) {
      if count == nil, from == nil, bit == nil, bin.tensor > target.tensor.place { return }
      index += 1
      if let minBits, bin.event.cost < minBits { continue }
      guard selection.accepts(bin) else { continue }
      visit(bin)
      listed += 1
      if untilLps, bin.walked.isLeastProbable { return }
    }
  }

  /// Prints bins as they come, sorted ones when all are there; returns how many there are.
  private func writeBins(
    _ target: inout Target, _ selection: TableSelection<TracedBin>
  ) -> Int {
    guard selection.sort == nil else {
      var bins: [TracedBin] = []
      list(&target, selection) { bins.append($0) }
      return form.write(selection.table(bins, usual: TraceTable.usual), file: target.file)
    }
    let shown = selection.shown(usual: TraceTable.usual)
    return form.rowText(file: target.file).write(shown.columns(), { Output.write($0) }) { row in
      list(&target, selection) { row(shown.cells($0)) }
    }
  }

  private func writeContexts(_ target: inout Target, _ selection: TableSelection<ContextCurve>) {
    let all = ContextCurves(&target.trace, tensor: target.tensor.place)?.contexts ?? []
    let curves = selection.rows(all)
    if form.json {
      writeDocument(&target) { json, _ in
        json.key("contexts")
        json.array { json in for curve in curves { json.value(curve, ContextTable.fields) } }
      }
    } else if !all.isEmpty {
      form.write(selection.table(all), file: target.file)
    }
    form.tell(rows: curves.count)
  }

  private func writeDocument(_ target: inout Target, _ selection: TableSelection<TracedBin>) {
    var count = 0
    writeDocument(&target) { json, target in
      json.member("payload_bytes", target.trace.payloadCount)
      json.key("bins")
      json.array { json in
        list(&target, selection) { bin in
          count += 1
          json.value(bin, TraceTable.fields)
          if json.pendingCount > 1 << 16 { Output.write(json.takeBytes()) }
        }
      }
    }
    form.tell(rows: count)
  }

  /// Writes what is traced, what `body` lists, and how it ends.
  private func writeDocument(
    _ target: inout Target, _ body: (inout JSONWriter, inout Target) -> Void
  ) {
    writeJSON { json in
      json.object { json in
        json.member("file", target.file)
        json.member("tensor", target.tensor.name)
        json.member("unit", target.tensor.unit)
        body(&json, &target)
        json.member("error", TraceText.ending(target.trace))
        TraceEnding.write(TraceEnding(target.trace), to: &json)
      }
    }
  }
}
