import NNRSyntax
import TerminalScreen

/// Movements within the pane that has the keyboard.
extension ExplorerModel {
  /// Rows that a pane shows, for page movements.
  func page(_ pane: Pane) -> Int {
    let rect = layout.body(pane) ?? .zero
    switch pane {
    case .syntax where document.standard.isShown: return max(1, rect.height)
    case .diff, .diagnosis: return tablePage(rect)
    case .syntax, .tensors, .notes: return max(1, rect.height - 1)
    case .bins: return binsPage(rect)
    case .updates: return updatesPage(rect)
    case .costs:
      let body = costParts(rect).body
      return max(1, (document.costs.mode == .units ? unitRows(body) : body).height - 1)
    case .heat: return max(1, heatArea(rect).height)
    case .values: return max(1, valueArea(rect).height)
    case .bits: return max(1, BitsLayout(rect, document.stream).hex.height)
    default: return max(1, rect.height)
    }
  }

  /// Moves the selection.
  mutating func move(_ motion: Motion) {
    switch focus {
    case .outline:
      var list = document.outlineList
      list.move(motion, count: document.outlineCount, page: page(.outline))
      document.outlineList = list
      selectOutline(list.selection)
    case .syntax where document.standard.isShown: moveStandard(motion)
    case .syntax:
      var list = document.syntaxList
      list.move(motion, count: document.syntax.places.count, page: page(.syntax))
      document.syntaxList = list
      selectSyntax(list.selection)
    case .bits: moveBits(motion)
    case .detail:
      document.detailTop = scrolled(
        document.detailTop, motion, count: detailLines.count, page: page(.detail))
    case .decode:
      document.decodeTop = scrolled(
        document.decodeTop, motion, count: decodeCount, page: page(.decode))
    case .bins: moveBins(motion)
    case .diagnostics, .diagnosis, .diff, .updates, .notes, .tensors, .costs:
      moveLine(motion, of: focus)
    case .lesson:
      let lines = lessonLines(layout.body(.lesson)?.width ?? size.width).count
      let top = scrolled(lesson?.top ?? 0, motion, count: lines, page: page(.lesson))
      lesson?.top = top
    case .heat, .values: moveCell(motion)
    }
  }

  private func scrolled(_ top: Int, _ motion: Motion, count: Int, page: Int) -> Int {
    let last = max(0, count - page)
    let step =
      switch motion {
      case .up: -1
      case .down: 1
      case .pageUp: -page
      case .pageDown: page
      case .halfPageUp: -max(1, page / 2)
      case .halfPageDown: max(1, page / 2)
      case .home: -count
      case .end: count
      }
    return min(max(0, min(top, last) + step), last)
  }

  private mutating func moveBits(_ motion: Motion) {
    let row = 8 * BitsLayout(layout.body(.bits) ?? .zero, document.stream).bytesPerRow
    let rows = page(.bits)
    switch motion {
    case .up: select(fileBit: fileBit >= row ? fileBit - row : fileBit)
    case .down:
      select(fileBit: fileBit + row < document.stream.size * 8 ? fileBit + row : fileBit)
    case .pageUp: select(fileBit: fileBit - row * rows)
    case .pageDown: select(fileBit: fileBit + row * rows)
    case .halfPageUp: select(fileBit: fileBit - row * max(1, rows / 2))
    case .halfPageDown: select(fileBit: fileBit + row * max(1, rows / 2))
    case .home: select(Location(unit: location.unit, node: document.tree?.leaf(atBit: 0)))
    case .end:
      let last = max(0, (document.entry?.size ?? 0) * 8 - 1)
      select(
        Location(unit: location.unit, node: document.tree?.leaf(atBit: last), bit: last))
    }
  }

  /// Opens what is selected, or goes to its first child; in the bits, one bit on.
  mutating func goRight() {
    switch focus {
    case .outline:
      if setOpen(true) { return }
      let row = document.outlineList.selection
      if isOpenRow(row) { selectOutline(row + 1) }
    case .bits: select(fileBit: fileBit + 1)
    case .decode:
      let last = max(0, (document.tensorView?.values?.columns ?? 1) - 1)
      document.decodeColumn = min(document.decodeColumn + 1, last)
    case .syntax: focusPane(.bits)
    case .bins: bins.run(.level, forward: true)
    case .updates: moveRound(1)
    case .diff: diff.isRight = true
    default: break
    }
  }

  /// Closes what is selected, or goes to its parent; in the bits, one bit back.
  mutating func goLeft() {
    switch focus {
    case .outline: if !setOpen(false) { selectParent() }
    case .bits: select(fileBit: fileBit - 1)
    case .decode: document.decodeColumn = max(0, document.decodeColumn - 1)
    case .syntax: pane = .outline
    case .bins: bins.run(.level, forward: false)
    case .updates: moveRound(-1)
    case .diff: diff.isRight = false
    default: break
    }
  }

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

  private mutating func selectParent() {
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
