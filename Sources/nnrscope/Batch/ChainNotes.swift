import NNRModel
import NNRReport
import NNRSyntax

/// What commands say on standard error of the chain that their streams are.
struct ChainNotes {
  private let session: Session
  private let review: ChainReview

  /// The notes on the streams of a session.
  init(_ session: Session) {
    self.session = session
    review = session.chainReview()
  }

  /// Says what keeps the streams from being a chain.
  func complain() {
    for line in ChainText.faults(session, review) { Output.complain(line) }
  }

  /// Whether a difference names another parent than the version before.
  private var hasErrors: Bool { review.faults.contains { $0.rule.severity == .error } }

  /// The end of a command that shows each stream for itself: what is wrong with the chain is said, and an error is a status.
  func leaveIfBroken() throws {
    complain()
    if hasErrors { throw ExitStatus.streamHasErrors }
  }

  /// Refuses to add up what is no chain, and says what of a chain is not in its sum.
  func requireSum() throws {
    let roots = session.streams.indices.filter { session.predecessors(of: $0).isEmpty }
    guard roots.count < 2 else {
      let names = roots.map { session.streams[$0].name }
      throw ExitStatus.usage(
        "these are \(roots.count) networks, not one: name one of them, such as \(names[0]); there are \(names.joined(separator: ", "))"
      )
    }
    let faults = ChainText.faults(session, review)
    for line in faults + ChainText.notes(session, review) { Output.complain(line) }
    guard faults.isEmpty else {
      Output.complain("nothing is added up: the sum would be another model")
      throw ExitStatus.streamHasErrors
    }
  }

  /// Says that a stream by itself holds differences.
  func tellDifferences(stream: Int) {
    if let line = ChainText.differences(session, stream: stream) { Output.complain(line) }
  }
}
