import NNRBits
import NNRSyntax
import PlainText
import TerminalScreen

/// Values and marks of tree nodes as text.
enum ElementText {
  /// The value in one line; empty if there is none.
  static func value(_ node: SyntaxNode) -> String {
    switch node.value {
    case .none: return node.element == nil ? "" : bitsText(node)
    case .number(let number): return "\(number)"
    case .float: return node.value.float.map { "\($0)" } ?? ""
    case .text(let bytes, let total):
      let text = "\"" + ShownText.line(bytes: bytes.prefix(256)) + "\""
      return total > 256 ? text + " … \(total) B" : text
    case .bytes(let bytes, let total):
      let text = HexText.bytes(bytes.prefix(16), separator: " ")
      return total > 16 ? text + " … \(NumberText.grouped(total)) B" : text
    }
  }

  /// A name cut at its beginning, where names of the standard are alike.
  static func tail(_ name: String, _ width: Int, _ glyphs: GlyphSet) -> String {
    name.count <= width ? name : glyphs.ellipsis + name.suffix(max(0, width - 1))
  }

  private static func bitsText(_ node: SyntaxNode) -> String {
    if case .alignment? = node.descriptor { return "" }
    return NumberText.length(bits: node.range.length)
  }

  /// The rules broken at a node, worst first.
  static func diagnostics(_ all: [Diagnostic], _ tree: SyntaxTree, at node: Int) -> [Diagnostic] {
    let range = tree.nodes[node].range
    let isLeaf = tree.nodes[node].end == node + 1
    return all.filter { diagnostic in
      let place = diagnostic.range
      if place.isEmpty { return isLeaf && place.start == range.start }
      return isLeaf ? place.overlaps(range) : place == range
    }.sorted { $0.severity < $1.severity }
  }

  /// The worst severity in a range of bits; nil if nothing is wrong there.
  static func worst(_ all: [Diagnostic], in range: BitRange) -> Severity? {
    all.lazy.filter {
      $0.range.overlaps(range) || range.contains($0.range.start)
    }.map(\.severity).min()
  }
}
