import NNRBits
import NNRModel
import NNRSyntax

/// Parameter sets and what uses them: M02 to M05 and M09.
struct ParameterRules: StreamRules {
  private var saidCodebook = false
  private var carriage: (unit: Int, range: BitRange, flag: Int)?
  private var topologies = 0

  mutating func look(at unit: CheckedUnit, _ list: inout BreachList) {
    guard let tree = unit.tree else { return }
    switch unit.type {
    case .modelParameterSet: lookAtModel(unit, tree, &list)
    case .layerParameterSet: lookAtMasks(unit, tree, &list)
    case .topology: topologies += 1
    case .compressedData: lookAtData(unit, tree, &list)
    default: break
    }
  }

  mutating func finish(_ stream: NNRStream, _ list: inout BreachList) {
    guard let carriage, (carriage.flag == 1) != (topologies > 0) else { return }
    let found = topologies == 0 ? "no" : "\(topologies)"
    list.note(
      .m03, unit: carriage.unit, carriage.range,
      "topology_carriage_flag is \(carriage.flag), and the stream has \(found) topology "
        + (topologies > 1 ? "units" : "unit"))
  }

  private mutating func lookAtModel(
    _ unit: CheckedUnit, _ tree: SyntaxTree, _ list: inout BreachList
  ) {
    if carriage == nil, let flag = tree.number(of: .topologyCarriageFlag) {
      carriage = (unit.number, unit.range(of: .topologyCarriageFlag), flag)
    }
    if tree.number(of: .nnrPreFlag) == 1 {
      list.note(.m05, unit: unit.number, unit.range(of: .nnrPreFlag), "nnr_pre_flag is 1")
    }
    lookAtMasks(unit, tree, &list)
  }

  /// Masks and counts of classes stand in pairs; where the mask is read as a number of classes it is none.
  private func lookAtMasks(_ unit: CheckedUnit, _ tree: SyntaxTree, _ list: inout BreachList) {
    var pairs: [(count: Element, mask: Element)] = [
      (.spmCountClasses, .spmClassBitmask), (.ppmCountClasses, .ppmClassBitmask),
    ]
    if !tree.reading.unificationLoopsOverBitmask {
      pairs.append((.upmCountClasses, .upmClassBitmask))
    }
    for pair in pairs {
      let counts = tree.numbers(of: pair.count)
      let masks = tree.nodes.filter { $0.isOne(of: pair.mask) }
      for (count, mask) in zip(counts, masks) {
        guard let value = mask.value.number, value.nonzeroBitCount != count else { continue }
        list.note(
          .m09, unit: unit.number, mask.range,
          "\(mask.name) has \(value.nonzeroBitCount) bits set, \(pair.count.name) is \(count)")
      }
    }
  }

  private mutating func lookAtData(
    _ unit: CheckedUnit, _ tree: SyntaxTree, _ list: inout BreachList
  ) {
    if unit.data?.codebook != nil, !unit.parameters.signalsCodebook, !saidCodebook {
      saidCodebook = true
      list.note(
        .m02, unit: unit.number, unit.range(of: .codebookPresentFlag),
        "the unit has a codebook; the parameter sets signal none")
    }
    guard unit.parameters.context.topologyIndexedReference else { return }
    let known = unit.parameters.referenceList.count
    for node in tree.nodes {
      guard
        node.isOne(of: .topologyElemIdIndex) || node.isOne(of: .topologyElemIdIndexList),
        let index = node.value.number, index >= known
      else { continue }
      list.note(
        .m04, unit: unit.number, node.range,
        known == 0
          ? "index \(index), and no NNR_TPL_REFLIST comes before"
          : "index \(index), but the list holds \(known) names")
      break
    }
  }
}
