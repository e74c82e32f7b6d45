import NNRSyntax
import TerminalScreen

/// What is wrong with the bits of the selected unit, as the bits pane marks it.
extension ExplorerModel {
  /// The most problems that are marked: more take time and say no more.
  private static let markLimit = 200

  /// The problems of the unit by their severity, the worst last.
  private var problems: [Diagnostic] {
    guard document.entry != nil else { return [] }
    let all = document.diagnostics(location.unit, document.tree)
    return all.prefix(Self.markLimit).sorted { $1.severity < $0.severity }
  }

  private func fileBit(_ bit: Int) -> UInt64 {
    UInt64(max(0, (document.entry?.offset ?? 0) * 8 + bit))
  }

  /// The bits that break rules; what takes the whole unit is not marked, for everything would be.
  var problemMarks: [BitMark] {
    let whole = (document.entry?.size ?? 0) * 8
    return problems.filter { !$0.range.isEmpty && $0.range.length < whole }.map { problem in
      BitMark(
        fileBit(problem.range.start)..<fileBit(problem.range.end), .none,
        role: Style.of(problem.severity).role)
    }
  }

  /// A letter for the row in which each problem begins, the worst first.
  var problemFlags: [BitFlag] {
    problems.reversed().map { problem in
      BitFlag(
        fileBit(problem.range.start), problem.severity.letter, Style.of(problem.severity).role)
    }
  }

  /// The rules that the bit under the cursor breaks, in front of what the bits are: `E N14  `.
  var problemLegend: StyledText {
    var text = StyledText("")
    var seen: Set<String> = []
    for problem in problems.reversed() where problem.range.contains(location.bit) {
      guard seen.insert(problem.rule.id).inserted, seen.count <= 3 else { continue }
      text.append("\(problem.severity.letter) \(problem.rule.id)  ", .of(problem.severity))
    }
    return text
  }
}
