import NNRModel

/// What is selected: a place in one of the open streams and, where it is known, which of its unit's tensors.
struct Selection: Hashable, Sendable {
  /// The stream's number among the open ones.
  var document: Int
  /// The place in it.
  var location: Location
  /// The place among the unit's tensors; nil for none in particular.
  var member: Int?

  /// Whether another one is this, or lies within it.
  func covers(_ other: Selection) -> Bool {
    guard isInUnit(of: other), member == nil || member == other.member else { return false }
    return location.node == nil && location.bit == 0 || location == other.location
  }

  /// Whether another one is in the same unit.
  func isInUnit(of other: Selection) -> Bool {
    document == other.document && location.unit == other.location.unit
  }
}

/// The line under the cursor of a list is what is selected, and all views show what is selected.
extension ExplorerModel {
  /// What is selected.
  var selection: Selection {
    Selection(document: current, location: location, member: document.cell.member)
  }

  /// Selects what the line under the cursor stands for, if it stands for something.
  mutating func selectLineUnderCursor() {
    guard shown.lines(self) != nil,
      let line = shown.selection(ofLine: selectedLine(of: view), self), !line.covers(selection)
    else { return }
    current = line.document
    select(line.location)
    if document.cell.member != line.member {
      document.cell.member = line.member
      moveCell(row: 0, column: 0)
    }
  }

  /// Moves the cursor of the list that is open to what is selected; if no line stands for that, selects what is under the
  /// cursor, or leaves the selection where it is.
  mutating func followSelection(orSelect isLed: Bool = true) {
    shown.take(selection, &self)
    guard let list = shown.lines(self), list.count > 0 else { return }
    if let line = shown.selection(ofLine: selectedLine(of: view), self), line.covers(selection) {
      return
    }
    if let line = shown.line(of: selection, self) {
      self[keyPath: list.state].select(line, count: list.count, page: page(view))
    } else if isLed {
      selectLineUnderCursor()
    }
  }

  /// Goes to the next line that stands for another unit, or another tensor; a sentence if there is none.
  mutating func goToLine(of stride: Stride, forward: Bool) -> String? {
    guard let list = shown.lines(self) else { return nil }
    let here = selectedLine(of: view)
    let before = shown.selection(ofLine: here, self) ?? selection
    func fits(_ line: Int) -> Bool {
      guard let found = shown.selection(ofLine: line, self), found.document == current else {
        return false
      }
      let isOther =
        found.location.unit != before.location.unit
        || stride == .tensor && found.member != before.member
      return isOther
        && (stride != .tensor
          || document.stream.index.entries[found.location.unit].type == .compressedData)
    }
    let line =
      forward
      ? (here + 1..<max(here + 1, list.count)).first(where: fits)
      : (0..<min(here, list.count)).last(where: fits)
    guard let line else { return "no \(forward ? "further" : "earlier") one" }
    selectLine(line, of: view)
    return nil
  }
}
