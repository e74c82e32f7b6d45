import NNRAnalysis
import NNRModel
import NNRSyntax
import TerminalScreen

extension Command {
  /// The costs view.
  static let costs: [Command] = [
    .opening(.costs, ["3"], "who paid which bits", hint: ("costs", 2)),
    Command(
      "costs-order", ["t"], .look, "by names, or along the file", panes: [.costs],
      hint: ("names/file", 7)
    ) { model, _ in
      model.document.costs.mode = model.document.costs.mode == .tree ? .units : .tree
      model.arrangeCosts()
      model.followSelection()
      return []
    },
    Command(
      "logarithmic", ["L"], .look, "sizes along the file linear or logarithmic", panes: [.costs],
      hint: ("log", 3)
    ) { model, _ in
      model.document.costs.isLogarithmic.toggle()
      model.tell(model.document.costs.isLogarithmic ? "logarithmic" : "linear")
      return []
    },
    Command(
      "cumulative", ["c"], .look, "sizes along the file one by one or added up", panes: [.costs],
      hint: ("sum", 3)
    ) { model, _ in
      model.document.costs.isCumulative.toggle()
      model.tell(model.document.costs.isCumulative ? "added up" : "one by one")
      return []
    },
    Command(
      "to-bits", ["b"], .go, "to the first bit of what is selected, in the first view",
      panes: [.costs, .tensors], hint: ("bits", 6)
    ) { model, _ in model.goToBits() },
    Command("toggle-cost", ["Space"], .move, "open or close the row", panes: [.costs]) {
      model, _ in
      guard let sheet = model.document.figures.costs, let row = model.document.costs.selected,
        let isOpen = model.document.costs.isOpen(row, sheet)
      else { return [] }
      return model.setCost(open: !isOpen)
    },
  ]
}

extension ExplorerModel {
  /// Lists the rows of the costs view again.
  mutating func arrangeCosts() {
    guard let sheet = document.figures.costs else { return }
    let wasEmpty = document.costs.rows.isEmpty
    document.costs.arrange(sheet, document.figures.parts, page: page(.costs))
    if wasEmpty, shows(.costs) { followSelection() }
    document.costs.unitList.settle(count: sheet.ledger.units.count, page: page(.costs))
  }

  /// The next order of the rows, or the present one turned round.
  mutating func sortCosts(next: Bool) {
    if next {
      let all = CostsState.Order.allCases
      let place = all.firstIndex(of: document.costs.order) ?? 0
      document.costs.order = all[(place + 1) % all.count]
      document.costs.isReversed = false
    } else {
      document.costs.isReversed.toggle()
    }
    arrangeCosts()
    tell(costsNote)
  }

  /// Takes an order.
  mutating func sortCosts(_ named: NamedOrder) {
    guard let order = CostsState.Order.allCases.first(where: { $0.key == named.name }) else {
      return
    }
    document.costs.order = order
    document.costs.isReversed = named.descending != order.isOfNumbers
    arrangeCosts()
    tell(costsNote)
  }

  /// Opens or closes the selected row; opened rows of a tensor are decoded if they are not known.
  mutating func setCost(open: Bool) -> [Effect] {
    guard document.costs.mode == .tree, let sheet = document.figures.costs,
      let row = document.costs.selected, document.costs.set(row, open: open, sheet)
    else { return [] }
    arrangeCosts()
    return followParts()
  }

  /// Decodes the opened parts that are not known, one after the other.
  mutating func followParts() -> [Effect] {
    guard view == .costs, document.costs.mode == .tree, running[.parts] == nil,
      let sheet = document.figures.costs
    else { return [] }
    for key in document.costs.openedParts() where document.figures.parts[key] == nil {
      if case .tensor(let tensor) = sheet.tree.nodes[key.node].kind {
        return start(.parts(key.kind, of: tensor, in: sheet, place: document.source))
      }
    }
    return []
  }

  /// Closes the opened parts that are not known.
  mutating func closeUnknownParts() {
    guard let sheet = document.figures.costs else { return }
    for key in document.costs.openedParts() where document.figures.parts[key] == nil {
      _ = document.costs.set(.parts(key), open: false, sheet)
    }
    arrangeCosts()
  }

  /// Takes over the parts of a tensor.
  mutating func take(_ parts: TensorParts) {
    guard let sheet = document.figures.costs, sheet.nodeOfTensor.indices.contains(parts.tensor)
    else { return }
    let key = CostsState.PartsKey(node: sheet.nodeOfTensor[parts.tensor], kind: parts.kind)
    document.figures.parts[key] = parts
    if let problem = parts.problem { tell(problem, failed: true) }
    arrangeCosts()
  }

  /// Shows only nodes whose names hold a text.
  mutating func filterCosts(_ text: String) {
    document.costs.filter = text
    arrangeCosts()
  }

  /// Sorts by the column of a heading; the other way round if it is sorted by it already.
  mutating func sortCosts(byHeading column: Int) {
    let order: CostsState.Order? =
      switch column {
      case 0: .bitsPerWeight
      case 1...3: .bits
      case 4: .name
      default: CostsState.Order.allCases.first { $0.group == column - 5 }
      }
    guard let order else { return }
    if document.costs.order == order {
      document.costs.isReversed.toggle()
    } else {
      document.costs.order = order
      document.costs.isReversed = false
    }
    arrangeCosts()
    tell(costsNote)
  }

  /// What Enter does in the costs view: opens what can be opened, and goes to the bits of the rest.
  mutating func enterCost() -> [Effect] {
    guard document.costs.mode == .tree, let sheet = document.figures.costs,
      let row = document.costs.selected, let isOpen = document.costs.isOpen(row, sheet)
    else { return goToBits() }
    return setCost(open: !isOpen)
  }

  /// Into the selected row of the costs view.
  mutating func rightInCosts() -> [Effect] {
    guard document.costs.mode == .tree, let sheet = document.figures.costs,
      let row = document.costs.selected, let isOpen = document.costs.isOpen(row, sheet)
    else { return [] }
    if !isOpen { return setCost(open: true) }
    moveLine(.down, of: .costs)
    return []
  }

  /// Out of the selected row of the costs view.
  mutating func leftInCosts() -> [Effect] {
    guard document.costs.mode == .tree, let sheet = document.figures.costs,
      let row = document.costs.selected
    else { return [] }
    if document.costs.isOpen(row, sheet) ?? false { return setCost(open: false) }
    let parent: CostsState.Row? =
      switch row {
      case .node(let node): sheet.tree.nodes[node].parent.map { .node($0) }
      case .cost(let node, _): .node(node)
      case .parts(let key): .node(key.node)
      case .part(let key, _), .more(let key, _): .parts(key)
      }
    if let parent, let place = document.costs.rows.firstIndex(of: parent) {
      selectLine(place, of: .costs)
    }
    return []
  }
}
