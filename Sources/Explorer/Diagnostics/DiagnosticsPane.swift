import NNRSyntax
import TerminalScreen

extension Pane {
  /// The broken rules.
  public static let problems = Pane("problems", "Problems")
}

/// The broken rules as a list.
struct ProblemsView: View {
  let pane = Pane.problems
  let commands = Command.checking + Command.repairing
  let isInBar = true

  func lines(_ model: ExplorerModel) -> LineList? {
    let findings = model.document.survey.shown
    return LineList(state: \.document.findingsList, count: findings.count) { line in
      let diagnostic = findings[line].diagnostic
      return ["\(diagnostic.rule.id) u\(findings[line].unit) \(diagnostic.message)"]
    }
  }

  func selection(ofLine line: Int, _ model: ExplorerModel) -> Selection? {
    let findings = model.document.survey.shown
    guard findings.indices.contains(line) else { return nil }
    return Selection(document: model.current, location: model.place(of: findings[line]))
  }

  func line(of selection: Selection, _ model: ExplorerModel) -> Int? {
    // Only the places of one unit are looked up, as that takes its tree.
    let findings = model.document.survey.shown
    let lines = findings.indices.filter { findings[$0].unit == selection.location.unit }
    return lines.first { model.place(of: findings[$0]) == selection.location } ?? lines.first
  }

  func badge(_ model: ExplorerModel) -> StyledText {
    let counts = model.document.survey.counts
    let worst = [Severity.error, .warning].first { counts[$0, default: 0] > 0 }
    return worst.map { StyledText("\(counts[$0, default: 0])\($0.letter)", .of($0)) } ?? ""
  }

  func note(_ model: ExplorerModel) -> String { model.findingsNote }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawFindings(&grid, rect)
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] {
    if let finding = model.selectedFinding {
      let place = model.place(of: finding)
      model.enter(.explorer)
      model.jump(to: place)
      model.reveal(place)
    }
    return model.decodeSelection()
  }

  func enterHint(_ model: ExplorerModel) -> String? { "go there" }

  let strides: Set<Stride> = [.problem]

  func go(_ stride: Stride, forward: Bool, _ model: inout ExplorerModel) -> String? {
    let row = model.document.findingsList.selection + (forward ? 1 : -1)
    guard model.document.survey.shown.indices.contains(row) else {
      return "no \(forward ? "further" : "earlier") broken rule"
    }
    model.selectLine(row, of: pane)
    return nil
  }
}

/// The list of broken rules.
extension ExplorerModel {
  private static let columns = [
    TableColumn("", width: 1, priority: 9),
    TableColumn("rule", width: 4, priority: 8),
    TableColumn("unit", .right, width: 6, priority: 7),
    TableColumn("bit", .right, width: 8, priority: 2),
    TableColumn("what", width: 16, weight: 1, priority: 9),
  ]

  /// Draws the list.
  func drawFindings(_ grid: inout Grid, _ rect: Rect) {
    let survey = document.survey
    let what = survey.least == .info ? "no rule is broken" : "no \(survey.least.rawValue) or worse"
    let more =
      survey.isChecked.decoding
      ? "" : "; \(shownKey(of: "check")) decodes all payloads for the other rules"
    let empty = survey.isComplete ? what + more : "nothing found yet, still reading …"
    TableView(
      document.findingsList, columns: Self.columns, count: survey.shown.count,
      placeholder: StyledText(empty, .dim)
    ) { row in
      let finding = survey.shown[row]
      let diagnostic = finding.diagnostic
      return [
        StyledText(String(diagnostic.severity.letter), .of(diagnostic.severity)),
        StyledText(diagnostic.rule.id, .heading), StyledText("u\(finding.unit)"),
        StyledText("\(diagnostic.range.start)", .dim), StyledText(diagnostic.message),
      ]
    }.draw(on: &grid, in: rect)
    if survey.shown.isEmpty { grid.placeCursor(Point(0, 0), in: rect) }
  }

  /// The right-hand note of the title: how many, and whether rules that need payloads were looked at.
  var findingsNote: String {
    let counts = document.survey.counts
    var facts = Severity.allCases.map { "\($0.letter) \(counts[$0] ?? 0)" }
    if !document.survey.isChecked.decoding {
      facts.insert("payloads not decoded yet: \(shownKey(of: "check"))", at: 0)
    }
    return facts.joined(separator: "  ")
  }

  /// The place of a broken rule: the innermost node that holds its first bit.
  func place(of finding: Survey.Finding) -> Location {
    let bit = finding.diagnostic.range.start
    let tree = document.stream.tree(finding.unit)
    let node = tree.flatMap { tree in
      tree.nodes.indices.last {
        tree.nodes[$0].range == finding.diagnostic.range && tree.nodes[$0].element != nil
      } ?? tree.leaf(atBit: bit)
    }
    return Location(unit: finding.unit, node: node, bit: bit)
  }
}
