import NNRModel
import NNRSyntax

/// Names over the units of a stream: N06 and N13.
struct NameRules: StreamRules {
  private var units: [[UInt8]: Int] = [:]
  private var open: (unit: Int, name: [UInt8])?

  mutating func look(at unit: CheckedUnit, _ list: inout BreachList) {
    guard unit.type == .compressedData else { return }
    guard let data = unit.data else {
      // A unit that could not be read may be the H that is waited for.
      open = nil
      return
    }
    lookForH(unit, data, &list)
    // Parts of one tensor carry its name each.
    guard !data.isPartial else { return }
    // Of longer names only the beginning is known.
    for name in Set(data.names) where name.count < ElementValue.keptBytes {
      if let first = units[name] {
        list.note(
          .n06, unit: unit.number, unit.range(of: Self.nameElement(unit)),
          "unit \(first) codes the same name")
      } else {
        units[name] = unit.number
      }
    }
  }

  mutating func finish(_ stream: NNRStream, _ list: inout BreachList) {
    guard let open else { return }
    let unit = CheckedUnit(stream, open.unit)
    list.note(
      .n13, unit: open.unit, unit.range(of: Self.nameElement(unit)),
      "the stream ends behind G; expected its H")
  }

  private mutating func lookForH(
    _ unit: CheckedUnit, _ data: CompressedDataUnit, _ list: inout BreachList
  ) {
    let name = data.payloadType != .block && data.isDecomposed ? data.names.first ?? [] : []
    if let before = open, name != before.name.dropLast() + [0x48] {
      list.note(
        .n13, unit: before.unit, CheckedUnit(unit.stream, before.unit).range(of: .topologyElemId),
        "unit \(unit.number) is not the H that belongs to this G")
    }
    open = name.suffix(2) == [0x5f, 0x47] ? (unit.number, name) : nil
  }

  private static func nameElement(_ unit: CheckedUnit) -> Element {
    [.topologyElemId, .topologyElemIdIndex, .topologyElemIdList].first {
      unit.tree?.node(of: $0) != nil
    } ?? .topologyElemIdIndexList
  }
}
