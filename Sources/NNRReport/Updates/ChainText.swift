import NNRModel
import PlainText

/// What the headers tell of a chain of updates, as lines that are safe to print.
public enum ChainText {
  /// What keeps the streams from being a chain, a line for each stream, and how they would be one; empty if nothing does.
  public static func faults(_ session: Session, _ review: ChainReview) -> [String] {
    var lines: [String] = []
    for stream in Set(review.faults.map(\.stream)).sorted() {
      let found = review.faults.filter { $0.stream == stream }
      guard let first = found.first else { continue }
      let total = session.directory(stream).tensors.count
      let share = found.count == total ? "all" : "\(found.count) of \(total)"
      lines.append(
        "\(name(session, stream)) holds differences to versions that are not before it (\(share) of its tensors): "
          + "\(first.rule.id) unit \(first.unit), \(SafeText.line(first.message, limit: SafeText.usualLimit))"
      )
    }
    guard !lines.isEmpty else { return [] }
    return lines + [remedy(session, review)]
  }

  /// The order that fits, or what is missing.
  private static func remedy(_ session: Session, _ review: ChainReview) -> String {
    if let order = session.orderThatFits(review) {
      return "the order that fits: " + order.map { name(session, $0) }.joined(separator: " ")
    }
    let orphans = review.faults.allSatisfy { $0.rule == .u10 }
    return orphans
      ? "name the streams that it builds on before it, the base first"
      : "no order of these streams fits: a round is missing, or of another chain; nnrscope updates shows the tree"
  }

  /// What of the streams is not in their sum, or is in it otherwise than it may look.
  public static func notes(_ session: Session, _ review: ChainReview) -> [String] {
    review.unused.map {
      "\(name(session, $0)) is not in the sum: what comes behind it builds on other versions or replaces it"
    }
      + review.unnamed.map {
        "\(name(session, $0)) names no parent, though it is an update by its depth: it replaces what was before, it is not added"
      }
  }

  /// The same about one stream by itself: that it holds differences.
  public static func differences(_ session: Session, stream: Int) -> String? {
    let units = session.directory(stream).byUnit.keys
    let count = units.count { session.streams[stream].compressedDataUnit($0)?.parent != nil }
    guard count > 0 else { return nil }
    let share = count == units.count ? "all" : "\(count) of \(units.count)"
    return
      "\(name(session, stream)) is an update: \(share) of its units are differences to a parent, not weights"
  }

  private static func name(_ session: Session, _ stream: Int) -> String {
    SafeText.line(session.streams[stream].name, limit: SafeText.usualLimit)
  }
}
