import NNRAnalysis
import NNRReport
import TerminalScreen

/// What is advised for a stream, and where one stands in it.
struct AdviceState: Sendable {
  /// Selection and scroll position.
  var list = ListState()
  /// The number of the document that was looked at; nil before.
  var document: Int?
  /// What was found so far; nil before the stream was decoded.
  private(set) var found: StreamAdvice?
  /// The share of the bytes that was searched for shorter units.
  var fraction = 0.0

  /// The rows, what saves most first.
  var rows: [AdviceTable.Row] { found.map(AdviceTable.rows) ?? [] }

  /// The advice under the cursor.
  var selected: Advice? {
    guard let advice = found?.advice, advice.indices.contains(list.selection) else { return nil }
    return advice[list.selection]
  }

  /// Begins with a document.
  mutating func begin(_ number: Int) {
    // After a reload the place in the list stays.
    if found == nil || document != nil { list = ListState() }
    document = number
    found = nil
    fraction = 0
  }

  /// Takes what was found: who looks at an entry goes on looking at it.
  mutating func take(_ found: StreamAdvice, fraction: Double) {
    let place = list.selection > 0 ? selected : nil
    self.found = found
    self.fraction = fraction
    guard let place else { return }
    list.selection = found.advice.firstIndex(of: place) ?? 0
  }
}
