import NNRBits
import NNRSyntax
import PlainText
import TerminalScreen

/// The pieces of the detail pane.
enum DetailText {
  /// A label and what it stands for, broken for a width.
  static func fact(_ label: String, _ text: String, _ style: Style = .normal, _ width: Int)
    -> [StyledText]
  {
    let indent = width >= 24 ? 11 : 2
    let gap = String(repeating: " ", count: max(1, indent - label.count))
    let lines = StyledText.wrap(text, width: max(8, width - indent), style: style)
    return lines.enumerated().map { place, line in
      StyledText(place == 0 ? label + gap : String(repeating: " ", count: indent), .dim) + line
    }
  }

  /// Where the bits are.
  static func bits(_ range: BitRange, _ width: Int) -> [StyledText] {
    let end = range.isEmpty ? range.start : range.end - 1
    return fact(
      "bits",
      range.isEmpty
        ? "none, at \(range.start)"
        : (range.length == 1 ? "\(end)" : "\(range.start)…\(end)")
          + " of the unit (byte \(range.start / 8).\(range.start % 8)), \(NumberText.count(range.length, "bit"))",
      .normal, width)
  }

  /// That a layout is a guess.
  static func tentative(_ width: Int) -> [StyledText] {
    StyledText.wrap(
      "? tentative: this layout is recollected or one of several readings", width: width,
      style: .tentative)
  }

  /// A broken rule: what, why, and the likely mistake.
  static func diagnostic(_ diagnostic: Diagnostic, _ width: Int) -> [StyledText] {
    let rule = diagnostic.rule
    return StyledText.wrap(
      "\(diagnostic.severity.letter) \(rule.id) \(diagnostic.message)", width: width,
      style: .of(diagnostic.severity))
      + StyledText.wrap("  why: \(rule.reason)", width: width)
      + StyledText.wrap("  likely: \(rule.mistake)", width: width)
  }

  /// The conditions under which an element is there, with the values of their operands here.
  static func presence(
    _ tree: SyntaxTree, _ place: Int, _ element: Element, _ context: UnitContext, _ width: Int
  ) -> [StyledText] {
    let scope = TreeScope(tree, before: place, context: context)
    let parent = tree.nodes[place].parent.flatMap { parent -> Structure? in
      if case .structure(let structure) = tree.nodes[parent].kind { return structure }
      return nil
    }
    let entries = SyntaxCatalog.standard.entries(of: element)
    let fitting = entries.filter { $0.structure === parent }
    // Of several places the one whose conditions hold here is meant.
    let entry =
      fitting.first { entry in
        Self.conditions(of: entry).allSatisfy { $0.holds(in: scope) }
      } ?? fitting.first ?? entries.first
    guard let entry else { return [] }
    let conditions = Self.conditions(of: entry)
    guard !conditions.isEmpty else {
      let counters = entry.counters.joined(separator: ", ")
      return fact(
        "present", counters.isEmpty ? "always" : "once for each \(counters)", .normal, width)
    }
    var lines: [StyledText] = []
    var seen: Set<String> = []
    for condition in conditions {
      lines += fact(
        lines.isEmpty ? "present if" : "       and", condition.description, .normal, width)
      for operand in condition.operands(in: scope) where seen.insert(operand.name).inserted {
        lines.append(
          StyledText("  \(operand.name) = ", .dim) + StyledText("\(operand.value)", .derived))
      }
    }
    return lines
  }

  /// The conditions without those of loops, which only count.
  private static func conditions(of entry: SyntaxCatalog.Entry) -> [Expression] {
    entry.conditions.filter { condition in
      if case .binary(.less, .variable(let variable), _) = condition {
        return !entry.counters.contains(variable.name)
      }
      return true
    }
  }
}
