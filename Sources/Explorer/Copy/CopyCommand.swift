import NNRBits
import NNRReport
import NNRSyntax
import PlainText
import TerminalScreen

extension Command {
  private static let forms = ["hex", "json", "path"]

  /// What leaves the program.
  static let sharing: [Command] = [
    Command(
      "copy", [], .program, "the selection to the clipboard: hex, json or path",
      argument: .text("FORM"),
      complete: { _, text in forms.filter { $0.hasPrefix(text) } }
    ) { model, form in model.copy(form.isEmpty ? "hex" : form) },
    Command(
      "record", [], .program, "write the commands from now on as a script; without a file, end it",
      argument: .text("[FILE]")
    ) { model, path in model.record(to: path) },
  ]
}

/// The selection as text for other programs.
extension ExplorerModel {
  /// The most bytes that are copied: terminals drop longer ones.
  private static let copyLimit = 32 << 10

  /// Copies the selected node, or the unit.
  mutating func copy(_ form: String) -> [Effect] {
    let text: String?
    switch form {
    case "hex": text = hexOfSelection
    case "json": text = jsonOfSelection
    case "path": text = pathOfSelection
    default:
      tell("copy knows hex, json and path, not \(ShownText.line(form))", failed: true)
      return []
    }
    guard let text, !text.isEmpty else {
      tell("nothing is selected that could be copied as \(form)", failed: true)
      return []
    }
    guard text.utf8.count <= Self.copyLimit else {
      tell(
        "\(NumberText.grouped(text.utf8.count)) characters are too many for the clipboard of a terminal",
        failed: true)
      return []
    }
    tell("copied as \(form): \(ShownText.line(String(text.prefix(60))))")
    return [.copy(text)]
  }

  private var selectedNode: SyntaxNode? {
    guard let tree = document.tree, let node = location.node, tree.nodes.indices.contains(node)
    else { return nil }
    return tree.nodes[node]
  }

  /// Whole bytes, as only those have two digits.
  private var hexOfSelection: String? {
    guard let entry = document.entry else { return nil }
    let range = selectedNode?.range ?? BitRange(start: 0, length: entry.size * 8)
    let first = entry.offset + range.start / 8
    let last = min(entry.offset + (range.end + 7) / 8, first + Self.copyLimit)
    guard first < last else { return nil }
    return (try? document.stream.source.read(first..<last)).map { HexText.bytes($0) }
  }

  private var jsonOfSelection: String? {
    guard let tree = document.tree, let entry = document.entry else { return nil }
    var json = JSONWriter()
    let form = StreamDocument(elements: true)
    let stream = document.stream
    if let node = selectedNode, node.element != nil {
      form.write(node, stream, entry, to: &json)
      return json.takeText()
    }
    let inside = location.node.map { $0..<tree.nodes[$0].end } ?? 0..<tree.nodes.count
    json.array { json in
      for place in tree.elements where inside.contains(place) {
        form.write(tree.nodes[place], stream, entry, to: &json)
      }
    }
    return json.takeText()
  }

  /// Where the selection is: file, unit, names from the outside in, and the bit of the file.
  private var pathOfSelection: String? {
    guard let entry = document.entry else { return nil }
    var parts = ["u\(location.unit)"]
    if let tree = document.tree, let node = location.node, tree.nodes.indices.contains(node) {
      parts += (tree.ancestors(of: node).reversed() + [node]).filter { $0 > 0 }
        .map { tree.nodes[$0].name }
    } else if let type = entry.type {
      parts.append(type.name)
    }
    let file = document.path.isEmpty ? document.stream.name : document.path
    return ShownText.line(file) + ":" + parts.joined(separator: "/")
      + "@\(bitAddress)"
  }
}
