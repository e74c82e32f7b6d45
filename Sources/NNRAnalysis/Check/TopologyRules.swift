import NNRBits
import NNRModel
import NNRSyntax

/// Topology units: T01, T02, T04, T05.
struct TopologyRules: StreamRules {
  /// The most bytes that topology data is inflated to.
  let inflationLimit: Int

  func look(at unit: CheckedUnit, _ list: inout BreachList) {
    guard unit.type == .topology, let tree = unit.tree,
      let number = tree.number(of: .topologyStorageFormat)
    else { return }
    let format = TopologyFormat(rawValue: number)
    if format == .referenceList { lookAtNames(unit, tree, &list) }
    guard let data = tree.node(of: .topologyData) else { return }
    let isEmpty = data.range.length <= 8 && (data.value.bytes ?? []).isEmpty
    if isEmpty {
      if format?.isModel == true {
        list.note(.t02, unit: unit.number, data.range, "topology_data is empty")
      }
    } else if tree.number(of: .topologyCompressionFormat) == 1 {
      inflate(unit, data.range, &list)
    }
  }

  private func lookAtNames(_ unit: CheckedUnit, _ tree: SyntaxTree, _ list: inout BreachList) {
    var seen: [[UInt8]: Int] = [:]
    var index = 0
    for node in tree.nodes where node.isOne(of: .topologyElemIdList) {
      defer { index += 1 }
      guard let name = node.value.bytes else { continue }
      if let first = seen[name] {
        list.note(
          .t04, unit: unit.number, node.range, "\(node.name) has the name of entry \(first)")
      } else {
        seen[name] = index
      }
    }
  }

  private func inflate(_ unit: CheckedUnit, _ range: BitRange, _ list: inout BreachList) {
    let first = unit.entry.offset + range.start / 8
    let bytes = first..<first + range.length / 8
    switch Inflation.measure(unit.stream.source, bytes, limit: inflationLimit) {
    case .complete: break
    case .cut:
      list.note(
        .t05, unit: unit.number, range,
        "\(bytes.count) bytes inflate to more than \(inflationLimit); raise --max-memory to see the rest"
      )
    case .broken(let size):
      list.note(
        .t01, unit: unit.number, range,
        "topology_compression_format is NNR_DFL, but the data breaks off after \(size) inflated bytes"
      )
    }
  }
}
