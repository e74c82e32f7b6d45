import NNRAnalysis
import TerminalScreen

/// Selection, order, columns and condition of the tensors table.
struct TensorList: Sendable {
  /// Selection and scroll position.
  var list = ListState()
  /// What it is sorted by; nil is the order of the stream.
  var sort: SortOrder?
  /// The keys of the columns shown.
  var columns = TensorColumns.usual
  /// The key of the column under the cursor; nil until one was chosen.
  var column: String?
  /// The condition as it was typed; empty for none.
  var condition = ""
  /// The condition in force: the last one that could be understood.
  var filter: FilterExpression?
  /// Why the text typed is no condition.
  var problem: FilterError?
  private var kept = KeptRow<Int>()
  /// The tensors shown, by their places in the stream.
  private(set) var order: [Int] = []
  /// The places of the tensors in the natural order of their names; sorting text anew is too slow for a frame.
  private var ranks: [Int] = []

  /// The tensor under the cursor, by its place.
  var selected: Int? {
    order.indices.contains(list.selection) ? order[list.selection] : nil
  }

  /// Understands a condition; one that makes no sense leaves the last good one in force.
  mutating func setCondition(_ text: String) {
    condition = text
    problem = nil
    guard text.contains(where: { !$0.isWhitespace }) else {
      filter = nil
      return
    }
    do throws(FilterError) {
      filter = try FilterExpression(parsing: text, columns: TensorColumns.all)
    } catch {
      problem = error
    }
  }

  /// Lists the tensors that fit, in order; the selection stays on its tensor.
  mutating func arrange(_ lines: [TensorLine], page: Int) {
    let before = selected
    let places = TensorColumns.places
    var shown = Array(lines.indices)
    if let filter {
      shown = shown.filter { place in
        let cells = lines[place].cells
        return filter.matches { cells[$0] }
      }
    }
    if let sort, let column = places[sort.key] { sortPlaces(&shown, lines, column, sort) }
    order = shown
    kept.select(before, in: order, of: &list, page: page)
  }

  private mutating func sortPlaces(
    _ shown: inout [Int], _ lines: [TensorLine], _ column: Int, _ sort: SortOrder
  ) {
    let isName = sort.key == "name"
    if isName, ranks.count != lines.count { ranks = Self.ranks(lines, column) }
    // Keys are taken out once: looking into rows at each comparison would cost more than sorting.
    let keys = shown.map { isName ? .integer(ranks[$0]) : lines[$0].cells[column] }
    shown = sort.places(of: keys).map { shown[$0] }
  }

  private static func ranks(_ lines: [TensorLine], _ column: Int) -> [Int] {
    var ranks = [Int](repeating: 0, count: lines.count)
    let sorted = SortOrder(key: "").places(of: lines.map { $0.cells[column] })
    for (rank, place) in sorted.enumerated() { ranks[place] = rank }
    return ranks
  }
}
