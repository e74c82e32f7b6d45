import Explorer
import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import TerminalScreen
import TestSupport

/// Text as a filter expression: parsed, completed at every place, applied, and typed into the explorer's prompt.
struct FilterInput {
  private let text: String

  /// Reads the text.
  init(_ bytes: [UInt8]) { text = String(decoding: bytes.prefix(2000), as: UTF8.self) }

  private static let rows: [TensorRow] = {
    guard let stream = try? Fixture("cnn_block_bn").session() else { return [] }
    return TensorRow.headers(stream, stream: 0)
  }()

  /// Uses the text everywhere; the sentences say what does not hold.
  func broken() -> [String] { brokenExpression() + brokenCompletion() + brokenPrompt() }

  private func brokenExpression() -> [String] {
    let fields = TensorTable.fields
    do throws(TableError) {
      let kept = try TableSelection(fields, filter: text).rows(Self.rows)
      guard let contrary = try? TableSelection(fields, filter: "not (\(text)\n)") else { return [] }
      let dropped = contrary.rows(Self.rows)
      // A condition and its contrary share the rows among them.
      return kept.count + dropped.count == Self.rows.count
        ? [] : ["\(kept.count) rows fit, \(dropped.count) do not"]
    } catch {
      guard case .filter(let error) = error else { return ["\(error) of a filter"] }
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
      let found = FilterCompletion(of: text, at: place, columns: TensorTable.fields.columns())
      return found.range.lowerBound <= found.range.upperBound && found.range.upperBound <= count
        ? [] : ["the completion at \(place) replaces \(found.range)"]
    }
  }

  private func brokenPrompt() -> [String] {
    guard let bytes = try? Fixture("mlp_iris").bytes() else { return ["no fixture"] }
    let streams = Session([(MemorySource(bytes), "fuzz.nnc")]).opened()
    var found: [String] = []
    for opener: Character in ["&", "/", ":"] {
      var session = ExplorerSession(ExplorerModel(streams, size: Size(60, 16)))
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
