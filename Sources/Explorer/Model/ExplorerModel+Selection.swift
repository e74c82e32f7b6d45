import NNRModel
import NNRSyntax
import TerminalScreen

/// Everything that moves the one selected place; the lists of the panes follow.
extension ExplorerModel {
  /// Shows a place; all panes follow.
  mutating func select(_ place: Location) {
    let before = document.location
    document.location = place.valid(in: document.stream)
    document.modelOutline.group = nil
    if document.location != before { document.detailTop = 0 }
    if location.unit != before.unit { document.look.enterUnit() }
    follow()
  }

  /// Shows a place and remembers the way back.
  mutating func jump(to place: Location) {
    remember()
    select(place)
  }

  /// Adds the place to the way back.
  mutating func remember() {
    let here = Bookmark(document: current, location: location)
    guard trail.last != here else { return }
    trail.append(here)
    if trail.count > 200 { trail.removeFirst() }
  }

  /// Shows a bookmark, in whichever stream.
  mutating func select(_ bookmark: Bookmark) {
    guard documents.indices.contains(bookmark.document) else { return }
    current = bookmark.document
    select(bookmark.location)
  }

  /// Makes the lists agree with the place.
  mutating func follow() {
    let tree = document.tree
    if document.syntax.unit != location.unit {
      document.syntax = SyntaxRows(tree, unit: location.unit)
    }
    document.syntaxList.select(
      document.syntax.row(of: location.node), count: document.syntax.places.count,
      page: page(.syntax))
    followStandard()
    let row =
      document.projection == .bitstream
      ? document.outline.row(of: location, tree) : document.modelOutline.row(of: location.unit)
    document.outlineList.select(
      row ?? document.outlineList.selection, count: document.outlineCount, page: page(.outline))
  }

  /// Goes to a row of the outline.
  mutating func selectOutline(_ row: Int) {
    let count = document.outlineCount
    guard count > 0 else { return }
    let row = min(max(0, row), count - 1)
    switch document.projection {
    case .bitstream:
      switch document.outline[row] {
      case .unit(let unit): select(Location(unit: unit))
      case .node(let unit, let node, _): select(node: node, of: unit)
      case nil: break
      }
    case .model:
      let node = document.modelOutline.nodes[document.modelOutline.rows[row].node]
      if let unit = node.unit {
        select(Location(unit: unit))
      } else {
        document.modelOutline.group = node.path
        document.outlineList.select(row, count: count, page: page(.outline))
      }
    }
  }

  /// Goes to a node; the bit cursor goes to its first bit.
  mutating func select(node: Int, of unit: Int) {
    let start = document.stream.tree(unit).flatMap {
      $0.nodes.indices.contains(node) ? $0.nodes[node].range.start : nil
    }
    select(Location(unit: unit, node: node, bit: start ?? 0))
  }

  /// Goes to a row of the syntax table.
  mutating func selectSyntax(_ row: Int) {
    let places = document.syntax.places
    guard !places.isEmpty else { return }
    select(node: places[min(max(0, row), places.count - 1)], of: location.unit)
  }

  /// Goes to a bit of the file, cut to it.
  mutating func select(fileBit: Int) {
    let last = document.stream.size.multipliedReportingOverflow(by: 8).partialValue - 1
    guard last >= 0 else { return }
    if let place = Location.at(fileBit: min(max(0, fileBit), last), in: document.stream) {
      select(place)
    }
  }

  /// The bit of the file under the cursor.
  var fileBit: Int { (document.entry?.offset ?? 0) * 8 + location.bit }

  /// The nodes to be opened so that a place has a row of its own.
  mutating func reveal(_ place: Location) {
    guard document.projection == .bitstream, let node = place.node, node > 0,
      let tree = document.stream.tree(place.unit), tree.nodes.indices.contains(node)
    else { return }
    if !document.outline.isOpen(place.unit) { document.outline.open(place.unit, tree) }
    for ancestor in tree.ancestors(of: node) where ancestor > 0 {
      if !document.outline.isOpen(place.unit, node: ancestor) {
        document.outline.set(place.unit, node: ancestor, open: true, tree)
      }
    }
    follow()
  }
}
