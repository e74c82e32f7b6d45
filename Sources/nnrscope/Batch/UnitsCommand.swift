import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRReport
import NNRSyntax

/// The command `units`.
struct UnitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "units", abstract: "Lists the units: offset, size, type, names, shape.")

  @OptionGroup var streams: StreamOptions
  @OptionGroup var form: FormOptions

  func run() throws {
    let selection = try form.selection(UnitTable.fields)
    let session = try streams.session(json: form.json)
    let checks = SyntaxCheck(session, keepsFacts: !form.json)
    if form.json {
      writeJSON(session) { stream, json in
        StreamDocument(elements: false).write(
          session, stream: stream, check: checks[stream], to: &json
        ) {
          Output.write($0.takeBytes())
        }
      }
    } else {
      var count = 0
      for number in session.shown {
        let stream = session.streams[number]
        let check = checks[number]
        let table = selection.table(check.facts.lazy.map { UnitRow($0, check) })
        count += form.write(table, file: stream.name)
        if !form.asksForTable, !form.isForPrograms {
          Output.write("\n\(WriterText.line(WriterFit(session, stream: number)))\n")
        }
      }
      form.tell(rows: count)
    }
    try checks.leaveIfBroken()
  }
}

/// The check of the syntax of all streams, for the exit status and the ids beside units.
struct SyntaxCheck {
  private let checks: [StreamCheck]
  private let names: [String]

  /// Looks at all streams of a session.
  init(_ session: Session, keepsFacts: Bool = false) {
    var options = StreamCheck.Options.syntax
    options.keepsFacts = keepsFacts
    checks = session.streams.indices.map { StreamCheck(session, stream: $0, options: options) }
    names = session.streams.map(\.name)
  }

  /// The check of a stream.
  subscript(stream: Int) -> StreamCheck { checks[stream] }

  /// Says on standard error what breaks a rule that makes a stream, or a unit of it, an error, and ends with 1 if something
  /// does: what was printed is not all there should be.
  func leaveIfBroken(unit: Int? = nil) throws {
    var isBroken = false
    for (name, check) in zip(names, checks) {
      let errors = (unit.map(check.breaches(of:)) ?? check.breaches)
        .filter { $0.severity == .error }
      guard !errors.isEmpty else { continue }
      isBroken = true
      Output.complain(BrokenStream.line(name, errors))
    }
    if isBroken { throw ExitStatus.streamHasErrors }
  }
}

/// Ends with 1 if the syntax of a stream of the session breaks a rule that makes it an error.
func leaveIfBroken(_ session: Session) throws { try SyntaxCheck(session).leaveIfBroken() }
