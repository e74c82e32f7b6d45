import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRReport
import NNRSyntax

/// The `report` command.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract:
      "Writes one self-contained HTML page: advice, costs, tensors, distributions, diagnostics.",
    discussion: "Several files are one update chain; the page is about the last.")

  @OptionGroup var streams: StreamOptions
  @OptionGroup var work: WorkOptions
  @Option(
    name: .shortAndLong, help: "The page to write; - is standard output.", completion: .file())
  var output: String
  @Flag(help: "Say what was written as one JSON document.") var json = false
  @Flag(inversion: .prefixedNo, help: "Search what coding each unit anew would save.")
  var search = true

  func run() throws {
    if json, output == "-" { throw ExitStatus.usage("--json says what was written to a file") }
    let session = try streams.session()
    let threads = try work.count()
    let data = ReportData(
      session, stream: session.streams.count - 1, threads: threads, searches: search)
    let page = ReportPage.text(data).utf8
    do {
      let file = try AtomicFile(path: output)
      try file.write(page)
      try file.commit()
    } catch {
      throw ExitStatus.unusable("\(error)")
    }
    if json { write(data, bytes: page.count) }
    let errors = data.check.breaches.filter { $0.severity == .error }
    guard errors.isEmpty else {
      Output.complain(BrokenStream.line(data.ledger.file, errors))
      throw ExitStatus.streamHasErrors
    }
  }

  private func write(_ data: ReportData, bytes: Int) {
    var json = JSONWriter()
    json.object { json in
      json.member("file", data.ledger.file)
      json.member("output", output)
      json.member("bytes", bytes)
      json.member("tensors", data.ledger.tensors.count)
      json.member("errors", data.check.count(.error))
      json.member("warnings", data.check.count(.warning))
    }
    Output.write(json.takeBytes())
    Output.write("\n")
  }
}
