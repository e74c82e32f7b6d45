import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRReport

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
    /// A row of a tensor.
    case rows
    /// A block of a tensor's scan.
    case blocks
    /// A context of a tensor.
    case contexts

    /// The columns of the table.
    var columns: [Column] {
      switch self {
      case .prefix: CostPrefixTable.columns
      case .tensor: CostTensorTable.columns
      case .unit: CostUnitTable.columns
      case .costClass: CostUnitTable.classColumns
      case .rows: CostPartTable.rowColumns
      case .blocks: CostPartTable.blockColumns
      case .contexts: CostPartTable.contextColumns
      }
    }

    /// Whether it is a part of one tensor.
    var needsTensor: Bool { [.rows, .blocks, .contexts].contains(self) }
  }

  static let configuration = CommandConfiguration(
    commandName: "cost",
    abstract:
      "Tells where every bit went: by name prefix, tensor, unit, syntax class; by parts of a tensor.",
    discussion: """
      Payload bits are exact positions of the arithmetic decoder, so the rows sum to the size of the file. Rows, blocks and \
      contexts sum to the bits of the tensor that --tensor names. Several files are one update chain.
      """)

  @OptionGroup var streams: StreamOptions
  @OptionGroup var form: FormOptions
  @OptionGroup var work: WorkOptions
  @Option(
    help: "One row for each: prefix, tensor, unit or class; with --tensor: rows, blocks, contexts.")
  var by: Rows?
  @Option(help: "The tensor whose rows, blocks or contexts are listed.") var tensor: String?
  @Option(help: "The same as --by rows --tensor.") var rows: String?

  func run() throws {
    let (kind, name) = try request()
    let selection = try form.selection(kind.columns)
    let session = try streams.session()
    if let name { try checkName(name, session) }
    let ledgers = try session.streams.indices.map { try ledger(session, $0, rows: kind == .rows) }
    let parts = try session.streams.indices.map {
      try self.parts(session, $0, ledgers[$0], kind, name)
    }
    if form.json {
      writeJSON(session) { stream, json in
        CostDocument.write(
          ledgers[stream], tensors: chosen(ledgers[stream], selection, kind),
          rowsOf: kind == .rows ? name : nil,
          parts: kind == .rows
            ? [:]
            : parts[stream].mapValues { table in
              (kind.rawValue, selected(selection, kind).apply(to: table))
            }, to: &json)
      }
    } else if kind.needsTensor {
      for tables in parts {
        for (_, table) in tables.sorted(by: { $0.key < $1.key }) {
          form.write(selected(selection, kind).apply(to: table))
        }
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
    try leaveIfBroken(session)
  }

  /// What is listed, and of which tensor.
  private func request() throws -> (Rows, String?) {
    if rows != nil, by != nil || tensor != nil {
      throw ExitStatus.usage("--rows excludes --by and --tensor")
    }
    let kind = rows != nil ? .rows : by ?? (form.json ? .tensor : .prefix)
    let name = rows ?? tensor
    if kind.needsTensor, name == nil {
      throw ExitStatus.usage("--by \(kind.rawValue) needs --tensor")
    }
    if !kind.needsTensor, name != nil {
      throw ExitStatus.usage("--tensor goes with --by rows, blocks or contexts")
    }
    return (kind, name)
  }

  /// The tables of the parts of all tensors called `name`, by the places of the tensors.
  private func parts(
    _ session: Session, _ stream: Int, _ ledger: BitLedger, _ kind: Rows, _ name: String?
  ) throws -> [Int: Table] {
    guard let name, kind.needsTensor else { return [:] }
    var tables: [Int: Table] = [:]
    for (place, tensor) in ledger.tensors.enumerated() where tensor.name == name {
      if kind == .rows {
        tables[place] = CostPartTable.rows(tensor)
        continue
      }
      let spread: CostSpread?
      do {
        spread = try CostSpread(session, stream: stream, tensor.tensor)
      } catch {
        Output.complain("unit \(tensor.tensor.unit) cannot be decoded to its end: \(error)")
        throw ExitStatus.streamHasErrors
      }
      guard let spread else {
        throw ExitStatus.usage(
          tensor.tensor.quantizer == .raw
            ? "\(name) is stored as raw floats: it has no \(kind.rawValue)"
            : "\(name) cannot be decoded: its dimensions or its parent are not known")
      }
      tables[place] =
        kind == .blocks ? CostPartTable.blocks(spread) : CostPartTable.contexts(spread)
    }
    return tables
  }

  /// The columns of parts: all that were not asked for are shown, but the bar in CSV and JSON.
  private func selected(_ selection: TableSelection, _ kind: Rows) -> TableSelection {
    var selected = selection
    if selected.columns == nil, form.csv || form.json {
      selected.columns = kind.columns.map(\.key).filter { $0 != "bar" }
    }
    return selected
  }

  private func ledger(_ session: Session, _ stream: Int, rows: Bool) throws -> BitLedger {
    defer { Output.progress("") }
    return BitLedger.decoded(
      session, stream: stream, rowBits: rows, threads: try work.count(),
      done: Output.counting(units: session.directory(stream).byUnit.count))
  }

  private func write(_ ledger: BitLedger, _ kind: Rows, _ selection: TableSelection) {
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
    case .rows, .blocks, .contexts: break
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

/// Ends with 2 and the nearest names if there is no tensor, or what `noun` says, called `name`.
func requireName(_ name: String, among names: [String], noun: String = "tensor") throws {
  guard !names.contains(name) else { return }
  let near = NearNames.of(name, among: names)
  throw ExitStatus.usage(
    "there is no \(noun) \(name)"
      + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", "))?"))
}
