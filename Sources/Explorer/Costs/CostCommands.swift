import NNRAnalysis
import NNRModel
import NNRSyntax
import TerminalScreen

extension Command {
  /// The costs view.
  static let costs: [Command] = [
    Command(
      "costs", ["3"], .look, "who paid which bits", hint: ("costs", 2),
      unavailable: { $0.decoder?.session == nil ? "payloads are not decoded here" : nil }
    ) { model, _ in
      model.view = .costs
      let effects = model.beginFigures()
      model.arrangeCosts()
      return effects
    },
    Command(
      "costs-order", ["t"], .look, "by names, or along the file", panes: [.costs],
      hint: ("names/file", 7)
    ) { model, _ in
      model.document.costs.mode = model.document.costs.mode == .tree ? .units : .tree
      model.arrangeCosts()
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
    guard view == .costs, let sheet = document.figures.costs else { return }
    document.costs.arrange(sheet, page: page(.costs))
    document.costs.unitList.settle(count: sheet.ledger.units.count, page: page(.costs))
  }

  /// Moves the selection of the costs view.
  mutating func moveCosts(_ motion: Motion) {
    guard let sheet = document.figures.costs else { return }
    if document.costs.mode == .units {
      document.costs.unitList.move(
        motion, count: sheet.ledger.units.count, page: page(.costs))
    } else {
      document.costs.list.move(
        motion, count: document.costs.rows.count, page: page(.costs))
    }
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

  /// Opens or closes the selected row; opened rows of a tensor are decoded if they are not known.
  mutating func setCost(open: Bool) -> [Effect] {
    guard document.costs.mode == .tree, let sheet = document.figures.costs,
      let row = document.costs.selected, document.costs.set(row, open: open, sheet)
    else { return [] }
    arrangeCosts()
    guard open, case .rows(let node) = row, document.costs.rowBits[node] == nil,
      case .tensor(let tensor) = sheet.tree.nodes[node].kind, let session = decoder?.session
    else { return [] }
    let number = nextGeneration(.rowBits)
    return [
      .start(
        .rowBits(
          of: tensor, in: sheet, document: current, session: session, generation: number))
    ]
  }

  /// Takes over the bits of a tensor's rows.
  mutating func take(_ rows: RowBits) {
    guard let sheet = document.figures.costs, sheet.nodeOfTensor.indices.contains(rows.tensor)
    else { return }
    document.costs.rowBits[sheet.nodeOfTensor[rows.tensor]] = rows
    if let problem = rows.problem { tell(problem, failed: true) }
    arrangeCosts()
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
    moveCosts(.down)
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
      case .cost(let node, _), .rows(let node): .node(node)
      case .row(let node, _), .more(let node, _): .rows(node: node)
      }
    if let parent, let place = document.costs.rows.firstIndex(of: parent) {
      document.costs.list.select(
        place, count: document.costs.rows.count, page: page(.costs))
    }
    return []
  }

  /// Shows the bits of what is selected in a table.
  mutating func goToBits() -> [Effect] {
    guard let place = focus == .costs ? placeOfCost() : placeOfTensorRow() else {
      tell("these bits stand in many places", failed: true)
      return []
    }
    view = .explorer
    jump(to: place)
    reveal(place)
    pane = .bits
    strip = .bits
    follow()
    return decodeSelection()
  }

  /// The tensor under the cursor of the costs view.
  var selectedCostTensor: CodedTensor? {
    guard let sheet = document.figures.costs else { return nil }
    if document.costs.mode == .units {
      let unit = document.costs.unitList.selection
      guard sheet.ledger.units.indices.contains(unit) else { return nil }
      return sheet.ledger.units[unit].tensors.first.map { sheet.ledger.tensors[$0].tensor }
    }
    let node: Int
    switch document.costs.selected {
    case .node(let place)?, .cost(let place, _)?, .rows(let place)?, .row(let place, _)?,
      .more(let place, _)?:
      node = place
    case nil: return nil
    }
    guard case .tensor(let place) = sheet.tree.nodes[node].kind else { return nil }
    return sheet.ledger.tensors[place].tensor
  }

  private func placeOfTensorRow() -> Location? {
    guard let place = document.tensors.selected else { return nil }
    return payload(ofUnit: document.figures.lines[place].unit)
  }

  private func placeOfCost() -> Location? {
    guard let sheet = document.figures.costs else { return nil }
    if document.costs.mode == .units {
      return Location(unit: document.costs.unitList.selection)
    }
    switch document.costs.selected {
    case .node(let node)?, .rows(let node)?, .more(let node, _)?: return start(node, nil, sheet)
    case .cost(let node, let costClass)?: return start(node, costClass, sheet)
    case .row(let node, let row)?:
      guard var place = start(node, .payload(.sigFlag), sheet) else { return nil }
      // Rows stand one behind the other in raster order; in blocks this is the nearest that can be told.
      let before = document.costs.rowBits[node]?.bits.prefix(row).reduce(0, +) ?? 0
      place.bit += max(0, Int(before))
      return place
    case nil: return nil
    }
  }

  /// Where a node, or a class of it, has its first bit; nil for names that stand for several units.
  private func start(_ node: Int, _ costClass: CostClass?, _ sheet: CostSheet) -> Location? {
    switch sheet.tree.nodes[node].kind {
    case .group, .units:
      guard node > 0 else { return Location() }
      return sheet.tree.nodes[node].children.first.flatMap { start($0, nil, sheet) }
    case .unit(let unit): return place(inUnit: unit, costClass)
    case .tensor(let tensor):
      let coded = sheet.ledger.tensors[tensor].tensor
      guard var place = place(inUnit: coded.unit, costClass) else { return nil }
      guard costClass != nil, case .payload? = costClass else { return place }
      let first = sheet.ledger.units[coded.unit].tensors.lowerBound
      let before = (first..<tensor).reduce(0.0) { $0 + sheet.ledger.tensors[$1].costs.total }
      place.bit += max(0, Int(before))
      return place
    }
  }

  private func place(inUnit unit: Int, _ costClass: CostClass?) -> Location? {
    guard let costClass else { return Location(unit: unit) }
    guard case .header(let header) = costClass, let tree = document.stream.tree(unit) else {
      return payload(ofUnit: unit)
    }
    guard let leaf = tree.leaves.first(where: { tree.headerClass(of: $0) == header }) else {
      return payload(ofUnit: unit)
    }
    return Location(unit: unit, node: leaf, bit: tree.nodes[leaf].range.start)
  }

  private func payload(ofUnit unit: Int) -> Location? {
    guard let tree = document.stream.tree(unit) else { return Location(unit: unit) }
    let bit = tree.payloadStart
    return Location(unit: unit, node: tree.leaf(atBit: bit), bit: bit)
  }
}
