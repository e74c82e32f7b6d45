import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax

/// A requirement that a stream breaks, and where.
public struct RequirementFinding: Sendable {
  /// The id of the requirement.
  public let id: String
  /// How bad it is.
  public let severity: Severity
  /// The unit.
  public let unit: Int
  /// The bits, counted from the first bit of the unit.
  public let range: BitRange
  /// What is asked for, and what breaks it; not safe to print.
  public let message: String
}

/// Holds a stream against requirements.
public enum RequirementCheck {
  /// The most findings of a requirement that are told one by one.
  static let findingLimit = 1_000

  /// What the stream number `number` of a session breaks, in the order of the requirements; payloads are decoded where a
  /// requirement is about tensors.
  public static func findings(
    _ requirements: [Requirement], _ session: Session, stream number: Int, _ check: StreamCheck,
    threads: Int
  ) -> [RequirementFinding] {
    let stream = session.streams[number]
    let elements = StreamElements(stream)
    let units = (0..<stream.unitCount).map { unit in
      RequiredUnit(
        row: UnitRow(stream, check, unit: unit), tree: stream.tree(unit),
        data: stream.compressedDataUnit(unit), elements: elements)
    }
    var tensors: [RequiredTensor] = []
    if requirements.contains(where: { if case .tensor = $0.condition { true } else { false } }) {
      var options = FiguresOptions()
      options.sketches = false
      tensors = TensorRow.decoded(session, stream: number, options: options, threads: threads) {
        _ in true
      }.compactMap { row in
        units.indices.contains(row.tensor.unit)
          ? RequiredTensor(row: row, unit: units[row.tensor.unit]) : nil
      }
    }
    return requirements.flatMap { requirement -> [RequirementFinding] in
      switch requirement.condition {
      case .stream(let rows):
        let row = RequiredStream(
          name: stream.name, size: stream.size, units: stream.unitCount,
          tensors: session.directory(number).tensors.count,
          dialect: session.dialect(number).rawValue, elements: elements)
        return rows.isBroken(by: row) ? [place(requirement, units, nil, nil)] : []
      case .unit(let rows):
        return told(requirement, units.filter { rows.isBroken(by: $0) }) {
          place(requirement, units, $0, nil)
        }
      case .tensor(let rows):
        return told(requirement, tensors.filter { rows.isBroken(by: $0) }) {
          place(requirement, units, $0.unit, $0.row.tensor.name)
        }
      }
    }
  }

  /// The findings of rows; the last one says how many more there are.
  private static func told<Row>(
    _ requirement: Requirement, _ rows: [Row], _ finding: (Row) -> RequirementFinding
  ) -> [RequirementFinding] {
    var found = rows.prefix(findingLimit).map(finding)
    if rows.count > findingLimit, let last = found.popLast() {
      found.append(
        RequirementFinding(
          id: last.id, severity: last.severity, unit: last.unit, range: last.range,
          message: last.message + " (and \(rows.count - findingLimit) more)"))
    }
    return found
  }

  /// A finding at the element that the requirement is about, in the unit or in what sets it; or else at the whole unit.
  private static func place(
    _ requirement: Requirement, _ units: [RequiredUnit], _ unit: RequiredUnit?, _ name: String?
  ) -> RequirementFinding {
    let words = requirement.words
    func range(_ unit: RequiredUnit) -> BitRange? {
      for word in words {
        let node = unit.tree?.nodes.first { node in
          node.element.map { $0.name == word } ?? false
        }
        if let node { return node.range }
      }
      return nil
    }
    let message = requirement.text + (name.map { ": \($0)" } ?? "")
    func finding(_ unit: RequiredUnit, _ range: BitRange) -> RequirementFinding {
      RequirementFinding(
        id: requirement.id, severity: requirement.severity, unit: unit.row.facts.number,
        range: range,
        message: message)
    }
    let candidates = unit.map { [$0] } ?? units
    for candidate in candidates {
      if let range = range(candidate) { return finding(candidate, range) }
    }
    if let first = candidates.first {
      return finding(first, BitRange(start: 0, length: first.row.facts.entry.size * 8))
    }
    return RequirementFinding(
      id: requirement.id, severity: requirement.severity, unit: 0,
      range: BitRange(start: 0, length: 0), message: message)
  }
}
