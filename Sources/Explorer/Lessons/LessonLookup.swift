import NNRModel
import NNRSyntax
import PlainText

/// What a place for a value stands for.
enum LessonFinding: Sendable, Hashable {
  /// The value as text.
  case text(String)
  /// Work that is under way will tell.
  case pending
  /// There is no such value; why.
  case missing(String)
}

/// Values of lessons out of the stream: syntax and facts that need no decoding.
extension ExplorerModel {
  /// Looks a value up at the present place.
  func lookUp(_ value: LessonValue) -> LessonFinding {
    switch value.kind {
    case .value, .name, .bits, .length, .place: return lookUpElement(value)
    case .meaning, .descriptor:
      guard let element = Glossary.element(value.argument) else { return .missing("no element") }
      return .text(value.kind == .meaning ? element.meaning : "\(element.descriptor)")
    case .explain:
      return Glossary.entry(value.argument).map { .text($0.text) } ?? .missing("no such word")
    case .key:
      return .text(shownKey(of: value.argument))
    case .unit: return lookUpUnit(value)
    case .stream: return lookUpStream(value.argument)
    case .finding: return lookUpFinding(value.argument)
    case .figure: return lookUpFigure(value.argument)
    case .cost: return lookUpCost(value.argument)
    case .bin: return lookUpBin(value.argument)
    case .level: return lookUpLevel(value.argument)
    case .codebook: return lookUpCodebook(value.argument)
    case .choice: return lookUpChoice(value.argument)
    case .alternative: return lookUpAlternative(value.argument)
    }
  }

  private func lookUpElement(_ value: LessonValue) -> LessonFinding {
    let unit = value.unit ?? location.unit
    guard let tree = document.stream.tree(unit) else { return .missing("no unit \(unit)") }
    let isIndexed = value.argument.contains("[")
    func fits(_ node: SyntaxNode) -> Bool {
      isIndexed ? node.name == value.argument : node.element?.name == value.argument
    }
    let selected = unit == location.unit ? location.node : nil
    let found =
      selected.flatMap { tree.nodes.indices.contains($0) && fits(tree.nodes[$0]) ? $0 : nil }
      ?? tree.nodes.firstIndex(where: fits)
    guard let found else { return .missing("\(value.argument) is not in unit \(unit)") }
    let node = tree.nodes[found]
    switch value.kind {
    case .name:
      return node.valueName.map { .text($0) } ?? .missing("the value has no name")
    case .bits:
      guard let bits = bits(node.range, min(node.range.length, 64), unit: unit) else {
        return .missing("no bits")
      }
      return .text(bits + (node.range.length > 64 ? "…" : ""))
    case .length: return .text(NumberText.grouped(node.range.length))
    case .place:
      let bit = document.stream.index.entries[unit].offset * 8 + node.range.start
      return .text("\(document.address(ofByte: bit / 8)).\(bit % 8)")
    default:
      let text = ElementText.value(node)
      return text.isEmpty ? .missing("\(value.argument) has no value") : .text(text)
    }
  }

  private func lookUpUnit(_ value: LessonValue) -> LessonFinding {
    let unit = value.unit ?? location.unit
    let entries = document.stream.index.entries
    guard entries.indices.contains(unit), let fact = LessonValue.UnitFact(rawValue: value.argument)
    else { return .missing("no unit \(unit)") }
    let entry = entries[unit]
    let tree = document.stream.tree(unit)
    switch fact {
    case .number: return .text("\(unit)")
    case .type: return .text(entry.type?.name ?? "no unit")
    case .size: return .text(NumberText.grouped(entry.size))
    case .offset: return .text(document.address(ofByte: entry.offset))
    case .share: return .text(NumberText.percent(entry.size, of: document.stream.size))
    case .tensor:
      let names = document.stream.compressedDataUnit(unit)?.nameTexts ?? []
      return names.isEmpty
        ? .missing("no tensor in unit \(unit)")
        : .text(names.map { ShownText.line($0) }.joined(separator: ", "))
    case .header:
      return tree.map { .text(NumberText.grouped($0.payloadStart / 8)) } ?? .missing("no header")
    case .payload:
      return tree.map { .text(NumberText.grouped(($0.bitCount - $0.payloadStart) / 8)) }
        ?? .missing("no payload")
    }
  }

  private func lookUpStream(_ argument: String) -> LessonFinding {
    guard let fact = LessonValue.StreamFact(rawValue: argument) else { return .missing("no fact") }
    let survey = document.survey
    func counted(_ number: Int) -> LessonFinding {
      survey.isComplete ? .text(NumberText.grouped(number)) : .pending
    }
    switch fact {
    case .name: return .text(ShownText.line(document.title))
    case .size: return .text(NumberText.grouped(document.stream.size))
    case .units: return .text(NumberText.grouped(document.stream.unitCount))
    case .files: return .text("\(documents.count)")
    case .tensors: return counted(survey.tensors.count)
    case .weights: return counted(survey.weights)
    case .errors: return counted(survey.counts[.error] ?? 0)
    case .warnings: return counted(survey.counts[.warning] ?? 0)
    case .ratio:
      guard survey.isComplete else { return .pending }
      guard document.stream.size > 0 else { return .missing("an empty stream") }
      let ratio = Double(survey.weights) * 4 / Double(document.stream.size)
      return .text(NumberText.fixed(ratio, 1))
    }
  }

  private func lookUpFinding(_ argument: String) -> LessonFinding {
    guard let fact = LessonValue.FindingFact(rawValue: argument) else {
      return .missing("no fact")
    }
    let findings = document.survey.findings
    let worst = findings.map(\.diagnostic.severity).min()
    guard let found = findings.first(where: { $0.diagnostic.severity == worst }) else {
      return running.isEmpty ? .missing("no rule is broken") : .pending
    }
    let rule = found.diagnostic.rule
    switch fact {
    case .rule: return .text(rule.id)
    case .unit: return .text("\(found.unit)")
    case .message: return .text(ShownText.line(found.diagnostic.message))
    case .condition: return .text(rule.condition)
    case .reason: return .text(rule.reason)
    case .mistake: return .text(rule.mistake)
    }
  }
}
