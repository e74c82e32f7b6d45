import NNRAnalysis

/// Who paid which bits of a stream by now, ready for the screen.
///
/// Made in the background, so that taking it over costs the screen nothing.
public struct CostSheet: Sendable {
  /// The bits with their owners.
  public let ledger: BitLedger
  /// The same by the parts of names; nodes keep their places while payloads are added.
  public let tree: CostTree
  /// The bits of the groups of classes, in the order of `CostGroup.allCases`, node after node.
  let groups: [Double]
  /// The bits of the whole stream by class.
  let totals: ClassCosts
  /// The nodes that a unit or tensor has, by its number or place.
  let nodeOfTensor: [Int]
  /// The node of what a unit pays itself, or of the one tensor it codes.
  let nodeOfUnit: [Int]

  /// The sheet of a ledger.
  public init(_ ledger: BitLedger) {
    self.ledger = ledger
    let tree = CostTree(ledger)
    self.tree = tree
    var groups: [Double] = []
    groups.reserveCapacity(tree.nodes.count * CostGroup.allCases.count)
    var ofTensor = [Int](repeating: 0, count: ledger.tensors.count)
    var ofUnit = [Int](repeating: 0, count: ledger.units.count)
    for (place, node) in tree.nodes.enumerated() {
      groups += Self.groups(node.costs)
      switch node.kind {
      case .tensor(let tensor):
        ofTensor[tensor] = place
        let unit = ledger.tensors[tensor].tensor.unit
        if ofUnit.indices.contains(unit), ofUnit[unit] == 0 { ofUnit[unit] = place }
      case .unit(let unit): if ofUnit.indices.contains(unit) { ofUnit[unit] = place }
      case .group, .units: break
      }
    }
    self.groups = groups
    nodeOfTensor = ofTensor
    nodeOfUnit = ofUnit
    totals = tree.nodes[0].costs
  }

  /// The bits of the groups of classes, in the order of `CostGroup.allCases`.
  static func groups(_ costs: ClassCosts) -> [Double] {
    var sums = [Double](repeating: 0, count: CostGroup.allCases.count)
    for (costClass, bits, _) in costs.charged { sums[costClass.group.place] += bits }
    return sums
  }

  /// The bits of the groups of classes of a node.
  func groups(of node: Int) -> ArraySlice<Double> {
    let count = CostGroup.allCases.count
    return groups[node * count..<(node + 1) * count]
  }
}
