import ArgumentParser
import Foundation
import NNRAnalysis
import NNRModel
import NNRReport

/// The `tensors` command.
struct TensorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tensors",
    abstract: "Lists the coded tensors with their figures; several files are one update chain.")

  @OptionGroup var streams: StreamOptions
  @OptionGroup var form: FormOptions
  @OptionGroup var work: WorkOptions
  @Flag(help: "Add SHA-256 of levels and values (JSON).") var hash = false
  @Flag(help: "Add the parameters after local scaling and G · H (JSON).") var model = false
  @Flag(help: "Look at the headers only.") var noDecode = false
  @OptionGroup var reference: AgainstOptions

  func run() throws {
    let columns = TensorTable.columns + (reference.against == nil ? [] : AgainstText.columns)
    let selection = try form.selection(columns)
    try reference.check()
    let session = try streams.session()
    var isBroken = false
    var documents: [(rows: [TensorRow], parameters: [ParameterFigures]?)] = []
    for stream in session.streams.indices {
      let rows = try rows(session, stream)
      isBroken = isBroken || rows.contains { $0.failure?.rule.severity == .error }
      var parameters: [ParameterFigures]?
      if model {
        var found: [ParameterFigures] = []
        session.parameters(stream: stream) { parameter in
          found.append(ParameterFigures(parameter, hashes: hash))
          return true
        }
        parameters = found
      }
      documents.append((rows, parameters))
    }
    let report = try reference.report(session)
    let last = session.streams.count - 1
    if form.json {
      writeJSON(session) { stream, json in
        TensorDocument.write(
          file: session.streams[stream].name,
          filtered(documents[stream].rows, selection, stream == last ? report : nil),
          parameters: documents[stream].parameters, against: stream == last ? report : nil,
          to: &json)
      }
    } else {
      for (stream, document) in documents.enumerated() {
        // Columns of errors are there for all streams: the selection may name them.
        var table = TensorTable.table(document.rows, against: stream == last ? report : nil)
        if report != nil, stream != last { table = table.adding(AgainstText.columns) }
        form.write(selection.apply(to: table))
      }
      if let report, !form.csv { Output.write(AgainstText.text(report, width: Output.width)) }
    }
    if isBroken { throw ExitStatus.streamHasErrors }
    try leaveIfBroken(session)
  }

  private func rows(_ session: Session, _ stream: Int) throws -> [TensorRow] {
    if noDecode { return TensorRow.headers(session, stream: stream) }
    var options = FiguresOptions()
    options.hashes = hash
    options.sketches = false
    options.accounting = true
    defer { Output.progress("") }
    return TensorRow.decoded(
      session, stream: stream, options: options, threads: try work.count(),
      done: Output.counting(units: session.directory(stream).byUnit.count))
  }

  /// JSON lists rows as objects of their own; filter and order hold for them too.
  private func filtered(
    _ rows: [TensorRow], _ selection: TableSelection, _ report: AgainstReport?
  ) -> [TensorRow] {
    guard selection.filter != nil || selection.sort != nil else { return rows }
    let columns = TensorTable.columns + AgainstText.columns
    var table = Table(columns: columns + [Column("row", kind: .number)])
    for (place, row) in rows.enumerated() {
      var cells = TensorTable.cells(row)
        .merging(AgainstText.cells(row.tensor, report)) { first, _ in first }
      cells["row"] = .integer(place)
      table.append(cells)
    }
    var order = selection
    order.columns = nil
    let chosen = order.apply(to: table)
    return chosen.rows.indices.compactMap { place in
      guard case .integer(let row) = chosen.cell(row: place, "row") else { return nil }
      return rows[row]
    }
  }
}

/// How many threads work.
struct WorkOptions: ParsableArguments {
  @Option(help: "The number of threads; all cores by default.") var threads: Int?

  /// The number of threads, 1 or more.
  func count() throws -> Int {
    guard let threads else { return ProcessInfo.processInfo.activeProcessorCount }
    guard (1...1024).contains(threads) else { throw ExitStatus.usage("--threads is 1 to 1024") }
    return threads
  }
}
