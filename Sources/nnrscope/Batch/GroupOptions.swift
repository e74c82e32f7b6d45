import ArgumentParser
import NNRAnalysis
import NNRReport

/// Which tensors are taken together.
struct GroupOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Rows are groups: tensors whose names fit a pattern, such as norm=*.bn?.*; may be given several times.",
      valueName: "name=pattern"))
  var group: [String] = []
  @Option(
    help: ArgumentHelp(
      "Rows are groups: role (weight, bias, norm, embedding …), depth:N (so many parts of the names), or a column of --join.",
      valueName: "rule"))
  var groupBy: String?

  /// Whether rows are groups.
  var isAsked: Bool { !group.isEmpty || groupBy != nil }

  /// The groups that are asked for; nil if none are.
  ///
  /// `joined` has columns that tensors are grouped by, too.
  func groups(_ joined: JoinedTable? = nil) throws -> NameGroups? {
    guard isAsked else { return nil }
    let patterns = try group.map { text in
      guard let mark = text.firstIndex(of: "="), mark != text.startIndex,
        text.index(after: mark) != text.endIndex
      else { throw ExitStatus.usage("--group wants NAME=PATTERN, not \(text)") }
      return (String(text[..<mark]), Glob(String(text[text.index(after: mark)...])))
    }
    return NameGroups(patterns: patterns, rule: try rule(joined))
  }

  private func rule(_ joined: JoinedTable?) throws -> NameGroups.Rule {
    guard let groupBy else { return .together }
    if groupBy == "role" { return .role }
    if groupBy == "depth" { return .depth(1) }
    if groupBy.hasPrefix("depth:"), let depth = Int(groupBy.dropFirst(6)), (1...24).contains(depth)
    {
      return .depth(depth)
    }
    if let labels = joined?.labels(groupBy) { return .labels(labels) }
    let columns = joined.map { " or a column of --join: \($0.keys.joined(separator: ", "))" } ?? ""
    throw ExitStatus.usage("--group-by is role or depth:N\(columns), not \(groupBy)")
  }
}
