import NNRAnalysis
import NNRReport
import PlainText
import TerminalScreen

/// A line of what was found out about a payload that does not decode.
struct DiagnosisRow: Sendable, Hashable {
  /// What the line is about.
  enum Kind: Sendable, Hashable {
    /// A heading.
    case heading
    /// Something odd at a bin of the payload.
    case event
    /// A reading that ends well.
    case explanation
    /// A reading that does not.
    case failure
  }

  /// What the line is about.
  var kind: Kind
  /// The place, or the reading.
  var text: String
  /// What is odd, or how the reading ends.
  var note = ""
  /// The number of the bin; nil outside of events.
  var bin: Int?
  /// The payload bit before it; nil outside of events.
  var bit: Int?
  /// The elements that say how to read it.
  var elements: [String] = []
}

/// The search for the cause where a payload does not decode.
struct DiagnosisState: Sendable {
  /// The unit; nil before the view was opened.
  var key: TensorView.Key?
  /// The lines.
  var rows: [DiagnosisRow] = []
  /// Whether all readings were tried.
  var isComplete = false
  /// Whether the stream was replaced since, or the search is to begin again.
  var isStale = false
  /// Whether the search was stopped; it begins again only when it is asked for.
  var isStopped = false
  /// Why there is nothing to show; nil if there is, or will be.
  var problem: String?
  /// Selection and scroll position.
  var list = ListState()

  /// The selected line.
  var selected: DiagnosisRow? {
    rows.indices.contains(list.selection) ? rows[list.selection] : nil
  }

  /// Where Enter leads from the selected line, in words; nil for nowhere.
  var goal: String? {
    guard let row = selected else { return nil }
    return row.bin != nil ? "to the bin" : row.elements.isEmpty ? nil : "to the element"
  }
}

extension DiagnosisRow {
  /// The lines of a diagnosis: what is odd in the order of the bins, then the readings, those that end well first.
  static func rows(_ found: PayloadDiagnosis, isComplete: Bool) -> [DiagnosisRow] {
    guard let failure = found.failure else {
      return [DiagnosisRow(kind: .heading, text: "The payload ends well, read as the header says")]
    }
    var rows = [
      DiagnosisRow(kind: .heading, text: "As the header says", note: ShownText.line("\(failure)"))
    ]
    rows += found.events.map { event in
      var place = ShownText.line(event.name)
      if let row = event.row, let column = event.column { place += "[\(row), \(column)]" }
      return DiagnosisRow(
        kind: .event, text: place, note: DiagnosisText.words(event.kind), bin: event.bin,
        bit: event.bit)
    }
    let good = found.explanations
    let count = NumberText.count(found.attempts.count { $0.readings.count == 1 }, "other reading")
    let pairs = found.pairsTried > 0 ? " and \(NumberText.count(found.pairsTried, "pair"))" : ""
    let verdict =
      good.isEmpty
      ? (isComplete ? "none ends well" : "none ends well so far")
      : DiagnosisText.mayBeChance(found)
        ? "so short a payload may end well by chance"
        : good.count == 1 ? "1 ends well" : "\(good.count) end well"
    rows.append(DiagnosisRow(kind: .heading, text: "\(count)\(pairs) tried", note: verdict))
    rows += good.map { row($0, .explanation) }
    rows += found.attempts.filter { !$0.endsWell }.map { row($0, .failure) }
    return rows
  }

  private static func row(_ attempt: PayloadDiagnosis.Attempt, _ kind: Kind) -> DiagnosisRow {
    let outcome = DiagnosisText.outcome(attempt)
    return DiagnosisRow(
      kind: kind, text: attempt.summary,
      note: attempt.failure.map { ShownText.line("\($0)") } ?? "ends well, " + outcome,
      elements: attempt.readings.flatMap { $0.elements.map(\.name) })
  }
}
