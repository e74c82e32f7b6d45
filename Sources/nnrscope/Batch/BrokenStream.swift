import NNRAnalysis
import PlainText

/// What is said of a stream with errors beside a table of it: the table does not show what is missing.
enum BrokenStream {
  /// The first error and how many there are, in a line.
  static func line(_ name: String, _ errors: [Breach]) -> String {
    guard let first = errors.first else { return "\(name): no error" }
    let rest = errors.count - 1
    return "\(name): \(first.rule.id) unit \(first.unit): \(first.diagnostic.message)"
      + (rest > 0 ? ", and \(NumberFormat.count(rest, "more error")); check lists them" : "")
  }
}
