import ArgumentParser
import NNRAnalysis
import NNRBits
import NNRModel
import NNRRecode
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
  @Flag(help: "Search shorter ways to code the same integers, for rule P14.") var search = false
  @Flag(help: "List all rules: id, severity, condition, why, likely mistake.") var rules = false
  @Option(help: "Explain a rule.") var explain: String?
  @Option(
    help:
      "Hold the streams against the requirements of a YAML file too: conditions as --filter takes them.",
    completion: .file(extensions: ["yaml", "yml"]))
  var require: String?

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
    if require != nil, noDecode {
      throw ExitStatus.usage("--require needs what payloads say: it excludes --no-decode")
    }
    let requirements = try require.map { try readRequirements($0) } ?? []
    let session = try streams.session(json: form.json)
    var options = StreamCheck.Options()
    options.decodes = !noDecode
    options.threads = try work.count()
    let documents = session.streams.indices.map { stream -> CheckDocument in
      if search {
        let units = session.directory(stream).byUnit.count
        options.savings =
          StreamRecoding(
            session, stream: stream, threads: options.threads, done: Output.recoded(units: units))?
          .savings
      }
      let check = StreamCheck(session, stream: stream, options: options) { count in
        Output.progress("checked \(count) units")
      }
      return CheckDocument(
        file: session.streams[stream].name, check, least: severity,
        writer: WriterFit(session, stream: stream, after: check),
        requirements: RequirementCheck.findings(
          requirements, session, stream: stream, check, threads: options.threads))
    }
    Output.progress("")
    write(documents, session, selection)
    ChainNotes(session).complain()
    if documents.contains(where: \.hasErrors) { throw ExitStatus.streamHasErrors }
  }

  /// The requirements of a file.
  private func readRequirements(_ path: String) throws -> [Requirement] {
    let bytes: [UInt8]
    do throws(SourceError) {
      let source = try openSource(path)
      bytes = try source.read(0..<min(source.count, Self.requirementLimit + 1))
    } catch {
      throw ExitStatus.unusable("\(error)")
    }
    guard bytes.count <= Self.requirementLimit else {
      throw ExitStatus.usage("\(path): a file of requirements has at most 1 MiB")
    }
    do throws(RequirementMistakes) {
      return try Requirement.read(String(decoding: bytes, as: UTF8.self))
    } catch {
      throw ExitStatus.usage(error.lines.map { "\(path):\($0)" }.joined(separator: "\n"))
    }
  }

  /// The most bytes of a file of requirements.
  private static let requirementLimit = 1 << 20

  private func write(
    _ documents: [CheckDocument], _ session: Session,
    _ selection: TableSelection<CheckDocument.Row>
  ) {
    if form.json {
      return writeJSON(session) { stream, json in documents[stream].write(to: &json) }
    }
    let shown = session.shown.map { documents[$0] }
    guard form.asksForTable else {
      return Output.write(form.colors.paint.findings(shown.map(\.text).joined(separator: "\n")))
    }
    form.tell(rows: form.write(selection.table(shown.flatMap(\.rows))))
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
