import NNRSyntax

/// Opening and closing of the outline's rows.
extension ExplorerModel {
  /// Whether a row of the outline shows what is in it.
  func isOpenRow(_ row: Int) -> Bool {
    switch document.projection {
    case .bitstream:
      switch document.outline[row] {
      case .unit(let unit): document.outline.isOpen(unit)
      case .node(let unit, let node, _): document.outline.isOpen(unit, node: node)
      case nil: false
      }
    case .model:
      document.modelOutline.rows.indices.contains(row)
        && document.modelOutline.nodes[document.modelOutline.rows[row].node].unit == nil
        && document.modelOutline.isOpen(document.modelOutline.rows[row].node)
    }
  }

  /// Opens or closes the selected row; false if there was nothing to do.
  mutating func setOpen(_ open: Bool, whole: Bool = false) -> Bool {
    let row = document.outlineList.selection
    switch document.projection {
    case .bitstream:
      switch document.outline[row] {
      case .unit(let unit):
        if open, let tree = document.stream.tree(unit), !document.outline.isOpen(unit) || whole {
          document.outline.open(unit, tree, whole: whole)
        } else if !open, document.outline.isOpen(unit) {
          document.outline.close(unit)
        } else {
          return false
        }
      case .node(let unit, let node, _):
        guard let tree = document.stream.tree(unit), tree.nodes[node].end > node + 1,
          document.outline.isOpen(unit, node: node) != open
        else { return false }
        document.outline.set(unit, node: node, open: open, tree)
      case nil: return false
      }
    case .model:
      guard document.modelOutline.rows.indices.contains(row) else { return false }
      let node = document.modelOutline.rows[row].node
      guard document.modelOutline.nodes[node].unit == nil,
        document.modelOutline.isOpen(node) != open
      else { return false }
      document.modelOutline.set(node, open: open)
    }
    follow()
    return true
  }

  mutating func selectParent() {
    let row = document.outlineList.selection
    switch document.projection {
    case .bitstream:
      guard case .node(let unit, let node, let depth)? = document.outline[row] else { return }
      let parent = depth > 1 ? document.tree?.nodes[node].parent : nil
      if let parent { select(node: parent, of: unit) } else { select(Location(unit: unit)) }
    case .model:
      guard document.modelOutline.rows.indices.contains(row) else { return }
      let depth = document.modelOutline.rows[row].depth
      let above = document.modelOutline.rows[..<row].lastIndex { $0.depth < depth }
      if let above { selectOutline(above) }
    }
  }
}
