import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRReport
import NNRSyntax

/// `units`
struct UnitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "units", abstract: "Lists the units: offset, size, type, names, shape.")

  @OptionGroup var streams: StreamOptions
  @OptionGroup var form: FormOptions

  func run() throws {
    let selection = try form.selection(UnitTable.columns)
    let session = try streams.session()
    if form.json {
      writeJSON(session) { stream, json in
        StreamDocument(elements: false).write(session, stream: stream, to: &json) {
          Output.write($0.takeBytes())
        }
      }
    } else {
      for stream in session.streams { form.write(selection.apply(to: UnitTable.table(stream))) }
    }
    try leaveIfBroken(session)
  }
}

/// Ends with 1 if a unit of the session cannot be parsed as it should.
func leaveIfBroken(_ session: Session, unit: Int? = nil) throws {
  for stream in session.streams {
    for place in 0..<stream.unitCount where unit == nil || unit == place {
      let found = StreamDocument.diagnostics(stream, place)
      if found.contains(where: { $0.severity == .error }) { throw ExitStatus.streamHasErrors }
    }
    if stream.profile == nil { throw ExitStatus.streamHasErrors }
  }
}
