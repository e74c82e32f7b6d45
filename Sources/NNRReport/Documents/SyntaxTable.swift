import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import PlainText

/// An element as `syntax` lists it, or a unit that cannot be parsed.
public struct SyntaxRow: Sendable {
  /// The number of the unit.
  public let unit: Int
  /// The bits of the element.
  public let range: BitRange
  /// The element; nil for a whole unit that cannot be parsed.
  public let node: SyntaxNode?
  /// The ids of the rules that are broken at just these bits, each once; infos do not count.
  public let rules: [String]

  /// The rows of a unit, or those of one element by its name without indices.
  public static func rows(
    _ stream: NNRStream, unit: Int, element: String? = nil, _ check: StreamCheck
  ) -> [SyntaxRow] {
    guard let tree = stream.tree(unit) else {
      guard element == nil, stream.index.entries.indices.contains(unit) else { return [] }
      let range = BitRange(start: 0, length: stream.index.entries[unit].size * 8)
      return [SyntaxRow(unit: unit, range: range, node: nil, rules: [])]
    }
    let breaches = Dictionary(grouping: check.breaches(of: unit), by: \.diagnostic.range)
    return tree.elements.compactMap { place in
      let node = tree.nodes[place]
      guard element == nil || node.element?.name == element else { return nil }
      let rules = breaches[node.range].map { check.rules(brokenBy: $0) } ?? []
      return SyntaxRow(unit: unit, range: node.range, node: node, rules: rules)
    }
  }
}

/// `syntax` as a table: one row for each element.
public enum SyntaxTable {
  /// The columns.
  public static let fields: [Field<SyntaxRow>] = [
    Field("unit", "the number of the unit", width: 6, priority: 0) { $0.unit },
    Field("bit_offset", title: "bit", "bits from the start of the unit", priority: 0) {
      $0.range.start
    },
    Field("bit_length", title: "len", "bits of the element", width: 6, priority: 1) {
      $0.range.length
    },
    Field("descriptor", title: "desc", "how it is written", width: 6, priority: 2) {
      $0.node?.descriptor?.description
    },
    Field(
      "name", title: "element", kind: .name, "the name in the standard", priority: 0,
      examples: SyntaxCatalog.standard.elements.map(\.name)
    ) { $0.node?.name ?? SyntaxNode.unparsedName },
    Field("value", kind: .text, "the value", priority: 0) { $0.node.flatMap(value) },
    Field("value_name", title: "is", "what the value is called", priority: 3) {
      $0.node?.valueName
    },
    Field("note", "? for a tentative layout, ids of broken rules", priority: 4) { row in
      let notes = (row.node?.isTentative == true ? ["?"] : []) + row.rules
      return notes.isEmpty ? nil : notes.joined(separator: " ")
    },
    Field("meaning", kind: .message, "what the element means", priority: 9) {
      $0.node?.element?.meaning
    },
  ]

  private static func value(_ node: SyntaxNode) -> CellValue? {
    switch node.value {
    case .none: nil
    case .number(let number): .integer(number)
    // The shortest number that reads back as the float.
    case .float(let bits): Double("\(Float(bitPattern: bits))").map { .number($0) }
    case .text(let bytes, _): .text(String(decoding: bytes, as: UTF8.self))
    case .bytes(let bytes, _): .text(HexText.bytes(bytes))
    }
  }
}
