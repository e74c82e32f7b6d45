import TerminalScreen

/// The row that a list keeps its selection on while its rows come and go.
///
/// A row that is not there for a while, as its tensor is not decoded again yet, is gone back to once it is, unless the
/// selection was moved since; it then stands as far below the first row shown as before.
struct KeptRow<Row: Hashable & Sendable>: Sendable {
  private var row: Row?
  private var distance = 0
  private var list = ListState()

  /// Nothing kept yet.
  init() {}

  /// Puts the selection of a list whose rows are new ones on the row that it was on.
  mutating func select(_ selected: Row?, in rows: [Row], of list: inout ListState, page: Int) {
    let isWaiting = row != nil && self.list == list
    let wanted = isWaiting ? row : list.selection == 0 ? nil : selected
    if !isWaiting { distance = list.selection - list.top }
    let place = wanted.flatMap { rows.firstIndex(of: $0) }
    if let place {
      list.selection = place
      if isWaiting { list.top = place - distance }
    }
    list.settle(count: rows.count, page: page)
    row = place == nil ? wanted : nil
    self.list = list
  }
}
