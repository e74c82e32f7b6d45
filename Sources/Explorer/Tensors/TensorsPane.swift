import NNRAnalysis
import NNRModel
import NNRReport
import PlainText
import TerminalScreen

extension Pane {
  /// The tensors table.
  public static let tensors = Pane("tensors", "Tensors")
}

/// The tensors as a table.
struct TensorsView: View {
  let pane = Pane.tensors
  let commands = Command.tensorTable
  let isInBar = true

  func lines(_ model: ExplorerModel) -> LineList? {
    let (lines, order) = (model.document.figures.lines, model.document.tensors.order)
    let columns = model.document.tensors.columns.compactMap { TensorColumns.places[$0] }
      .filter { !TensorColumns.all[$0].kind.isNumeric }
    return LineList(state: \.document.tensors.list, count: order.count) { line in
      guard lines.indices.contains(order[line]) else { return [] }
      return columns.map {
        ValueText.human(lines[order[line]].cells[$0], in: TensorColumns.all[$0])
      }
    }
  }

  func selection(ofLine line: Int, _ model: ExplorerModel) -> Selection? {
    let (lines, order) = (model.document.figures.lines, model.document.tensors.order)
    guard order.indices.contains(line), lines.indices.contains(order[line]) else { return nil }
    let found = lines[order[line]]
    return Selection(
      document: model.current, location: Location(unit: found.unit), member: found.member)
  }

  func note(_ model: ExplorerModel) -> String { model.tensorsNote }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawTensors(&grid, rect)
  }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int {
    max(1, model.tensorParts(rect).table.height - 1)
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] {
    if let line = model.selectedTensorLine {
      model.enter(.explorer)
      model.jump(to: Location(unit: line.unit))
    }
    return model.decodeSelection()
  }

  func enterHint(_ model: ExplorerModel) -> String? { "go there" }

  func click(_ point: Point, _ rect: Rect, _ model: inout ExplorerModel) {
    if !model.sortTensors(atHeading: point, in: rect) {
      model.clickLine(point.y - rect.y, of: pane)
    }
  }

  func follow(_ model: inout ExplorerModel) -> [Effect] {
    let effects = model.beginFigures()
    model.arrangeTensors()
    return effects + model.followSavings()
  }

  func escape(_ model: inout ExplorerModel) -> [Effect]? {
    guard model.document.tensors.filter != nil else { return nil }
    model.filterTensors("")
    return []
  }

  func filter(_ model: ExplorerModel) -> (any ViewFilter)? { TensorFilter() }

  let hasColumns = true

  func columns(_ model: ExplorerModel) -> ColumnList? {
    let (table, lines) = (model.document.tensors, model.document.figures.lines)
    let places = table.columns.compactMap { TensorColumns.places[$0] }
    return ColumnList(
      columns: places.map { TensorColumns.all[$0] }, cursor: \.document.tensors.column,
      count: table.order.count
    ) { row, column in
      guard table.order.indices.contains(row), lines.indices.contains(table.order[row]) else {
        return .missing
      }
      return lines[table.order[row]].cells[places[column]]
    }
  }

  func show(_ columns: [String], _ model: inout ExplorerModel) {
    model.document.tensors.columns = columns
  }

  func sort(by column: String, _ model: inout ExplorerModel) {
    model.sortTensors(byColumn: column)
  }

  var orders: [String] { TensorColumns.all.map(\.key) }

  func sort(_ order: NamedOrder, _ model: inout ExplorerModel) {
    model.sortTensors(by: (order.descending ? "-" : "") + order.name)
  }

  func sort(next: Bool, _ model: inout ExplorerModel) { model.sortTensors(next: next) }

  func bits(_ model: ExplorerModel) -> Location? {
    model.selectedTensorLine.flatMap { model.payload(ofUnit: $0.unit) }
  }
}

/// Tensors by a condition on their columns.
struct TensorFilter: ViewFilter {
  let command = "where"

  func text(_ model: ExplorerModel) -> String { model.document.tensors.condition }

  func set(_ text: String, _ model: inout ExplorerModel) -> [Effect] {
    model.filterTensors(text)
    return []
  }

  func prompt(_ model: ExplorerModel) -> String {
    let condition = text(model)
    guard condition.isEmpty, let list = model.columnList, let place = model.cursorColumn else {
      return condition
    }
    return list.columns[place].key + " "
  }

  func mistake(_ model: ExplorerModel) -> Range<Int>? { model.document.tensors.problem?.range }

  func accept(_ text: String, _ model: inout ExplorerModel) {
    if let problem = model.document.tensors.problem {
      model.tell("\(problem)", failed: true)
      model.document.tensors.setCondition(model.document.tensors.filter?.source ?? "")
    } else {
      model.tell(
        model.tensorsNote + (text.isEmpty ? "" : "; \(model.shownKey(of: "escape")) shows all"))
    }
  }

  func verdict(_ text: String, _ model: ExplorerModel) -> (PromptLine.Validity, StyledText) {
    if let problem = model.document.tensors.problem {
      return (.invalid, StyledText("\(problem)", .error))
    }
    return (
      .valid,
      StyledText(
        text.isEmpty ? "qp > -20 and sparsity >= 0.5; Tab completes" : model.tensorsNote, .dim)
    )
  }

  func completions(_ text: String) -> [String] { FilterCompletion.lines(text) }
}

/// The tensors table.
extension ExplorerModel {
  /// Draws the table, and below it the whole name of the selected tensor.
  func drawTensors(_ grid: inout Grid, _ rect: Rect) {
    let (table, line) = tensorParts(rect)
    tensorTable.draw(on: &grid, in: table)
    if document.tensors.order.isEmpty { grid.placeCursor(Point(0, 0), in: rect) }
    guard case .text(let name)? = selectedTensorLine?.cells.first else { return }
    grid.write(fitting: StyledText(ShownText.line(name), .name), in: line)
  }

  /// The room of the table and of the line below it.
  func tensorParts(_ rect: Rect) -> (table: Rect, line: Rect) {
    let low = rect.height >= 6 ? 1 : 0
    return (rect.rows(from: 0, count: rect.height - low), rect.rows(from: rect.height - low))
  }

  private var tensorTable: TableView {
    let table = document.tensors
    let lines = document.figures.lines
    let places = table.columns.compactMap { TensorColumns.places[$0] }
    let isReading = running[.figures(document: current)] != nil
    let empty =
      !lines.isEmpty
      ? "no tensor fits \(table.condition)"
      : isReading ? "reading …" : "no tensors in this stream"
    return TableView(
      table.list, columns: table.columns.map(TensorColumns.column), count: table.order.count,
      sort: tensorSort, current: table.column.flatMap { table.columns.firstIndex(of: $0) },
      placeholder: StyledText(empty, .dim)
    ) { row in
      guard table.order.indices.contains(row), lines.indices.contains(table.order[row]) else {
        return []
      }
      let line = lines[table.order[row]]
      return places.map { StyledText(line.cells[$0], in: TensorColumns.all[$0]) }
    }
  }

  /// Sorts by the column of a heading; the other way round if it is sorted by it already.
  mutating func sortTensors(atHeading point: Point, in rect: Rect) -> Bool {
    let table = document.tensors
    guard let column = tensorTable.heading(at: point, in: tensorParts(rect).table) else {
      return false
    }
    let key = table.columns[column]
    document.tensors.column = key
    if let sort = table.sort, sort.key == key {
      document.tensors.sort = SortOrder(key: key, descending: !sort.descending)
    } else {
      document.tensors.sort = Self.order(by: key)
    }
    arrangeTensors()
    tellTensorOrder()
    return true
  }

  private var tensorSort: SortMark? {
    guard let sort = document.tensors.sort,
      let column = document.tensors.columns.firstIndex(of: sort.key)
    else { return nil }
    return SortMark(column: column, descending: sort.descending)
  }

  /// The note in the frame: how many of how many, by what condition.
  var tensorsNote: String {
    let table = document.tensors
    let total = document.figures.lines.count
    guard table.filter != nil else { return NumberText.count(total, "tensor") }
    return "\(NumberText.grouped(table.order.count)) of \(NumberText.count(total, "tensor"))"
  }

  /// The row under the cursor; nil if nothing is known of it yet.
  var selectedTensorLine: TensorLine? {
    guard let place = document.tensors.selected, document.figures.lines.indices.contains(place)
    else { return nil }
    return document.figures.lines[place]
  }

  /// Lists the tensors again.
  mutating func arrangeTensors() {
    let wasEmpty = document.tensors.order.isEmpty
    document.tensors.arrange(document.figures.lines, page: page(.tensors))
    if wasEmpty, shows(.tensors) { followSelection() }
  }

  /// Sorts by the next column, or the other way round.
  mutating func sortTensors(next: Bool) {
    let columns = document.tensors.columns
    let old = document.tensors.sort
    let place = old.flatMap { columns.firstIndex(of: $0.key) }
    if next {
      let next = place.map { $0 + 1 } ?? 0
      // After the last column comes the order of the stream again.
      document.tensors.sort = columns.indices.contains(next) ? Self.order(by: columns[next]) : nil
    } else {
      let key = old?.key ?? columns.first ?? "name"
      document.tensors.sort = SortOrder(key: key, descending: !(old?.descending ?? false))
    }
    arrangeTensors()
    tellTensorOrder()
  }

  /// Sorts by a column; by one it is sorted by already, in the order of the stream.
  mutating func sortTensors(byColumn key: String) {
    document.tensors.sort = document.tensors.sort?.key == key ? nil : Self.order(by: key)
    arrangeTensors()
    tellTensorOrder()
  }

  /// Names from the first to the last, numbers from the largest.
  private static func order(by key: String) -> SortOrder {
    let isNumber = TensorColumns.places[key].map { TensorColumns.all[$0].kind.isNumeric } ?? false
    return SortOrder(key: key, descending: isNumber)
  }

  private mutating func tellTensorOrder() {
    guard let sort = document.tensors.sort, let place = TensorColumns.places[sort.key] else {
      return tell("in the order of the stream")
    }
    let column = TensorColumns.all[place]
    tell("by \(column.key)\(sort.descending ? ", largest first" : ""): \(column.summary)")
  }

  /// Sorts by a column named as on the command line: `bits`, `-bits`.
  mutating func sortTensors(by text: String) {
    guard !text.isEmpty else {
      document.tensors.sort = nil
      arrangeTensors()
      return tellTensorOrder()
    }
    do throws(TableError) {
      document.tensors.sort = try SortOrder(parsing: text, columns: TensorColumns.all)
      arrangeTensors()
      tellTensorOrder()
    } catch {
      tell("\(error)", failed: true)
    }
  }

  /// Shows other columns: `name,bits`; nothing shows the usual ones.
  mutating func showColumns(_ text: String) {
    guard !text.isEmpty else {
      document.tensors.columns = TensorColumns.usual
      return
    }
    do throws(TableError) {
      document.tensors.columns = try TensorColumns.keys(listed: text)
    } catch {
      tell("\(error)", failed: true)
    }
  }

  /// Shows the next set of columns.
  mutating func showNextColumns() {
    let sets = TensorColumns.sets
    let place = sets.firstIndex { $0.keys == document.tensors.columns } ?? -1
    let next = sets[(place + 1) % sets.count]
    document.tensors.columns = next.keys
    tell("columns: \(next.name)")
  }

  /// Searches what tensors could save, where the table shows it.
  mutating func followSavings() -> [Effect] {
    document.tensors.columns.contains(TensorSavings.key) ? followWhatif() : []
  }

  /// Puts a condition in force, or says where it goes wrong.
  mutating func filterTensors(_ text: String) {
    document.tensors.setCondition(text)
    arrangeTensors()
  }
}
