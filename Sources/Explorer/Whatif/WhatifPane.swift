import DeepCABAC
import NNRAnalysis
import NNRModel
import NNRRecode
import NNRReport
import PlainText
import TerminalScreen

extension Pane {
  /// What else the tensors could have cost.
  public static let whatif = Pane("whatif", "What if")
}

/// The tensors by what they could save, and the alternatives of one of them.
struct WhatifView: View {
  let pane = Pane.whatif
  let isInBar = true
  let commands = Command.whatif

  func lines(_ model: ExplorerModel) -> LineList? {
    if let alternatives = model.whatif.alternatives {
      return LineList(state: \.whatif.alternativeList, count: alternatives.list.count) { line in
        let alternative = alternatives.list[line]
        return [alternative.knob.rawValue, RecodeText.value(alternative.value)]
      }
    }
    let rows = model.whatif.rows
    return LineList(state: \.whatif.list, count: rows.count) { [rows[$0].tensor.name] }
  }

  func selection(ofLine line: Int, _ model: ExplorerModel) -> Selection? {
    let rows = model.whatif.rows
    guard model.whatif.alternatives == nil, rows.indices.contains(line) else { return nil }
    return Selection(
      document: model.whatif.document ?? model.current,
      location: Location(unit: rows[line].tensor.unit))
  }

  func line(of selection: Selection, _ model: ExplorerModel) -> Int? {
    guard model.whatif.alternatives == nil else { return nil }
    return model.whatif.rows.firstIndex { $0.tensor.unit == selection.location.unit }
  }

  func tensor(_ model: ExplorerModel) -> CodedTensor? {
    let state = model.whatif
    if let open = state.alternatives?.tensor { return open }
    return state.rows.indices.contains(state.list.selection)
      ? state.rows[state.list.selection].tensor : nil
  }

  func caption(_ model: ExplorerModel) -> (title: StyledText, note: StyledText) {
    let state = model.whatif
    if let open = state.alternatives {
      return (
        StyledText("\(pane.title) · \(ShownText.line(open.tensor.name))", .title),
        StyledText("start states chosen anew for each", .dim)
      )
    }
    let size = model.document.stream.size
    return (
      StyledText(pane.title, .title),
      StyledText(
        model.hidden.hides(.choice)
          ? HiddenValues.mark : RecodeText.sizes(size, size - state.savedBytes), .dim)
    )
  }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    if model.whatif.alternatives != nil {
      model.drawAlternatives(&grid, rect)
    } else {
      model.drawWhatif(&grid, rect)
    }
  }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int {
    max(
      1,
      model.whatif.alternatives == nil
        ? model.tablePage(rect) : model.alternativeParts(rect).table.height - 1)
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] {
    let state = model.whatif
    guard state.alternatives == nil, let tensor = tensor(model) else { return [] }
    guard state.rows[state.list.selection].found != nil else {
      model.tell(
        "nothing was tried: \(state.rows[state.list.selection].refusal?.description ?? "")")
      return []
    }
    return model.start(
      .alternatives(model.documents[state.document ?? model.current].source, tensor))
  }

  func enterHint(_ model: ExplorerModel) -> String? {
    model.whatif.alternatives == nil ? "alternatives" : nil
  }

  func hints(_ model: ExplorerModel) -> [KeyHint] {
    model.whatif.alternatives == nil
      ? [] : [KeyHint(model.shownKey(of: "next-alternative"), "turn the knob", priority: 6)]
  }

  func escape(_ model: inout ExplorerModel) -> [Effect]? {
    guard model.whatif.alternatives != nil else { return nil }
    model.whatif.alternatives = nil
    return []
  }

  func follow(_ model: inout ExplorerModel) -> [Effect] { model.followWhatif() }
}

extension ExplorerModel {
  /// Searches the document, if that was not begun yet.
  mutating func followWhatif() -> [Effect] {
    guard whatif.document != current else { return [] }
    whatif = WhatifState()
    whatif.document = current
    return start(.whatif(document.source, document: current))
  }

  /// Draws the tensors.
  func drawWhatif(_ grid: inout Grid, _ rect: Rect) {
    let rows = whatif.rows
    let fields = WhatifTable.fields
    let (table, line) = tableAndLine(rect)
    TableView(
      whatif.list, columns: fields.columns().map { TableColumn($0) }, count: rows.count,
      placeholder: StyledText(whatif.fraction < 1 ? "searching …" : "no tensors", .dim)
    ) { row in
      guard rows.indices.contains(row) else { return [] }
      return fields.map { field in
        hidden.hides(.choice) && !["name", "unit", "bits"].contains(field.column.key)
          ? StyledText(HiddenValues.mark) : StyledText(field.value(rows[row]), in: field.column)
      }
    }.draw(on: &grid, in: table)
    if rows.indices.contains(whatif.list.selection) {
      drawWhole(ShownText.line(rows[whatif.list.selection].tensor.name), &grid, line)
    }
    if rows.isEmpty { grid.placeCursor(Point(0, 0), in: rect) }
  }

  /// Divides the room into the alternatives and the bars of one.
  func alternativeParts(_ rect: Rect) -> (table: Rect, bars: Rect) {
    let wanted = RecodeText.barClasses(whatif.alternatives, whatif.selected).count + 1
    let low = rect.height >= 12 ? min(wanted, rect.height / 2) : 0
    return (
      rect.rows(from: 0, count: rect.height - low),
      rect.rows(from: rect.height - low, count: low)
    )
  }

  /// Draws the alternatives of a tensor, and the classes of the one under the cursor beside today's.
  func drawAlternatives(_ grid: inout Grid, _ rect: Rect) {
    guard let alternatives = whatif.alternatives else { return }
    let (table, bars) = alternativeParts(rect)
    let rows = AlternativeRow.rows(alternatives)
    // The classes are the bars below.
    let keys = ["knob", "value", "current", "bits", "saving", "lossless", "reason"]
    let fields = AlternativeTable.fields.filter { keys.contains($0.column.key) }
    TableView(
      whatif.alternativeList, columns: fields.columns().map { TableColumn($0) }, count: rows.count
    ) { row in
      guard rows.indices.contains(row) else { return [] }
      return fields.map { field in
        hidden.hides(.alternative) && ["bits", "saving"].contains(field.column.key)
          ? StyledText(HiddenValues.mark) : StyledText(field.value(rows[row]), in: field.column)
      }
    }.draw(on: &grid, in: table)
    guard !bars.isEmpty, !hidden.hides(.alternative) else { return }
    for (row, line) in alternativeBars(bars.width).prefix(bars.height).enumerated() {
      grid.write(fitting: line, in: bars.row(row))
    }
  }

  /// A line for each class of bits: today's bar and that of the alternative, at one scale.
  private func alternativeBars(_ width: Int) -> [StyledText] {
    let classes = RecodeText.barClasses(whatif.alternatives, whatif.selected)
    let most = max(1, classes.map { max($0.now, $0.then) }.max() ?? 1)
    let room = max(4, (width - 44) / 2)
    func bar(_ bits: Double) -> String {
      let cells = Int((bits / most * Double(room)).rounded(.up))
      return String(repeating: "█", count: min(room, bits > 0 ? max(1, cells) : 0))
    }
    func padded(_ text: String, _ count: Int) -> String {
      text + String(repeating: " ", count: max(0, count - text.count))
    }
    return [StyledText(padded("", 22) + padded("now", room + 11) + "with it", .heading)]
      + classes.map { item in
        var line = StyledText(padded(item.name, 22), .name)
        line.append(padded(bar(item.now), room) + " ", .dim)
        line.append(padded(NumberText.grouped(Int(item.now.rounded())), 10), .dim)
        line.append(padded(bar(item.then), room) + " ", item.then < item.now ? .number : .warning)
        line.append(NumberText.grouped(Int(item.then.rounded())), .number)
        return line
      }
  }
}
