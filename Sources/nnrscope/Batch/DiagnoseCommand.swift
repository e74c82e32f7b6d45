import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRReport

/// The `diagnose` command.
struct DiagnoseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagnose",
    abstract: "Looks for the cause where a payload does not decode.",
    discussion: """
      Tells where the payload first looks wrong, and which other readings end well: another dialect, dq_flag, unary length, \
      scan order, contexts of a parent, density. Several files are one update chain; the last is diagnosed.
      """)

  @OptionGroup var streams: StreamOptions
  @Option(help: "The number of the unit; by default all whose payload fails.") var unit: Int?
  @Flag(help: "Print one JSON document.") var json = false

  func run() throws {
    let session = try streams.session(json: json)
    let stream = session.streams.count - 1
    let entries = session.streams[stream].index.entries
    let units = entries.indices.filter { entries[$0].type == .compressedData }
    if let unit, !units.contains(unit) { throw ExitStatus.usage("unit \(unit) is no data unit") }
    var found: [PayloadDiagnosis] = []
    var tried = 0
    for place in units where unit == nil || unit == place {
      guard let diagnosis = PayloadDiagnosis(session, stream: stream, unit: place) else { continue }
      tried += 1
      if unit != nil || diagnosis.failure != nil { found.append(diagnosis) }
    }
    if json {
      var json = JSONWriter()
      json.object { json in
        json.member("file", session.streams[stream].name)
        json.member("dialect", session.dialect(stream).rawValue)
        json.key("units")
        json.array { json in for diagnosis in found { DiagnosisText.write(diagnosis, to: &json) } }
      }
      Output.write(json.takeBytes())
      Output.write("\n")
    } else {
      for diagnosis in found { Output.write(DiagnosisText.text(diagnosis)) }
      if found.isEmpty {
        let none = unit.map { "unit \($0) has no coded payload" } ?? "there is no coded payload"
        Output.write((tried > 0 ? "all payloads end well" : none) + "\n")
      }
    }
    if found.contains(where: { $0.failure?.rule.severity == .error }) {
      throw ExitStatus.streamHasErrors
    }
  }
}
