import TerminalScreen

/// Selection and order of the tensors table.
struct TensorTable: Sendable {
  /// Selection and scroll position.
  var list = ListState()
  /// The column it is sorted by; nil is the order of the stream.
  var sort: SortMark?
  /// The units in the order shown.
  var order: [Int] = []
}
