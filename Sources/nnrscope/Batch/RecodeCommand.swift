import ArgumentParser
import NNRBits
import NNRCarriage
import NNRModel
import NNRRecode
import NNRReport
import NNRSyntax
import PlainText

/// The command `recode`.
struct RecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recode",
    abstract: "Writes streams that hold the same integers in fewer bytes.",
    discussion: """
      Every weight stays what it is; each unit is written anew only if that makes it shorter. The result is decoded and every \
      integer compared (with --codebooks, every weight) before it takes its name. Several files are one update chain, base first, and go into a folder. A file \
      that gets no shorter is copied, or with --in-place left; that is no failure.
      """)

  @OptionGroup var streams: StreamOptions
  @Option(name: .shortAndLong, help: "The file to write, a folder, or - for standard output.")
  var output: String?
  @Flag(help: "Put the results in the place of the files.") var inPlace = false
  @Flag(name: .shortAndLong, help: "Do all the work and write nothing.") var dryRun = false
  @Flag(name: .shortAndLong, help: "Give the output mode and time of the input.") var preserve =
    false
  @Flag(help: "Write units anew even where that makes them no shorter.") var force = false
  @Flag(name: .shortAndLong, help: "Print nothing but what goes wrong.") var quiet = false
  @Flag(help: "Print one JSON document.") var json = false
  @OptionGroup var knobs: KnobOptions
  @OptionGroup var work: WorkOptions

  func run() throws {
    var knobs = try self.knobs.knobs(files: streams.files.count)
    knobs.isForced = force
    let threads = try work.count()
    try refuseCarriers()
    let targets = try RecodeTargets(
      files: streams.files, output: output, inPlace: inPlace, dryRun: dryRun)
    if json, output == "-" { throw ExitStatus.usage("--json says what was written to a file") }
    let session = try streams.session()
    knobs.isHistoryHeld = session.usesHistory
    let recodings = try session.streams.indices.map { stream in
      try recoding(session, stream, knobs, threads)
    }
    let bytes = try recodings.map { recoding in try self.bytes(recoding, session) }
    Output.progress("comparing")
    let proof = RecodeProof(session, bytes, isRenumbered: self.knobs.codebooks)
    Output.progress("")
    guard proof.holds else {
      let wrong = zip(session.streams, proof.streams).compactMap { stream, comparison in
        comparison.firstDifference.map { "\(stream.name): \($0)" }
      }
      throw ExitStatus.unusable(
        "nothing was written: the result differs in \(wrong.joined(separator: ", "))")
    }
    ReadFaults.leaveIfAny()
    var files: [RecodedFile] = []
    for stream in session.streams.indices {
      let out = try targets.write(
        bytes[stream], stream: stream, session, preserves: preserve)
      files.append(
        RecodedFile(
          file: session.streams[stream].name, out: out, recodings[stream],
          outSize: bytes[stream]?.count ?? session.streams[stream].size, proof.streams[stream]))
    }
    tell(files, session)
    try leaveIfIncomplete(recodings, session)
    try leaveIfBroken(session)
  }

  /// Streams within videos and images are read, not written back.
  private func refuseCarriers() throws {
    for file in streams.files where file != "-" {
      let (path, name) = CarrierOpening.split(file)
      guard let source = try? openSource(path) else { continue }
      guard name != nil || Carriage.container(of: source) != nil else { continue }
      throw ExitStatus.usage(
        "\(path) carries its streams within something else, which is not written again; extract them first"
      )
    }
  }

  private func recoding(
    _ session: Session, _ stream: Int, _ knobs: RecodeKnobs, _ threads: Int
  ) throws -> StreamRecoding {
    defer { Output.progress("") }
    guard
      let found = StreamRecoding(
        session, stream: stream, knobs, threads: threads,
        done: Output.recoded(units: session.directory(stream).byUnit.count))
    else { throw ExitStatus.unusable("stopped") }
    return found
  }

  /// The bytes of a stream that got shorter; nil for one that stays.
  private func bytes(_ recoding: StreamRecoding, _ session: Session) throws -> [UInt8]? {
    guard recoding.units.contains(where: { $0.bytes != nil }) else { return nil }
    do throws(SourceError) { return try recoding.bytes(session) } catch {
      throw ExitStatus.unusable("\(error)")
    }
  }

  private func tell(_ files: [RecodedFile], _ session: Session) {
    if json {
      writeJSON { json in
        RecodeDocument.write(
          files,
          names: { stream, unit in
            let directory = session.directory(stream)
            return (directory.byUnit[unit] ?? 0..<0).map { directory.tensors[$0].name }
              .joined(separator: " ")
          }, to: &json)
      }
      return
    }
    guard !quiet else { return }
    var text = files.map { $0.line + "\n" }.joined()
    if files.count > 1 { text += RecodeText.closing(files) + "\n" }
    if dryRun { text += "nothing was written: --dry-run\n" }
    // The stream itself may go to standard output.
    if output == "-" { Output.note(text) } else { Output.write(text) }
  }

  /// Ends with 1 if a unit could not be looked at for a reason that is a fault.
  private func leaveIfIncomplete(_ recodings: [StreamRecoding], _ session: Session) throws {
    var isIncomplete = false
    for recoding in recodings {
      for unit in recoding.units {
        guard let refusal = unit.refusal, refusal.isFault else { continue }
        isIncomplete = true
        Output.complain(
          "\(session.streams[recoding.stream].name), unit \(unit.unit) is left as it is: \(refusal)"
        )
      }
    }
    if isIncomplete { throw ExitStatus.streamHasErrors }
  }
}
