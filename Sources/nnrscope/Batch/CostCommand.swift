import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRReport
import Synchronization

/// The `cost` command.
struct CostCommand: ParsableCommand {
  /// What a row of the table is.
  enum Rows: String, ExpressibleByArgument, CaseIterable {
    /// A prefix of names.
    case prefix
    /// A tensor.
    case tensor
    /// A unit.
    case unit
    /// A class of syntax.
    case costClass = "class"

    /// The columns of the table.
    var columns: [Column] {
      switch self {
      case .prefix: CostPrefixTable.columns
      case .tensor: CostTensorTable.columns
      case .unit: CostUnitTable.columns
      case .costClass: CostUnitTable.classColumns
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "cost",
    abstract: "Tells where every bit went: by name prefix, tensor, unit and syntax class.",
    discussion: """
      Payload bits are exact positions of the arithmetic decoder, so the rows sum to the size of the file. \
      Several files are one update chain.
      """)

  @OptionGroup var streams: StreamOptions
  @OptionGroup var form: FormOptions
  @OptionGroup var work: WorkOptions
  @Option(help: "One row for each: prefix, tensor, unit or class.") var by: Rows?
  @Option(help: "The bits of each row of the tensor with this name.") var rows: String?

  func run() throws {
    if rows != nil, by != nil { throw ExitStatus.usage("--rows and --by exclude each other") }
    let kind = by ?? (form.json ? .tensor : .prefix)
    let columns = rows == nil || form.json ? kind.columns : CostTensorTable.rowColumns
    let selection = try form.selection(columns)
    let session = try streams.session()
    if let rows { try checkName(rows, session) }
    let ledgers = try session.streams.indices.map { try ledger(session, $0) }
    if form.json {
      writeJSON(session) { stream, json in
        CostDocument.write(
          ledgers[stream], tensors: chosen(ledgers[stream], selection, kind), rowsOf: rows,
          to: &json)
      }
    } else {
      for ledger in ledgers { write(ledger, kind, selection) }
    }
    let hasFailed = ledgers.contains { ledger in
      ledger.units.contains { unit in
        guard case .failed(let failure) = unit.state else { return false }
        return failure.rule.severity == .error
      }
    }
    if hasFailed { throw ExitStatus.streamHasErrors }
    try SyntaxCheck(session).leaveIfBroken()
  }

  private func ledger(_ session: Session, _ stream: Int) throws -> BitLedger {
    let done = Mutex(0)
    let total = session.directory(stream).byUnit.count
    defer { Output.progress("") }
    return BitLedger.decoded(
      session, stream: stream, rowBits: rows != nil, threads: try work.count()
    ) { _ in
      let count = done.withLock { done in
        done += 1
        return done
      }
      if count % 16 == 0 { Output.progress("decoded \(count) of \(total) units") }
      return true
    }
  }

  private func write(_ ledger: BitLedger, _ kind: Rows, _ selection: TableSelection) {
    if let rows {
      for tensor in ledger.tensors where tensor.name == rows {
        form.write(selection.apply(to: CostTensorTable.rows(tensor)))
      }
      return
    }
    if !form.csv { Output.write(CostText.heading(ledger) + "\n") }
    switch kind {
    case .prefix:
      form.write(
        CostPrefixTable.table(
          CostTree(ledger), selection: shown(selection, CostPrefixTable.usual),
          indented: !form.csv))
      // The tree says who pays; what for is its other half.
      if !form.csv, form.filter == nil, form.columns == nil {
        Output.write("\n")
        form.write(CostUnitTable.classes(ledger).selecting(Self.classColumns))
      }
    case .tensor:
      form.write(shown(selection, CostTensorTable.usual).apply(to: CostTensorTable.table(ledger)))
    case .unit:
      form.write(shown(selection, CostUnitTable.usual).apply(to: CostUnitTable.table(ledger)))
    case .costClass:
      form.write(shown(selection, Self.classColumns).apply(to: CostUnitTable.classes(ledger)))
    }
    if !form.csv { Output.write(CostText.failures(ledger)) }
  }

  private static let classColumns = CostUnitTable.classColumns.map(\.key).filter { $0 != "group" }

  /// CSV has all columns but the bar; text has the usual ones.
  private func shown(_ selection: TableSelection, _ usual: [String]) -> TableSelection {
    var shown = selection
    if shown.columns == nil {
      shown.columns = form.csv ? (by ?? .prefix).columns.map(\.key).filter { $0 != "bar" } : usual
    }
    return shown
  }

  /// The places of the tensors that filter and order ask for; nil for all.
  private func chosen(_ ledger: BitLedger, _ selection: TableSelection, _ kind: Rows) -> [Int]? {
    guard kind == .tensor, selection.filter != nil || selection.sort != nil else { return nil }
    var table = Table(columns: CostTensorTable.columns + [Column("place", kind: .number)])
    let cells = CostTensorTable.table(ledger)
    for (place, row) in cells.rows.enumerated() { table.append(row + [.integer(place)]) }
    var order = selection
    order.columns = nil
    let found = order.apply(to: table)
    return found.rows.indices.compactMap { row in
      guard case .integer(let place) = found.cell(row: row, "place") else { return nil }
      return place
    }
  }

  private func checkName(_ name: String, _ session: Session) throws {
    let names = session.streams.indices.flatMap { session.directory($0).tensors.map(\.name) }
    try requireName(name, among: names)
  }
}

/// Ends with 2 and the nearest names if there is no tensor called `name`.
func requireName(_ name: String, among names: [String]) throws {
  guard !names.contains(name) else { return }
  let near = NearNames.of(name, among: names)
  throw ExitStatus.usage(
    "there is no tensor \(name)"
      + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", "))?"))
}
