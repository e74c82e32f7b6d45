import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRReport

/// The `advise` command.
struct AdviseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advise",
    abstract: "Tells what an encoder could do otherwise to spend fewer bits, the most first.",
    discussion: """
      Each row has the bits that a change would save, how sure that is, the unit and tensor it is about, and what to change. \
      What recode would save is searched for each unit, which takes about as long as encoding it. Several files are one update \
      chain.
      """)

  @OptionGroup var streams: StreamOptions
  @OptionGroup var form: FormOptions
  @OptionGroup var work: WorkOptions
  @Flag(inversion: .prefixedNo, help: "Search what coding each unit anew would save.")
  var search = true

  func run() throws {
    let selection = try form.selection(AdviceTable.fields)
    let session = try streams.session(json: form.json)
    let found = try session.shown.map { stream in
      defer { Output.progress("") }
      let units = session.directory(stream).byUnit.count
      let threads = try work.count()
      guard search else {
        return StreamAdvice(
          session, stream: stream, threads: threads, done: Output.counting(units: units))
      }
      return StreamAdvice.searched(
        session, stream: stream, threads: threads, done: Output.searched(units: units))
    }
    var count = 0
    if form.json {
      writeJSON(session) { stream, json in
        guard let place = session.shown.firstIndex(of: stream) else { return }
        let rows = selection.rows(AdviceTable.rows(found[place]))
        count += rows.count
        AdviceTable.write(found[place], rows: rows, to: &json)
      }
    } else {
      for found in found {
        if !form.isForPrograms { Output.write(AdviceTable.heading(found)) }
        let rows = AdviceTable.rows(found)
        guard form.isForPrograms || !rows.isEmpty else { continue }
        count += form.write(selection.table(rows), file: found.file)
      }
    }
    form.tell(rows: count)
    for found in found {
      for (unit, failure) in found.failures {
        Output.complain("\(found.file): unit \(unit) could not be decoded: \(failure)")
      }
    }
    if found.contains(where: { $0.failures.contains { $0.failure.rule.severity == .error } }) {
      throw ExitStatus.streamHasErrors
    }
    try leaveIfBroken(session)
  }
}
