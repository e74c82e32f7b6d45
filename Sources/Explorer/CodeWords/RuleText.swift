import NNRSyntax

/// The formula by which an element's value follows from the coded number, with its numbers filled in.
enum RuleText {
  /// The rule that a structure names for an element at a place of the tree; nil if the value is the coded number.
  static func rule(_ tree: SyntaxTree, at place: Int) -> ValueRule? {
    guard let element = tree.nodes[place].element, let descriptor = tree.nodes[place].descriptor,
      let parent = tree.nodes[place].parent,
      case .structure(let structure) = tree.nodes[parent].kind
    else { return nil }
    var found: [ValueRule?] = []
    collect(structure.items, element, "\(descriptor)", &found)
    guard found.count > 1 else { return found.first ?? nil }
    // The same element is read several times: the turn's direction tells which reading it was.
    let index = tree.nodes[place].indices.last ?? 0
    let earlier = tree.nodes[..<place].last {
      $0.element === element && $0.parent == parent
    }
    guard let earlier else { return found.first ?? nil }
    let rules = found.compactMap { $0 }
    let isDownwards = index < (earlier.indices.last ?? 0)
    return rules.first { $0.text.contains(isDownwards ? "[j + 1]" : "[j - 1]") } ?? rules.first
  }

  private static func collect(
    _ items: [SyntaxItem], _ element: Element, _ descriptor: String, _ found: inout [ValueRule?]
  ) {
    for item in items {
      switch item {
      case .read(let candidate, _, let rule) where candidate === element: found.append(rule)
      case .when(_, let rows, let otherwise):
        collect(rows, element, descriptor, &found)
        collect(otherwise, element, descriptor, &found)
      case .loop(_, _, _, _, let rows), .composite(_, _, let rows):
        collect(rows, element, descriptor, &found)
      default: break
      }
    }
  }

  /// The formula with names, and the same with numbers.
  static func lines(
    _ rule: ValueRule, _ tree: SyntaxTree, at place: Int, coded: Int, context: UnitContext
  ) -> [String] {
    let node = tree.nodes[place]
    let scope = TreeScope(tree, before: place, context: context)
    var numbers = rule.text
    for element in names(in: rule.text) {
      for (offset, spelling) in [(1, "[j + 1]"), (-1, "[j - 1]")] {
        guard numbers.contains(element.name + spelling), let index = node.indices.last else {
          continue
        }
        let other = tree.nodes.last { $0.element === element && $0.indices.last == index + offset }
        guard let value = other?.value.number else { continue }
        numbers = replacing(element.name + spelling, by: "\(value)", in: numbers)
      }
      if let value = scope.value(of: element) {
        numbers = replacing(element.name, by: "\(value)", in: numbers)
      }
    }
    if numbers.contains("the distance before") {
      let before = node.element.flatMap { scope.value(of: $0) } ?? 0
      numbers = replacing("the distance before", by: "\(before)", in: numbers)
    }
    numbers = replacing("coded", by: "\(coded)", in: numbers)
    return [rule.text, "= \(numbers) = \(ElementText.value(node))"]
  }

  /// The elements that a text names, longest names first so that none hides in another.
  private static func names(in text: String) -> [Element] {
    SyntaxCatalog.standard.elements.filter { text.contains($0.name) }
      .sorted { ($0.name.count, $0.name) > ($1.name.count, $1.name) }
  }

  private static func replacing(_ part: String, by other: String, in text: String) -> String {
    guard let range = text.firstRange(of: part) else { return text }
    return text[..<range.lowerBound] + other + text[range.upperBound...]
  }
}
