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
  @OptionGroup var grouping: GroupOptions
  @OptionGroup var joining: JoinOptions
  @OptionGroup var searching: SearchOptions

  func run() throws {
    let (kind, name) = try request()
    guard !searching.search || kind == .tensor && !grouping.isAsked else {
      throw ExitStatus.usage("--search goes with --by tensor")
    }
    let joined = try joined(kind)
    if let groups = try grouping.groups(joined) {
      guard by == nil, rows == nil, tensor == nil else {
        throw ExitStatus.usage("--group excludes --by, --tensor and --rows: rows are groups")
      }
      return try list(
        CostGroupTable.fields, usual: CostPrefixTable.usual, groups: groups
      ) { ledger, _, _, _ in CostGroupTable.rows(ledger, groups) }
    }
    switch kind {
    case .prefix:
      try list(CostPrefixTable.fields, usual: CostPrefixTable.usual) { ledger, _, _, selection in
        let isTree = !form.isForPrograms && selection.filter == nil
        return CostPrefixRow.rows(CostTree(ledger), sort: selection.sort, indented: isTree)
      }
    case .tensor:
      let saving: [Field<CostTensorRow>] = searching.fields()
      let fields = CostTensorTable.fields + saving + (joined?.fields { $0.name } ?? [])
      let more = saving.columns().map(\.key) + (joined?.keys ?? [])
      try list(fields, usual: CostTensorTable.usual + more) { ledger, session, stream, _ in
        joining.tell(joined, names: ledger.tensors.map(\.name))
        return try searching.searched(
          CostTensorRow.rows(ledger), session, stream, threads: try work.count())
      }
    case .unit:
      try list(CostUnitTable.fields, usual: CostUnitTable.usual) { ledger, _, _, _ in
        Array(CostUnitRow.rows(ledger))
      }
    case .costClass:
      try list(CostClassTable.fields, usual: CostClassTable.usual) { ledger, _, _, _ in
        CostClassRow.rows(ledger)
      }
    case .rows: try listParts(CostPartTable.rowFields, kind, name)
    case .blocks: try listParts(CostPartTable.blockFields, kind, name)
    case .contexts: try listParts(CostPartTable.contextFields, kind, name)
    }
  }

  /// The columns that a file adds; rows must be tensors then, or groups of them.
  private func joined(_ kind: Rows) throws -> JoinedTable? {
    guard joining.join == nil || kind == .tensor || grouping.isAsked else {
      throw ExitStatus.usage("--join goes with --by tensor, or with --group-by")
    }
    return try joining.table(beside: CostTensorTable.fields)
  }

  /// What is listed, and of which tensor.
  private func request() throws -> (Rows, String) {
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
    return (kind, name ?? "")
  }

  /// Lists what `rows` makes of the ledger of each stream; in JSON its tensors, chosen where rows are tensors.
  private func list<Row>(
    _ fields: [Field<Row>], usual: [String], groups: NameGroups? = nil,
    rows: (BitLedger, Session, Int, TableSelection<Row>) throws -> [Row]
  ) throws {
    let selection = try form.selection(fields)
    let session = try streams.session(json: form.json)
    let ledgers = try session.streams.indices.map { try ledger(session, $0, rows: false) }
    var all: [Int: [Row]] = [:]
    for stream in session.shown {
      all[stream] = try rows(ledgers[stream], session, stream, selection)
    }
    var count = 0
    if form.json {
      writeJSON(session) { stream, json in
        let chosen = selection.rows(all[stream] ?? [])
        count += chosen.count
        let tensors = chosen as? [CostTensorRow]
        let found = groups == nil ? nil : chosen as? [CostPrefixRow]
        CostDocument.write(ledgers[stream], tensors: tensors, groups: found, to: &json)
      }
    } else {
      for (ledger, found) in session.shown.map({ (ledgers[$0], all[$0] ?? []) }) {
        if !form.isForPrograms {
          Output.write(CostText.heading(ledger, width: Output.width) + "\n")
        }
        // The tree is in order already: siblings are sorted, not all rows.
        let isTree = found is [CostPrefixRow] && selection.filter == nil && groups == nil
        count += form.write(
          isTree
            ? Table(selection.shown(usual: usual), found) : selection.table(found, usual: usual),
          file: ledger.file)
        guard !form.isForPrograms else { continue }
        if isTree, form.columns == nil { try writeClasses(ledger) }
        Output.write(CostText.failures(ledger, width: Output.width))
      }
    }
    form.tell(rows: count)
    try leaveIfBroken(session, ledgers)
  }

  /// The tree says who pays; what for is its other half.
  private func writeClasses(_ ledger: BitLedger) throws {
    Output.write("\n")
    let classes = try TableSelection(CostClassTable.fields)
    form.write(classes.table(CostClassRow.rows(ledger), usual: CostClassTable.usual))
  }

  /// Lists the parts of all tensors called `name`.
  private func listParts(_ fields: [Field<CostPart>], _ kind: Rows, _ name: String) throws {
    let selection = try form.selection(fields)
    let session = try streams.session(json: form.json)
    try requireName(
      name, among: session.streams.indices.flatMap { session.directory($0).tensors.map(\.name) })
    let ledgers = try session.streams.indices.map { try ledger(session, $0, rows: kind == .rows) }
    let parts = try zip(session.streams.indices, ledgers).map {
      try self.parts(session, $0, $1, kind, name)
    }
    // A bar is a picture of the bits beside it.
    let shown = selection.chosen ?? fields.filter { !form.json || $0.column.kind != .bar }
    var count = 0
    func table(_ parts: [CostPart]) -> Table {
      let rows = selection.rows(parts)
      count += rows.count
      return Table(shown, rows)
    }
    if form.json {
      writeJSON(session) { stream, json in
        CostDocument.write(
          ledgers[stream], rowsOf: kind == .rows ? name : nil,
          parts: kind == .rows
            ? [:] : parts[stream].mapValues { (kind.rawValue, table($0)) }, to: &json)
      }
    } else {
      for (ledger, tensors) in session.shown.map({ (ledgers[$0], parts[$0]) }) {
        for (_, parts) in tensors.sorted(by: { $0.key < $1.key }) {
          form.write(table(parts), file: ledger.file)
        }
      }
    }
    form.tell(rows: count)
    try leaveIfBroken(session, ledgers)
  }

  private func leaveIfBroken(_ session: Session, _ ledgers: [BitLedger]) throws {
    let hasFailed = ledgers.contains { ledger in
      ledger.units.contains { unit in
        guard case .failed(let failure) = unit.state else { return false }
        return failure.rule.severity == .error
      }
    }
    let notes = ChainNotes(session)
    if hasFailed {
      notes.complain()
      throw ExitStatus.streamHasErrors
    }
    try notes.leaveIfBroken()
    try nnrscope.leaveIfBroken(session)
  }

  /// The parts of all tensors called `name`, by the places of the tensors.
  private func parts(
    _ session: Session, _ stream: Int, _ ledger: BitLedger, _ kind: Rows, _ name: String
  ) throws -> [Int: [CostPart]] {
    var parts: [Int: [CostPart]] = [:]
    for (place, tensor) in ledger.tensors.enumerated() where tensor.name == name {
      if kind == .rows {
        parts[place] = CostPartTable.rows(tensor)
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
      parts[place] = CostPartTable.parts(kind == .blocks ? .blocks : .contexts, spread)
    }
    return parts
  }

  private func ledger(_ session: Session, _ stream: Int, rows: Bool) throws -> BitLedger {
    defer { Output.progress("") }
    return BitLedger.decoded(
      session, stream: stream, rowBits: rows, threads: try work.count(),
      done: Output.counting(units: session.directory(stream).byUnit.count))
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
