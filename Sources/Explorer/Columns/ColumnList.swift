import NNRAnalysis
import TerminalScreen

/// The columns of a table on the screen: which are shown, where the cursor among them stands, and what a cell holds.
struct ColumnList {
  /// The columns shown, from left to right.
  let columns: [Column]
  /// Where the key of the column under the cursor is kept; nil until one was chosen.
  let cursor: WritableKeyPath<ExplorerModel, String?>
  /// The number of rows shown.
  let count: Int
  /// The value in a row of a column.
  let value: (_ row: Int, _ column: Int) -> CellValue

  /// The place of a key among the columns shown.
  func place(of key: String?) -> Int? {
    key.flatMap { key in columns.firstIndex { $0.key == key } }
  }
}

/// The cursor among the columns, and what is done with the column under it.
extension ExplorerModel {
  /// The columns of the view that has the keyboard.
  var columnList: ColumnList? { focused.columns(self) }

  /// The place of the column under the cursor of the view that has the keyboard; nil until one was chosen.
  var cursorColumn: Int? {
    columnList.flatMap { $0.place(of: self[keyPath: $0.cursor]) }
  }

  /// Moves the cursor to the next column, or to the one before; the first move shows it at the first.
  mutating func moveColumn(_ step: Int, of pane: Pane) {
    guard let list = views[pane].columns(self), !list.columns.isEmpty else { return }
    let place = list.place(of: self[keyPath: list.cursor]).map { $0 + step } ?? 0
    let reached = min(max(0, place), list.columns.count - 1)
    let column = list.columns[reached]
    self[keyPath: list.cursor] = column.key
    tell("\(column.key): \(column.summary) (\(reached + 1) of \(list.columns.count))")
  }

  /// Leaves out the column under the cursor.
  mutating func hideColumn() {
    guard let list = columnList, let place = cursorColumn else { return }
    var keys = list.columns.map(\.key)
    guard keys.count > 1 else { return tell("the last column stays", failed: true) }
    let hidden = keys.remove(at: place)
    focused.show(keys, &self)
    self[keyPath: list.cursor] = keys[min(place, keys.count - 1)]
    tell("without \(hidden); \(shownKey(of: "next-columns")) shows other columns")
  }

  /// Shows only rows that have what the row under the cursor has in the column under it.
  mutating func filterByValue() -> [Effect] {
    guard let list = columnList, let place = cursorColumn, let filter = viewFilter else {
      return []
    }
    let row = selectedLine(of: focus)
    guard row < list.count else { return [] }
    let key = list.columns[place].key
    guard let value = list.value(row, place).condition else {
      tell("\(key) has no single value to ask for", failed: true)
      return []
    }
    let before = filter.text(self)
    let text = (before.isEmpty ? "" : "(\(before)) and ") + "\(key) == \(value)"
    let effects = filter.set(text, &self)
    filter.accept(text, &self)
    return effects
  }

  /// Shows how the values of the column under the cursor are distributed over the rows shown.
  mutating func showDistribution() {
    guard let list = columnList, let place = cursorColumn else { return }
    let key = list.columns[place].key
    overlay = Overlay(
      title: "\(key) of \(NumberText.count(list.count, "row"))", topic: .column(key))
  }

  /// The lines of a distribution.
  func distributionLines(_ key: String, _ width: Int) -> [StyledText] {
    guard let list = columnList, let place = list.place(of: key) else { return [] }
    let values = (0..<list.count).map { list.value($0, place) }
    return ColumnDistribution(values, in: list.columns[place]).lines(width)
  }

  /// Why nothing can be done with a column now; nil if something can.
  var columnProblem: String? {
    cursorColumn == nil
      ? "no column is chosen: \(shownKey(of: "left")) and \(shownKey(of: "right")) do" : nil
  }
}
