import ArgumentParser
import NNRModel
import NNRReport
import WeightFiles

extension ExportFormat: ExpressibleByArgument {}

/// The `export` command.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes tensors for other tools: numpy, safetensors, CSV or plain bytes.",
    discussion: """
      Without --tensor the whole model is written: one safetensors file, or a folder with one file for each tensor and \
      tensors.json. Several files are one update chain: the parameters of the last are written, or with --accumulate the \
      base with all differences added.
      """)

  @OptionGroup var streams: StreamOptions
  @OptionGroup var repair: RepairOptions
  @Option(
    name: .shortAndLong, help: "The file or folder to write; - is standard output.",
    completion: .file())
  var output: String
  @Option(
    help: "npy, npz, safetensors, csv or raw; by the ending of the output if it has one of them.")
  var format: ExportFormat?
  @Option(help: "Only the tensor of this name.") var tensor: String?
  @Flag(help: "The integers of the coded tensors in place of weights.") var levels = false
  @Flag(help: "The coded tensors, before local scaling and G · H.") var coded = false
  @Flag(help: "Add the updates of a chain up.") var accumulate = false
  @Option(
    help: "Write names, order, types and metadata as this file of weights has them (safetensors).",
    completion: .file())
  var like: String?
  @Option(help: "Names of the stream and of the --like file that differ.", completion: .file())
  var map: String?
  @Flag(help: "Say what was written as one JSON document.") var json = false

  func run() throws {
    let (request, format) = try self.request()
    let session = try repair.session(streams)
    if let tensor { try requireName(tensor, among: request.names(in: session)) }
    if accumulate {
      try ChainNotes(session).requireSum()
    } else if request.content == .model {
      ChainNotes(session).tellDifferences(stream: session.streams.count - 1)
    }
    let outcome: ExportOutcome
    do {
      if let like {
        outcome = try TensorExport.like(
          WeightFile.open(like), session, request, mapping: try map.map(NameMapping.read),
          as: format, to: output, budget: session.options.maxMemory / 4)
      } else if tensor != nil {
        outcome = try TensorExport.one(session, request, as: format, to: output)
      } else if format == .safetensors {
        outcome = try TensorExport.safetensors(
          session, request, to: output, budget: session.options.maxMemory / 4)
      } else if format == .npz {
        outcome = try TensorExport.archive(session, request, to: output)
      } else {
        outcome = try TensorExport.folder(session, request, as: format, to: output)
      }
    } catch {
      throw ExitStatus.unusable("\(error)")
    }
    if json { write(outcome, session, format) }
    try tell(outcome, session)
    try leaveIfBroken(session)
  }

  private func request() throws -> (ExportRequest, ExportFormat) {
    if levels && coded { throw ExitStatus.usage("--levels and --coded exclude each other") }
    if map != nil && like == nil { throw ExitStatus.usage("--map goes with --like") }
    if like != nil && (levels || coded || tensor != nil) {
      throw ExitStatus.usage("--like writes the parameters of the model, all of them")
    }
    if accumulate && (levels || coded) {
      throw ExitStatus.usage("--accumulate adds parameters up, not levels or coded tensors")
    }
    let endings: [(String, ExportFormat)] = ExportFormat.allCases.map { ($0.ending, $0) }
    guard let format = format ?? endings.first(where: { output.hasSuffix($0.0) })?.1 else {
      throw ExitStatus.usage("--format is needed: npy, npz, safetensors, csv or raw")
    }
    if output == "-", tensor == nil, format != .safetensors, format != .npz {
      throw ExitStatus.usage("a whole model goes to standard output as safetensors or npz only")
    }
    if like != nil, format != .safetensors, format != .npz {
      throw ExitStatus.usage("--like writes a safetensors or an npz file")
    }
    if json, output == "-" { throw ExitStatus.usage("--json says what was written to a file") }
    if output.isEmpty { throw ExitStatus.usage("--output is empty") }
    var request = ExportRequest()
    request.content = levels ? .levels : coded ? .coded : .model
    request.accumulates = accumulate
    request.tensor = tensor
    return (request, format)
  }

  private func write(_ outcome: ExportOutcome, _ session: Session, _ format: ExportFormat) {
    var json = JSONWriter()
    json.object { json in
      json.member("file", session.streams.last?.name)
      json.member("output", output)
      json.member("format", format.rawValue)
      json.key("written")
      json.array { json in
        for written in outcome.written {
          json.object { json in
            json.member("name", written.name)
            json.member("target", written.target)
            json.member("shape", written.shape)
            json.member("dtype", "\(written.element)")
          }
        }
      }
      if like != nil {
        json.member("taken", outcome.taken)
        json.member("remarks", outcome.remarks)
      }
      json.key("failed")
      json.array { json in
        for failure in outcome.failures {
          json.object { json in
            json.member("file", session.streams[failure.stream].name)
            json.member("unit", failure.unit)
            json.member("error", failure.reason.description)
          }
        }
      }
    }
    Output.write(json.takeBytes())
    Output.write("\n")
  }

  /// Says on standard error what is missing, and ends with 1 if something is.
  private func tell(_ outcome: ExportOutcome, _ session: Session) throws {
    for name in outcome.taken {
      Output.complain("\(name) is taken from the original: the stream does not have it")
    }
    for remark in outcome.remarks { Output.complain(remark) }
    for name in outcome.withoutLevels {
      Output.complain("\(name) has no levels: it is stored as raw floats")
    }
    for failure in outcome.failures {
      let names = session.directory(failure.stream).tensors
        .filter { $0.unit == failure.unit }.map(\.name).joined(separator: ", ")
      Output.complain(
        "\(session.streams[failure.stream].name), unit \(failure.unit) (\(names)) not exported: "
          + "\(failure.reason)")
    }
    if outcome.written.isEmpty, outcome.failures.isEmpty, outcome.withoutLevels.isEmpty {
      Output.complain("nothing was exported: \(session.streams.last?.name ?? "") codes no tensors")
    }
    if !outcome.failures.isEmpty || !outcome.remarks.isEmpty || outcome.written.isEmpty {
      throw ExitStatus.streamHasErrors
    }
  }
}
