import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRReport
import NNRSyntax

/// The command `check`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Says which rules a stream breaks, and where; several files are one update chain.",
    discussion: "Exit status 1 if there are errors, 0 if there are warnings at most.")

  @OptionGroup var streams: StreamOptions
  @OptionGroup var form: FormOptions
  @OptionGroup var work: WorkOptions
  @Option(help: "List this severity and worse: error, warning or info.")
  var severity: Severity = .info
  @Flag(help: "Leave out the rules that need decoded payloads.") var noDecode = false
  @Flag(help: "List all rules: id, severity, condition, why, likely mistake.") var rules = false
  @Option(help: "Explain a rule.") var explain: String?

  func run() throws {
    if let explain {
      guard let rule = Rule.named(explain) else {
        let near = NearNames.of(explain.uppercased(), among: Rule.allCases.map(\.id))
        throw ExitStatus.usage(
          "there is no rule \(explain)"
            + (near.isEmpty ? "" : "; near it: \(near.joined(separator: ", "))"))
      }
      return Output.write(RuleTable.explain(rule))
    }
    if rules { return try listRules() }
    let selection = try form.selection(CheckDocument.fields)
    let session = try streams.session(json: form.json)
    var options = StreamCheck.Options()
    options.decodes = !noDecode
    options.threads = try work.count()
    let documents = session.streams.indices.map { stream -> CheckDocument in
      let check = StreamCheck(session, stream: stream, options: options) { count in
        Output.progress("checked \(count) units")
      }
      return CheckDocument(
        file: session.streams[stream].name, check, least: severity,
        writer: WriterFit(
          session, stream: stream,
          takesOldParents: check.breaches.contains { $0.rule == .r05 }))
    }
    Output.progress("")
    write(documents, session, selection)
    ChainNotes(session).complain()
    if documents.contains(where: \.check.hasErrors) { throw ExitStatus.streamHasErrors }
  }

  private func write(
    _ documents: [CheckDocument], _ session: Session,
    _ selection: TableSelection<CheckDocument.Row>
  ) {
    if form.json {
      return writeJSON(session) { stream, json in documents[stream].write(to: &json) }
    }
    guard form.asksForTable else {
      return Output.write(documents.map(\.text).joined(separator: "\n"))
    }
    form.tell(rows: form.write(selection.table(documents.flatMap(\.rows))))
  }

  private func listRules() throws {
    let selection = try form.selection(RuleTable.fields)
    let table = selection.table(Rule.allCases)
    guard form.json else {
      if form.asksForTable { return form.tell(rows: form.write(table)) }
      return Output.write(Rule.allCases.map(RuleTable.explain).joined(separator: "\n"))
    }
    writeJSON { json in
      json.object { json in
        json.key("rules")
        json.value(table)
      }
    }
  }
}

extension Severity: ExpressibleByArgument {}
