import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRReport

/// The `syntax` command.
struct SyntaxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "syntax", abstract: "Lists every syntax element with its bits and its value.")

  @OptionGroup var streams: StreamOptions
  @OptionGroup var form: FormOptions
  @Option(help: "Only this unit.") var unit: Int?
  @Option(help: "Only this element, by its name in the standard.") var element: String?
  @Flag(
    help: "List the elements of the syntax itself: descriptor, range, condition, source, meaning.")
  var catalog = false

  func run() throws {
    if catalog { return try listCatalog() }
    let selection = try form.selection(SyntaxTable.fields)
    let session = try streams.session(json: form.json)
    if let unit,
      let stream = session.shown.lazy.map({ session.streams[$0] }).first(where: {
        !(0..<$0.unitCount).contains(unit)
      })
    {
      throw ExitStatus.usage("there is no unit \(unit): the stream has \(stream.unitCount)")
    }
    let checks = SyntaxCheck(session)
    if form.json {
      let document = StreamDocument(elements: true, unit: unit, element: element)
      writeJSON(session) { stream, json in
        document.write(session, stream: stream, check: checks[stream], to: &json) {
          Output.write($0.takeBytes())
        }
      }
    } else {
      var count = 0
      for number in session.shown {
        let stream = session.streams[number]
        let units = unit.map { $0..<$0 + 1 } ?? 0..<stream.unitCount
        let rows = units.lazy.flatMap {
          SyntaxRow.rows(stream, unit: $0, element: element, checks[number])
        }
        count += form.write(selection.table(rows), file: stream.name)
      }
      form.tell(rows: count)
    }
    try checks.leaveIfBroken(unit: unit)
  }

  private func listCatalog() throws {
    let selection = try form.selection(CatalogTable.fields)
    let table = selection.table(CatalogTable.rows(element: element))
    guard form.json else { return form.tell(rows: form.write(table)) }
    writeJSON { json in
      json.object { json in
        json.key("elements")
        json.value(table)
      }
    }
  }
}
