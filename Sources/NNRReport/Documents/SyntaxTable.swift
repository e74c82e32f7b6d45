import NNRAnalysis
import NNRModel
import NNRSyntax
import PlainText

/// `syntax` as a table: one row for each element.
public enum SyntaxTable {
  /// The columns.
  public static let columns = [
    Column("unit", kind: .number, summary: "the number of the unit", priority: 0),
    Column(
      "bit_offset", title: "bit", kind: .number, summary: "bits from the start of the unit",
      priority: 0),
    Column("bit_length", title: "len", kind: .number, summary: "bits of the element", priority: 1),
    Column("descriptor", title: "desc", kind: .text, summary: "how it is written", priority: 2),
    Column("name", title: "element", kind: .text, summary: "the name in the standard", priority: 0),
    Column("value", kind: .text, summary: "the value", priority: 0),
    Column(
      "value_name", title: "is", kind: .text, summary: "what the value is called",
      priority: 3),
    Column(
      "note", kind: .text, summary: "? for a tentative layout, ids of broken rules",
      priority: 4),
    Column("meaning", kind: .text, summary: "what the element means", priority: 9),
  ]

  /// The rows of one unit.
  public static func append(
    _ stream: NNRStream, unit: Int, element: String? = nil, _ check: StreamCheck,
    to table: inout Table
  ) {
    guard let tree = stream.tree(unit) else {
      guard element == nil, stream.index.entries.indices.contains(unit) else { return }
      table.append([
        "unit": .integer(unit), "bit_offset": .integer(0),
        "bit_length": .integer(stream.index.entries[unit].size * 8),
        "name": .text(SyntaxNode.unparsedName),
      ])
      return
    }
    let breaches = Dictionary(
      grouping: check.breaches(of: unit).filter { $0.severity != .info }, by: \.diagnostic.range)
    for place in tree.elements {
      let node = tree.nodes[place]
      if let element, node.element?.name != element { continue }
      let broken = breaches[node.range] ?? []
      let notes = (node.isTentative ? ["?"] : []) + broken.map(\.rule.id)
      table.append([
        "unit": .integer(unit),
        "bit_offset": .integer(node.range.start),
        "bit_length": .integer(node.range.length),
        "descriptor": node.descriptor.map { .text("\($0)") } ?? .missing,
        "name": .text(node.name),
        "value": value(node),
        "value_name": node.valueName.map { .text($0) } ?? .missing,
        "note": notes.isEmpty ? .missing : .text(notes.joined(separator: " ")),
        "meaning": node.element.map { .text($0.meaning) } ?? .missing,
      ])
    }
  }

  private static func value(_ node: SyntaxNode) -> CellValue {
    switch node.value {
    case .none: .missing
    case .number(let number): .text("\(number)")
    case .float(let bits): .text("\(Float(bitPattern: bits))")
    case .text(let bytes, _): .text(String(decoding: bytes, as: UTF8.self))
    case .bytes(let bytes, _): .text(HexText.bytes(bytes))
    }
  }
}
