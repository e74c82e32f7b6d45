import NNRSyntax
import TerminalScreen

/// The syntax table of a structure as the standard prints it, without a stream: of those that a stream lacks too.
enum StructureTable {
  /// The rows at a width: what is read, with its descriptor, below the conditions and loops around it.
  static func lines(_ structure: Structure, width: Int) -> [StyledText] {
    lines(structure.items, depth: 1, width: width)
  }

  private static func lines(_ items: [SyntaxItem], depth: Int, width: Int) -> [StyledText] {
    items.flatMap { item -> [StyledText] in
      switch item {
      case .read(let element, let descriptor, _):
        return [row(element, descriptor, depth, width)]
      case .composite(let element, _, let parts):
        return [row(element, element.descriptor, depth, width)]
          + lines(parts, depth: depth + 1, width: width)
      case .structure(let inner):
        return [text("\(inner.name)( )", .heading, depth, width)]
      case .when(let condition, let rows, let otherwise):
        let first = [text("if( \(condition) )", .normal, depth, width)]
        let branch = first + lines(rows, depth: depth + 1, width: width)
        guard !otherwise.isEmpty else { return branch }
        return branch + [text("else", .normal, depth, width)]
          + lines(otherwise, depth: depth + 1, width: width)
      case .loop(let counter, let count, let from, let step, let rows):
        let way = step < 0 ? ", downwards" : ""
        return [
          text("for( \(counter) = \(from)\(way), \(count) times )", .normal, depth, width)
        ] + lines(rows, depth: depth + 1, width: width)
      case .derive(let variable):
        return [text("\(variable.name) = \(variable.meaning)", .derived, depth, width)]
      case .constraint(let rule, let condition, _):
        return [text("\(rule.id): \(condition)", .dim, depth, width)]
      }
    }
  }

  private static func row(
    _ element: Element, _ descriptor: Descriptor, _ depth: Int, _ width: Int
  ) -> StyledText {
    let style: Style = element.evidence == .recollected ? .tentative : .coded
    let spelled = "\(descriptor)"
    let name = text(element.name, style, depth, max(8, width - spelled.count - 1))
    let gap = String(repeating: " ", count: max(1, width - spelled.count - name.width()))
    return name + StyledText(gap + spelled, .descriptor)
  }

  private static func text(_ text: String, _ style: Style, _ depth: Int, _ width: Int)
    -> StyledText
  {
    let indent = String(repeating: " ", count: min(depth * (width >= 60 ? 2 : 1), width / 2))
    return (StyledText(indent) + StyledText(text, style)).truncated(to: max(1, width))
  }
}
