import NNRAnalysis
import NNRCarriage
import NNRReport
import NNRSyntax
import PlainText
import TerminalScreen

extension Pane {
  /// What the file carries.
  public static let carriers = Pane("carriers", "Carriers")
}

/// The messages of a video and the items of a file that carry networks, each with its fields.
struct CarriersView: View {
  let pane = Pane.carriers
  let commands = [Command.opening(.carriers, ["0"], "what the video or the file of boxes carries")]

  func isInBar(_ model: ExplorerModel) -> Bool { model.document.stream.source.file != nil }

  func lines(_ model: ExplorerModel) -> LineList? {
    let rows = model.carriers.rows
    return LineList(state: \.carriers.list, count: rows.count) { line in
      let columns = CarrierTable.fields.filter { !$0.column.kind.isNumeric }
      return columns.map { ValueText.human($0.value(rows[line]), in: $0.column) }
    }
  }

  func selection(ofLine line: Int, _ model: ExplorerModel) -> Selection? {
    let rows = model.carriers.rows
    guard rows.indices.contains(line), let stream = rows[line].stream,
      let number = model.document(named: model.carriers.path + stream)
    else { return nil }
    return Selection(document: number, location: Location())
  }

  func line(of selection: Selection, _ model: ExplorerModel) -> Int? {
    let name = model.documents[selection.document].stream.name
    return model.carriers.rows.firstIndex { row in
      row.stream.map { model.carriers.path + $0 == name } ?? false
    }
  }

  func caption(_ model: ExplorerModel) -> (title: StyledText, note: StyledText) {
    let note = model.carriers.document.map { ShownText.line($0.summary) } ?? ""
    return (StyledText(pane.title, .title), StyledText(note, .dim))
  }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawCarriers(&grid, rect)
  }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int {
    max(1, model.carrierParts(rect).table.height - 1)
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] {
    guard selection(ofLine: model.carriers.list.selection, model) != nil else {
      model.tell("no NNR bitstream in it", failed: true)
      return []
    }
    model.enter(.explorer)
    return model.decodeSelection()
  }

  func enterHint(_ model: ExplorerModel) -> String? { "go there" }

  func follow(_ model: inout ExplorerModel) -> [Effect] { model.followCarriers() }
}

extension ExplorerModel {
  /// The number of the open stream of a name.
  func document(named name: String) -> Int? {
    documents.firstIndex { $0.stream.name == name }
  }

  /// Reads the file again where another one is to be shown.
  mutating func followCarriers() -> [Effect] {
    guard let file = document.stream.source.file else { return [] }
    let name = document.stream.name
    let path = name.lastIndex(of: "#").map { String(name[..<$0]) } ?? name
    guard path != carriers.path || carriers.document == nil && running[.carriers] == nil else {
      return []
    }
    carriers = CarriersState()
    carriers.path = path
    return start(.carriers(file, path: path))
  }

  /// Divides the room into the list and the fields of what is selected.
  func carrierParts(_ rect: Rect) -> (table: Rect, fields: Rect) {
    let low = rect.height >= 12 ? min(rect.height / 2, 24) : 0
    let wanted = min(rect.height - low, max(4, carriers.rows.count + 1))
    let height = low > 0 ? wanted : rect.height
    return (
      rect.rows(from: 0, count: height),
      low > 0 ? rect.rows(from: height + 1, count: rect.height - height - 1) : .zero
    )
  }

  /// Draws the list, and below it the fields.
  func drawCarriers(_ grid: inout Grid, _ rect: Rect) {
    let (table, fields) = carrierParts(rect)
    let rows = carriers.rows
    let columns = CarrierTable.fields
    let empty =
      document.stream.source.file == nil
      ? "no video or file of boxes: the stream is a file of its own"
      : running[.carriers] != nil ? "reading …" : "nothing is carried here"
    TableView(
      carriers.list, columns: columns.columns().map { TableColumn($0) }, count: rows.count,
      placeholder: StyledText(empty, .dim)
    ) { row in
      guard rows.indices.contains(row) else { return [] }
      return columns.map { StyledText($0.value(rows[row]), in: $0.column) }
    }.draw(on: &grid, in: table)
    if rows.isEmpty { grid.placeCursor(Point(0, 0), in: rect) }
    guard !fields.isEmpty else { return }
    for (row, line) in carrierLines(fields.width).prefix(fields.height).enumerated() {
      grid.write(fitting: line, in: fields.row(row))
    }
  }

  /// What is wrong with what is selected, and its fields with their bits in the file.
  private func carrierLines(_ width: Int) -> [StyledText] {
    let rows = carriers.rows
    guard let carriage = carriers.document?.carriage, rows.indices.contains(carriers.list.selection)
    else { return [] }
    let row = rows[carriers.list.selection]
    if let item = row.item {
      let item = carriage.items[item]
      return item.findings.flatMap { Self.findingLines($0, width) }
        + [
          StyledText(
            "item \(item.id), \(NumberText.grouped(item.source.count)) B in \(NumberText.count(item.source.runs.count, "extent"))"
          )
        ]
    }
    guard let message = row.message.map({ carriage.messages[$0] }) else { return [] }
    return message.findings.flatMap { Self.findingLines($0, width) }
      + message.fields.map { field in
        let place = message.fileOffset(ofBit: field.bits.start)
        var line = StyledText(
          "\(NumberText.address(place)).\(field.bits.start % 8)  ", .dim)
        line.append(ShownText.line(field.name), .name)
        line.append("  \(field.descriptor)  ", .descriptor)
        switch field.value {
        case .number(let number): line.append("\(number)", .number)
        case .text(let text): line.append(ShownText.line(text), .string)
        }
        if let meaning = field.meaning { line.append("  \(meaning)", .dim) }
        return line
      }
  }

  private static func findingLines(_ finding: CarriageFinding, _ width: Int) -> [StyledText] {
    StyledText.wrap(
      ShownText.line("\(finding.severity.letter) \(finding.rule.id) \(finding.message)"),
      width: width, style: .of(finding.severity))
  }
}
