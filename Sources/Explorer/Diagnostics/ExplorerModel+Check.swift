import NNRAnalysis
import NNRSyntax
import PlainText
import TerminalScreen

extension Command {
  /// The rules.
  static let checking: [Command] = [
    .opening(
      .problems, ["6", "e"], "the list of broken rules", aliases: ["diagnostics"],
      hint: ("problems", 3)),
    Command(
      "check", ["D"], .look, "decode all payloads and look at the rules about them too"
    ) { model, _ in
      let opening = model.open(.problems)
      model.document.checksPayloads = true
      return opening + model.check(model.current, decodes: true)
    },
    Command(
      "severity", ["f"], .find, "list errors, warnings too, or all: error, warning, info",
      argument: .text("LEAST"), panes: [.problems], hint: ("severity", 6),
      complete: { _, text in
        Severity.allCases.map(\.rawValue).filter { $0.hasPrefix(text) }
      }
    ) { model, text in
      model.setSeverity(text)
      return []
    },
  ]
}

extension ExplorerModel {
  /// Looks at all rules over a stream.
  mutating func check(_ number: Int, decodes: Bool) -> [Effect] {
    documents[number].checked = 0
    return start(.check(documents[number].source, document: number, decodes: decodes))
  }

  /// Takes over all broken rules of a stream.
  mutating func take(_ breaches: [Breach], decoded: Bool, of place: Int) {
    documents[place].survey.take(breaches, decoded: decoded)
    documents[place].findingsList.settle(
      count: documents[place].survey.shown.count, page: page(.problems))
    guard decoded, place == current, documents[place].checksPayloads else { return }
    let counts = documents[place].survey.counts
    let text = Severity.allCases.map { NumberText.count(counts[$0] ?? 0, $0.rawValue) }
    tell("all rules looked at: " + text.joined(separator: ", "))
  }

  /// Lists problems from a severity on; without a name the next one.
  mutating func setSeverity(_ text: String) {
    let all = Severity.allCases
    if text.isEmpty {
      let place = all.firstIndex(of: document.severity) ?? 0
      document.severity = all[(place + 1) % all.count]
    } else if let severity = Severity(rawValue: text) {
      document.severity = severity
    } else {
      return tell("no severity \(text): error, warning, info", failed: true)
    }
    document.survey.show(from: document.severity)
    document.findingsList.settle(
      count: document.survey.shown.count, page: page(.problems))
    tell(
      document.severity == all.last
        ? "all severities"
        : "\(document.severity.rawValue)s\(document.severity == .error ? "" : " and worse")"
    )
  }

  /// The broken rule under the cursor of the list.
  var selectedFinding: Survey.Finding? {
    let shown = document.survey.shown
    return shown.indices.contains(document.findingsList.selection)
      ? shown[document.findingsList.selection] : nil
  }
}
