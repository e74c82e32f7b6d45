import NNRAnalysis
import NNRModel
import PlainText

/// What the repair of a chain found, in words.
public enum RepairText {
  /// A line for each tensor and unit of which there is something to say; not safe to print.
  public static func lines(_ repair: ChainRepair, _ session: Session) -> [String] {
    var lines = repair.findings.map { finding in
      "\(session.streams[finding.place.stream].name), unit \(finding.place.unit), \(finding.name): "
        + words(finding, session)
    }
    for (unit, stream) in repair.staleParents.sorted(by: {
      ($0.key.stream, $0.key.unit) < ($1.key.stream, $1.key.unit)
    }) {
      lines.append(
        "\(session.streams[unit.stream].name), unit \(unit.unit): decoded with the integers of "
          + "\(session.streams[stream].name) as parent, an older round than it names")
    }
    if repair.historyIncludesBase {
      lines.append(
        "the history counts the base model: only so the chain decodes, and NNCodec's decoder cannot"
      )
    }
    if repair.wasStopped { lines.append("the search was stopped before its end") }
    return lines
  }

  /// What was found about a tensor.
  public static func words(_ finding: ChainRepair.Finding, _ session: Session) -> String {
    let witness = finding.witness.map { session.streams[$0].name } ?? "no later round"
    switch finding.outcome {
    case .repaired(let changed, let others, let differing):
      let how =
        finding.witness == nil
        ? "no others can have been coded so"
        : "\(witness) decodes with them, of \(NumberFormat.count(finding.trials, "assignment"))"
      let rest =
        others > 0
        ? "; \(NumberFormat.count(others, "other")) with more ones among zeros would do too, which differ in \(places(differing))"
        : ""
      return
        "with the encoder's integers, by search: \(NumberFormat.count(changed, "weight")) of other integers; \(how)\(rest)"
    case .sound:
      return "\(witness) builds on the decoded integers: nothing to repair"
    case .ambiguous(let survivors, let differing):
      return "\(survivors) assignments are left with which \(witness) decodes; they differ in "
        + "\(places(differing)): the decoded integers stay"
    case .untold(let zeros):
      return
        "\(NumberFormat.count(zeros, "zero")) may be ones in the encoder, and no later round tells: "
        + "the decoded integers stay"
    case .none:
      return
        "no integers that NNCodec's encoder can have had fit \(witness): the decoded integers stay"
    case .tooMany:
      return "too many zeros may be ones: the decoded integers stay"
    }
  }

  /// How many weights, and the first of them.
  private static func places(_ weights: [Int]) -> String {
    let first = weights.prefix(8).map { "\($0)" }.joined(separator: ", ")
    return
      "\(NumberFormat.count(weights.count, "weight")) (\(first)\(weights.count > 8 ? ", …" : ""))"
  }
}
