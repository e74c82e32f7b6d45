import NNRAnalysis
import NNRModel
import NNRSyntax

/// From costs to the bits that they are made of.
extension ExplorerModel {
  /// Shows the bits of what is selected in a table.
  mutating func goToBits() -> [Effect] {
    guard let place = shown.bits(self) else {
      tell("these bits stand in many places", failed: true)
      return []
    }
    enter(.explorer)
    jump(to: place)
    reveal(place)
    pane = .bits
    strip = .bits
    follow()
    return decodeSelection()
  }

  /// The tensor that a line of the costs view is about.
  func costTensor(_ line: Int) -> CodedTensor? {
    guard let sheet = document.figures.costs else { return nil }
    if document.costs.mode == .units {
      guard sheet.ledger.units.indices.contains(line) else { return nil }
      return sheet.ledger.units[line].tensors.first.map { sheet.ledger.tensors[$0].tensor }
    }
    guard document.costs.rows.indices.contains(line),
      case .tensor(let place) = sheet.tree.nodes[document.costs.rows[line].node].kind
    else { return nil }
    return sheet.ledger.tensors[place].tensor
  }

  /// Where the bits of a line begin; nil if they stand in many places.
  func placeOfCost(_ line: Int) -> Location? {
    guard let sheet = document.figures.costs else { return nil }
    if document.costs.mode == .units { return Location(unit: line) }
    let rows = document.costs.rows
    switch rows.indices.contains(line) ? rows[line] : nil {
    case .node(let node)?: return start(node, nil, sheet)
    case .parts(let key)?, .more(let key, _)?: return start(key.node, nil, sheet)
    case .cost(let node, let costClass)?: return start(node, costClass, sheet)
    case .part(let key, let number)?:
      guard let lines = document.figures.parts[key]?.lines, lines.indices.contains(number) else {
        return nil
      }
      if let first = lines[number].start,
        case .tensor(let tensor) = sheet.tree.nodes[key.node].kind,
        var place = payload(ofUnit: sheet.ledger.tensors[tensor].tensor.unit)
      {
        place.bit += first
        return place
      }
      guard var place = start(key.node, .payload(.sigFlag), sheet) else { return nil }
      // Where beginnings are not known, rows are taken to stand one behind the other.
      place.bit += max(0, Int(lines.prefix(number).reduce(0) { $0 + $1.bits }))
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

  /// The first bit of the payload of a unit.
  func payload(ofUnit unit: Int) -> Location? {
    guard let tree = document.stream.tree(unit) else { return Location(unit: unit) }
    let bit = tree.payloadStart
    return Location(unit: unit, node: tree.leaf(atBit: bit), bit: bit)
  }
}
