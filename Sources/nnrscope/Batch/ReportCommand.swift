import ArgumentParser
import NNRModel
import NNRReport

/// The `report` command.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes one self-contained HTML page: costs, tensors, distributions, diagnostics.",
    discussion: "Several files are one update chain; the page is about the last.")

  @OptionGroup var streams: StreamOptions
  @OptionGroup var work: WorkOptions
  @Option(name: .shortAndLong, help: "The page to write; - is standard output.")
  var output: String

  func run() throws {
    let session = try streams.session()
    let threads = try work.count()
    let data = ReportData(session, stream: session.streams.count - 1, threads: threads)
    do {
      let file = try AtomicFile(path: output)
      try file.write(ReportPage.text(data).utf8)
      try file.commit()
    } catch {
      throw ExitStatus.unusable("\(error)")
    }
    if data.check.hasErrors { throw ExitStatus.streamHasErrors }
  }
}
