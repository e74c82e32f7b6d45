import NNRAnalysis
import NNRSyntax
import YAML

/// A condition that a team or a standard asks of streams, units or tensors.
public struct Requirement: Sendable {
  /// What rows it is about.
  enum Condition: Sendable {
    case stream(RowCondition<RequiredStream>)
    case unit(RowCondition<RequiredUnit>)
    case tensor(RowCondition<RequiredTensor>)
  }

  /// Its id.
  public let id: String
  /// How bad it is when it is broken.
  public let severity: Severity
  /// What it asks for, in words; not safe to print.
  public let text: String
  let condition: Condition

  /// What `must` is about: the names that a finding may be placed at.
  var words: [Substring] {
    let must =
      switch condition {
      case .stream(let rows): rows.must
      case .unit(let rows): rows.must
      case .tensor(let rows): rows.must
      }
    return must.source.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
  }
}

/// A condition on rows: those that fit `when` must fit `must`.
struct RowCondition<Row: Sendable>: Sendable {
  let fields: [Field<Row>]
  let when: FilterExpression?
  let must: FilterExpression

  /// Whether a row breaks it.
  func isBroken(by row: Row) -> Bool {
    if let when, !when.matches({ fields[$0].value(row) }) { return false }
    return !must.matches { fields[$0].value(row) }
  }
}

/// Why a file of requirements cannot be used: one line for each mistake.
public struct RequirementMistakes: Error, Hashable, CustomStringConvertible {
  /// The mistakes, each with its line and column.
  public let lines: [String]
  /// All of them, a line each.
  public var description: String { lines.joined(separator: "\n") }
}

extension Requirement {
  /// The most requirements of a file.
  static let limit = 1_000

  /// The requirements of a YAML text: a list of maps with `id`, `severity`, `text`, `of` (streams, units or tensors), `must`
  /// and, if only some rows count, `when`; the last two are conditions as `--filter` takes them.
  public static func read(_ yaml: String) throws(RequirementMistakes) -> [Requirement] {
    let root: YAMLNode?
    do throws(YAMLMistake) { root = try YAMLNode.read(yaml) } catch {
      throw RequirementMistakes(lines: [error.description])
    }
    guard let root, let list = root.list, !list.isEmpty else {
      throw RequirementMistakes(lines: ["\(root?.place.description ?? "1:1"): a list is expected"])
    }
    guard list.count <= limit else {
      throw RequirementMistakes(lines: ["\(root.place): more than \(limit) requirements"])
    }
    var reader = RequirementReader()
    let found = list.compactMap { reader.requirement($0) }
    guard reader.mistakes.isEmpty else { throw RequirementMistakes(lines: reader.mistakes) }
    return found
  }
}

/// Reads requirements and gathers what is wrong.
private struct RequirementReader {
  var mistakes: [String] = []
  private var ids: Set<String> = []

  private static let keys = ["id", "severity", "text", "of", "when", "must"]

  mutating func requirement(_ node: YAMLNode) -> Requirement? {
    guard let entries = node.map else { return wrong(node, "a map is expected") }
    for entry in entries {
      let key = entry.key.text ?? ""
      guard Self.keys.contains(key) else {
        let near = NearNames.of(key, among: Self.keys)
        let hint = near.isEmpty ? Self.keys.joined(separator: ", ") : near.joined(separator: ", ")
        return wrong(entry.key, "there is no key “\(key)”: \(hint)")
      }
      guard entry.value.text != nil else { return wrong(entry.value, "\(key) is a text") }
    }
    guard let id = text(node, "id"), let words = text(node, "text"), let of = text(node, "of"),
      let must = text(node, "must")
    else { return nil }
    guard ids.insert(id).inserted else { return wrong(node, "the id \(id) is there twice") }
    let severity = node["severity"]?.text ?? Severity.error.rawValue
    guard let severity = Severity(rawValue: severity) else {
      return wrong(node["severity"] ?? node, "severity is error, warning or info")
    }
    let condition: Requirement.Condition?
    switch of {
    case "streams", "stream":
      condition = rows(RequiredStream.fields, node, must).map { .stream($0) }
    case "units", "unit": condition = rows(RequiredUnit.fields, node, must).map { .unit($0) }
    case "tensors", "tensor":
      condition = rows(RequiredTensor.fields, node, must).map { .tensor($0) }
    default: return wrong(node["of"] ?? node, "of is streams, units or tensors")
    }
    return condition.map { Requirement(id: id, severity: severity, text: words, condition: $0) }
  }

  private mutating func rows<Row>(
    _ fields: [Field<Row>], _ node: YAMLNode, _ must: String
  ) -> RowCondition<Row>? {
    guard let condition = filter(must, fields, node["must"] ?? node) else { return nil }
    guard let when = node["when"], let source = when.text else {
      return RowCondition(fields: fields, when: nil, must: condition)
    }
    return filter(source, fields, when).map {
      RowCondition(fields: fields, when: $0, must: condition)
    }
  }

  private mutating func filter<Row>(
    _ source: String, _ fields: [Field<Row>], _ node: YAMLNode
  ) -> FilterExpression? {
    do throws(FilterError) {
      return try FilterExpression(parsing: source, columns: fields.columns())
    } catch {
      return wrong(node, "condition, \(error)")
    }
  }

  private mutating func text(_ node: YAMLNode, _ key: String) -> String? {
    guard let text = node[key]?.text, !text.isEmpty else { return wrong(node, "\(key) is missing") }
    return text
  }

  private mutating func wrong<Value>(_ node: YAMLNode, _ reason: String) -> Value? {
    mistakes.append("\(node.place): \(reason)")
    return nil
  }
}
