import NNRRecode
import NNRReport
import TerminalScreen

/// What the tensors of a stream could save, and where one stands among them.
struct WhatifState: Sendable {
  /// Selection and scroll position among the tensors.
  var list = ListState()
  /// The number of the document that was searched; nil before.
  var document: Int?
  /// The tensors that were searched, those that save most first.
  private(set) var rows: [WhatifRow] = []
  /// The share of the bytes that was searched.
  var fraction = 0.0
  /// The bytes that are saved so far.
  private(set) var savedBytes = 0
  /// The alternatives of a tensor that was opened; nil for the list of tensors.
  var alternatives: TensorAlternatives?
  /// Selection and scroll position among the alternatives.
  var alternativeList = ListState()

  /// Adds the tensors of units that were searched.
  mutating func add(_ found: [WhatifRow], savedBytes: Int, fraction: Double) {
    // Who looks at a tensor goes on looking at it.
    let place = rows.indices.contains(list.selection) ? rows[list.selection].tensor : nil
    rows += found
    rows.sort { first, second in
      (second.found?.saving ?? -1, first.tensor.unit, first.tensor.place)
        < (first.found?.saving ?? -1, second.tensor.unit, second.tensor.place)
    }
    self.savedBytes += savedBytes
    self.fraction = fraction
    guard list.selection > 0, let place else { return }
    list.selection =
      rows.firstIndex { $0.tensor.unit == place.unit && $0.tensor.place == place.place } ?? 0
  }

  /// The alternative under the cursor; nil where none are open.
  var selected: TensorAlternative? {
    guard let list = alternatives?.list, list.indices.contains(alternativeList.selection) else {
      return nil
    }
    return list[alternativeList.selection]
  }
}
