import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// Every element of every fixture has the value and the place that the ground truth gives.
@Suite struct ManifestElementsTests {
  @Test(arguments: Fixture.all) func unitsAndElementsAgree(_ fixture: Fixture) throws {
    let manifest = try fixture.manifest()
    let stream = try fixture.stream()
    #expect(stream.size == manifest.size)
    #expect(stream.unitCount == manifest.unit_count)
    for unit in manifest.units {
      let entry = stream.index.entries[unit.index]
      #expect(entry.offset == unit.offset)
      #expect(entry.size == unit.size)
      #expect(entry.type?.name == unit.type)
      let tree = try #require(stream.tree(unit.index))
      #expect(tree.payloadStart == unit.header_bytes * 8, "unit \(unit.index)")
      #expect(tree.bitCount == (unit.header_bytes + unit.payload_bytes) * 8)
      if let elements = unit.elements { compare(tree, elements, unit.index) }
    }
  }

  private func compare(_ tree: SyntaxTree, _ expected: [Manifest.Element], _ unit: Int) {
    var found = tree.elements.map { tree.nodes[$0] }[...]
    if let last = found.last, last.element === Element.compressedDataUnitPayload {
      found.removeLast()
    }
    for element in expected {
      let place = "unit \(unit), \(element.name)"
      if case .list(let values) = element.value {
        // Lists are split into their entries, which take the same bits in coding order.
        if values.isEmpty { continue }
        let entries = found.prefix(values.count)
        #expect(entries.first?.range.start == element.offset, "\(place)")
        #expect(entries.reduce(0) { $0 + $1.range.length } == element.length, "\(place)")
        for entry in entries {
          let index = entry.indices.last ?? -1
          #expect(entry.name == "\(element.name)[\(index)]", "\(place)")
          #expect(values.indices.contains(index) && entry.value.number == values[index], "\(place)")
        }
        found = found.dropFirst(values.count)
        continue
      }
      guard let node = found.popFirst() else {
        Issue.record("\(place) is missing")
        return
      }
      #expect(node.name == element.name, "\(place)")
      #expect(node.range.start == element.offset, "\(place)")
      #expect(node.range.length == element.length, "\(place)")
      switch element.value {
      case .null: #expect(node.value == .none, "\(place)")
      case .int(let number):
        if node.value.float == nil {
          #expect(node.value.number == number, "\(place)")
        } else {
          #expect(node.value.float == Float(number), "\(place)")
        }
      case .double(let number): #expect(node.value.float.map(Double.init) == number, "\(place)")
      case .string(let text): #expect(node.value.text == text, "\(place)")
      case .raw(let count, _): #expect(node.range.length == count * 32, "\(place)")
      case .list: break
      }
    }
    #expect(found.isEmpty, "unit \(unit): \(found.map(\.name))")
  }
}
