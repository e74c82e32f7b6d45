import NNRAnalysis
import NNRReport
import PlainText
import TerminalScreen

/// The tensors table.
extension ExplorerModel {
  /// Draws the table.
  func drawTensors(_ grid: inout Grid, _ rect: Rect) {
    let table = document.tensors
    let lines = document.figures.lines
    let places = table.columns.compactMap { TensorColumns.places[$0] }
    let isReading = running[.figures(document: current)] != nil
    let empty =
      !lines.isEmpty
      ? "no tensor fits \(table.condition)"
      : isReading ? "reading …" : "no tensors in this stream"
    TableView(
      table.list, columns: table.columns.map(TensorColumns.column), count: table.order.count,
      sort: tensorSort, placeholder: StyledText(empty, .dim)
    ) { row in
      guard table.order.indices.contains(row), lines.indices.contains(table.order[row]) else {
        return []
      }
      let line = lines[table.order[row]]
      return places.map { Self.cell(line, $0) }
    }.draw(on: &grid, in: rect)
    if table.order.isEmpty { grid.placeCursor(Point(0, 0), in: rect) }
  }

  /// Sorts by the column of a heading; the other way round if it is sorted by it already.
  mutating func sortTensors(atHeading point: Point, in rect: Rect) -> Bool {
    let table = document.tensors
    let view = TableView(
      table.list, columns: table.columns.map(TensorColumns.column), count: table.order.count
    ) { _ in [] }
    guard let column = view.heading(at: point, in: rect) else { return false }
    let key = table.columns[column]
    if let sort = table.sort, sort.key == key {
      document.tensors.sort = SortOrder(key: key, descending: !sort.descending)
    } else {
      document.tensors.sort = Self.order(by: key)
    }
    arrangeTensors()
    tellTensorOrder()
    return true
  }

  private static func cell(_ line: TensorLine, _ place: Int) -> StyledText {
    let column = TensorColumns.all[place]
    let value = line.cells[place]
    let style: Style =
      value == .missing
      ? .dim
      : column.key == "name"
        ? .name
        : column.key == "error"
          ? .error
          : column.kind.isNumeric ? .number : .normal
    return StyledText(ValueText.human(value, in: column), style)
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

  /// Lists the tensors again.
  mutating func arrangeTensors() {
    document.tensors.arrange(document.figures.lines, page: page(.tensors))
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
      let selection = try TableSelection(
        columns: text, sort: nil, filter: nil, available: TensorColumns.all)
      document.tensors.columns = selection.columns ?? TensorColumns.usual
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

  /// Puts a condition in force, or says where it goes wrong.
  mutating func filterTensors(_ text: String) {
    document.tensors.setCondition(text)
    arrangeTensors()
  }
}
