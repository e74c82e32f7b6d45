/// What can be typed at a place of a filter expression.
public struct FilterCompletion: Hashable, Sendable {
  /// The bytes (UTF-8) that a candidate replaces: the word begun before the cursor, maybe empty.
  public var range: Range<Int>
  /// What the grammar allows here; empty if what comes before is wrong.
  public var expected: [FilterExpectation]
  /// Words that may stand here and begin with what was typed.
  public var candidates: [String]

  /// The completion of `source` with the cursor after `position` UTF-8 bytes (brought into the text if outside).
  public init(of source: String, at position: Int, columns: [Column]) {
    let bytes = Array(source.utf8.prefix(max(0, position)))
    var start = bytes.count
    let text = String(decoding: bytes, as: UTF8.self)
    if text.utf8.count == bytes.count, bytes.count <= FilterExpression.lengthLimit,
      let last = FilterLexer.tokens(text).dropLast().last, last.range.upperBound == bytes.count,
      case .word = last.kind
    {
      start = last.range.lowerBound
    }
    range = start..<bytes.count
    let before = String(decoding: bytes[..<start], as: UTF8.self)
    let begun = String(decoding: bytes[start...], as: UTF8.self).lowercased()
    var parser = FilterParser(before, columns: columns)
    expected = before.allSatisfy(\.isWhitespace) ? [.column, .opening] : parser.expectationsAtEnd()
    var words: [String] = []
    for expectation in expected {
      switch expectation {
      case .column: words += columns.map(\.key)
      case .opening: words += ["not", "("]
      case .comparison(let kind):
        words += kind.comparisons.map(\.rawValue) + (kind == .flag ? ["and", "or"] : [])
      case .connective: words += ["and", "or"]
      case .closing: words += [")"]
      case .flag: words += ["true", "false", "none"]
      case .number: words += columns.filter { $0.kind.isNumeric }.map(\.key)
      case .text, .shape: words += Self.examples(after: before, columns)
      case .missing: words += ["none"]
      }
    }
    candidates = words.filter { $0.lowercased().hasPrefix(begun) }
  }

  private static func examples(after before: String, _ columns: [Column]) -> [String] {
    let words = FilterLexer.tokens(before).suffix(3)
    guard case .word(let key)? = words.first?.kind else { return [] }
    return columns.place(of: key).map { columns[$0].examples } ?? []
  }
}
