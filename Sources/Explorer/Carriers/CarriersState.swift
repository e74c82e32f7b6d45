import NNRReport
import TerminalScreen

/// What the file carries that the stream is a part of, and where one stands in the list of it.
struct CarriersState: Sendable {
  /// Selection and scroll position.
  var list = ListState()
  /// The path of the file; empty until one was read.
  var path = ""
  /// What it carries, as far as it was read; nil until then.
  var document: CarrierDocument?
  /// What `carriers` lists, as far as it was read.
  var rows: [CarrierRow] = []
  /// The share of the file that was read.
  var fraction = 0.0

  /// Takes over what was found in a file.
  mutating func take(_ document: CarrierDocument, fraction: Double) {
    self.document = document
    self.fraction = fraction
    rows = document.rows
  }
}
