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

  func run() throws {
    let selection = try form.selection(contexts ? ContextTable.columns : TraceTable.columns)
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
    let session = try streams.session()
    try requireName(
      tensor, among: session.streams.indices.flatMap { session.directory($0).tensors.map(\.name) })
    guard
      let stream = session.streams.indices.last(where: {
        session.directory($0).last(named: tensor) != nil
      }), let coded = session.directory(stream).last(named: tensor)
    else { return }
    guard var trace = BinTrace(session, stream: stream, unit: coded.unit) else {
      throw ExitStatus.usage(
        coded.quantizer == .raw
          ? "\(tensor) is stored as raw floats: there are no bins"
          : "\(tensor) cannot be decoded: \(reason(session, stream, coded.unit))")
    }
    let first = try self.first(&trace, coded.place)
    if contexts {
      writeContexts(session.streams[stream].name, coded, &trace, selection)
      return try leaveIfBroken(trace, reached: first != nil)
    }
    if form.json {
      writeDocument(session.streams[stream].name, coded, &trace, first, selection)
    } else if form.columns != nil || form.sort != nil {
      // Only what is sorted, or laid out in columns, must be there as a whole.
      var table = Table(columns: TraceTable.columns)
      list(&trace, first, coded.place, selection) { table.append(TraceTable.cells($0)) }
      form.write(selection.apply(to: table))
    } else {
      Output.write(form.csv ? csvHeading : TraceText.heading)
      list(&trace, first, coded.place, selection) { bin in
        Output.write(form.csv ? CSVTable.line(TraceTable.cells(bin)) : TraceText.line(bin))
      }
    }
    try leaveIfBroken(trace, reached: first != nil)
  }

  private func leaveIfBroken(_ trace: BinTrace, reached: Bool) throws {
    let ending = TraceText.ending(trace)
    guard let said = ending ?? (reached ? nil : "the decoder does not reach \(tensor)") else {
      return
    }
    Output.complain(said)
    for line in TraceEnding(trace)?.explanation ?? [] { Output.complain(line) }
    throw ExitStatus.streamHasErrors
  }

  private var csvHeading: String { CSVTable.header(TraceTable.columns) }

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
    _ trace: inout BinTrace, _ first: Int?, _ place: Int, _ selection: TableSelection,
    _ visit: (TracedBin) -> Void
  ) {
    let places = Dictionary(
      TraceTable.columns.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    guard var index = first else { return }
    var listed = 0
    while listed < count ?? .max, let bin = trace.bin(index) {
      if count == nil, from == nil, bit == nil, bin.tensor > place { return }
      index += 1
      if let minBits, bin.event.cost < minBits { continue }
      if let filter = selection.filter {
        let cells = TraceTable.cells(bin)
        guard filter.matches({ key in places[key].map { cells[$0] } ?? .missing }) else { continue }
      }
      visit(bin)
      listed += 1
      if untilLps, bin.walked.isLeastProbable { return }
    }
  }

  private func writeContexts(
    _ file: String, _ coded: CodedTensor, _ trace: inout BinTrace, _ selection: TableSelection
  ) {
    let curves = ContextCurves(&trace, tensor: coded.place)
    guard form.json else {
      if let curves { form.write(selection.apply(to: ContextTable.table(curves))) }
      return
    }
    var json = JSONWriter()
    json.object { json in
      json.member("file", file)
      json.member("tensor", coded.name)
      json.member("unit", coded.unit)
      json.key("contexts")
      if let curves { ContextTable.write(curves, to: &json) } else { json.array { _ in } }
      writeEnding(trace, to: &json)
    }
    Output.write(json.takeBytes())
    Output.write("\n")
  }

  private func writeDocument(
    _ file: String, _ coded: CodedTensor, _ trace: inout BinTrace, _ first: Int?,
    _ selection: TableSelection
  ) {
    var json = JSONWriter()
    json.object { json in
      json.member("file", file)
      json.member("tensor", coded.name)
      json.member("unit", coded.unit)
      json.member("payload_bytes", trace.payloadCount)
      json.key("bins")
      json.array { json in
        list(&trace, first, coded.place, selection) { bin in
          TraceTable.write(bin, to: &json)
          if json.pendingCount > 1 << 16 { Output.write(json.takeBytes()) }
        }
      }
      writeEnding(trace, to: &json)
    }
    Output.write(json.takeBytes())
    Output.write("\n")
  }

  private func writeEnding(_ trace: BinTrace, to json: inout JSONWriter) {
    json.member("error", TraceText.ending(trace))
    TraceEnding.write(TraceEnding(trace), to: &json)
  }
}
