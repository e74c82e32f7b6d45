import Explorer
import NNRAnalysis
import NNRReport
import TerminalScreen
import TestSupport

/// Text as a filter expression: parsed, completed at every place, applied, and typed into the explorer's prompt.
struct FilterInput {
  private let text: String

  /// Reads the text.
  init(_ bytes: [UInt8]) { text = String(decoding: bytes.prefix(2000), as: UTF8.self) }

  private static let table: Table = {
    guard let stream = try? Fixture("cnn_block_bn").session() else { return Table(columns: []) }
    return TensorTable.table(TensorRow.headers(stream, stream: 0))
  }()

  /// Uses the text everywhere; the sentences say what does not hold.
  func broken() -> [String] { brokenExpression() + brokenCompletion() + brokenPrompt() }

  private func brokenExpression() -> [String] {
    let columns = TensorTable.columns
    do throws(FilterError) {
      let filter = try FilterExpression(parsing: text, columns: columns)
      let kept = Self.table.filtered(by: filter)
      let negated = try? FilterExpression(parsing: "not (\(text)\n)", columns: columns)
      guard let negated else { return [] }
      let dropped = Self.table.filtered(by: negated)
      // A condition and its contrary share the rows among them.
      return kept.rows.count + dropped.rows.count == Self.table.rows.count
        ? [] : ["\(kept.rows.count) rows fit, \(dropped.rows.count) do not"]
    } catch {
      let limit = text.utf8.count
      let isInside = error.range.lowerBound >= 0 && error.range.upperBound <= limit
      return isInside && !error.description.isEmpty
        ? [] : ["the error is at \(error.range) of \(limit)"]
    }
  }

  private func brokenCompletion() -> [String] {
    let count = text.utf8.count
    let step = max(1, count / 24)
    return stride(from: 0, through: count, by: step).flatMap { place -> [String] in
      let found = FilterCompletion(of: text, at: place, columns: TensorTable.columns)
      return found.range.lowerBound <= found.range.upperBound && found.range.upperBound <= count
        ? [] : ["the completion at \(place) replaces \(found.range)"]
    }
  }

  private func brokenPrompt() -> [String] {
    guard let stream = try? Fixture("mlp_iris").stream() else { return ["no fixture"] }
    var found: [String] = []
    for opener: Character in ["&", "/", ":"] {
      var session = ExplorerSession(ExplorerModel([(stream, "")], size: Size(60, 16)))
      session.press([Key(opener)])
      for character in text.prefix(60) {
        let key: Key =
          switch character {
          case "\t": Key(.tab)
          case "\n": Key(.enter)
          case "\u{8}": Key(.backspace)
          default: Key(character)
          }
        session.press([key])
      }
      found += ScreenInvariants.broken(session.model)
      session.press([Key(.enter)])
      session.work { $0 != .decode }
      found += ScreenInvariants.broken(session.model)
    }
    return found
  }
}
