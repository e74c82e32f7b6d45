/// Recursive descent over the tokens of a filter expression; the depth is limited, so the stack is too.
struct FilterParser {
  private let tokens: [FilterToken]
  private let columns: [Column]
  private let length: Int
  private var index = 0
  private var depth = 0
  private var open = 0

  init(_ source: String, columns: [Column]) {
    length = source.utf8.count
    // A text that is too long is not even cut into tokens.
    tokens =
      length <= FilterExpression.lengthLimit
      ? FilterLexer.tokens(source) : [FilterToken(kind: .end, range: length..<length)]
    self.columns = columns
  }

  private var token: FilterToken { tokens[min(index, tokens.count - 1)] }

  mutating func parse() throws(FilterError) -> FilterExpression.Node {
    guard length <= FilterExpression.lengthLimit else {
      throw FilterError(
        reason: .tooLong, range: FilterExpression.lengthLimit..<length, expected: [])
    }
    let node = try parseOr()
    guard token.kind == .end else { throw unexpected([.connective]) }
    return node
  }

  private mutating func parseOr() throws(FilterError) -> FilterExpression.Node {
    let first = try parseAnd()
    var parts = [first]
    while token.keyword == "or" {
      index += 1
      parts.append(try parseAnd())
    }
    return parts.count == 1 ? first : .any(parts)
  }

  private mutating func parseAnd() throws(FilterError) -> FilterExpression.Node {
    let first = try parseNot()
    var parts = [first]
    while token.keyword == "and" {
      index += 1
      parts.append(try parseNot())
    }
    return parts.count == 1 ? first : .all(parts)
  }

  private mutating func parseNot() throws(FilterError) -> FilterExpression.Node {
    let isNot = token.keyword == "not"
    guard isNot || token.kind == .open else { return try parseComparison() }
    guard depth < FilterExpression.depthLimit else {
      throw FilterError(reason: .tooDeep, range: token.range, expected: [])
    }
    depth += 1
    defer { depth -= 1 }
    index += 1
    if isNot { return .not(try parseNot()) }
    open += 1
    let node = try parseOr()
    guard token.kind == .close else { throw unexpected([.connective, .closing]) }
    open -= 1
    index += 1
    return node
  }

  private mutating func parseComparison() throws(FilterError) -> FilterExpression.Node {
    guard case .word(let name) = token.kind else { throw unexpected([.column, .opening]) }
    guard let place = columns.place(of: name) else {
      // A number, as in `5 < qp`, is no attempt at a name.
      if FilterNumber.parse(name) != nil || ["and", "or"].contains(token.keyword) {
        throw unexpected([.column, .opening])
      }
      throw FilterError(
        reason: .unknownColumn(token.shown, near: NearNames.of(name, among: columns.map(\.key))),
        range: token.range, expected: [.column])
    }
    let column = columns[place]
    index += 1
    guard case .comparison(let comparison) = token.kind else {
      if column.kind == .flag { return try parseLoneFlag(place) }
      throw unexpected([.comparison(column.kind)])
    }
    guard column.kind.comparisons.contains(comparison) else {
      throw unexpected([.comparison(column.kind)])
    }
    index += 1
    let operand = try parseOperand(of: column, comparison)
    return .comparison(column: place, comparison, operand)
  }

  private mutating func parseLoneFlag(_ place: Int) throws(FilterError) -> FilterExpression.Node {
    let isEnd = token.kind == .end || token.kind == .close && open > 0
    guard isEnd || ["and", "or"].contains(token.keyword) else {
      throw unexpected([.comparison(.flag)])
    }
    return .comparison(column: place, .equal, .flag(true))
  }

  private mutating func parseOperand(
    of column: Column, _ comparison: FilterComparison
  ) throws(FilterError) -> FilterOperand {
    let isExact = comparison == .equal || comparison == .notEqual
    let expectation: FilterExpectation =
      switch column.kind {
      case .text, .name, .message: .text
      case .shape: comparison.isPiecewise ? .text : .shape
      case .flag: .flag
      case .curve: .missing
      case .number, .size, .percent, .bar: .number
      }
    let word: String
    switch token.kind {
    case .word(let value): word = value
    case .quoted(let value) where column.kind.isText || column.kind == .shape: word = value
    default: throw unexpected([expectation])
    }
    let operand: FilterOperand
    if isExact && token.keyword == "none" {
      operand = .missing
    } else {
      switch column.kind {
      case .shape where !comparison.isPiecewise:
        guard let shape = Shape.dimensions(word) else { throw unexpected([.shape]) }
        operand = .shape(shape)
      case .shape: operand = .text(word, folded: Array(Shape.typed(word).lowercased().utf8))
      case .text, .name, .message:
        guard let text = isExact ? column.value(meant: word) : word else {
          throw FilterError(
            reason: .impossible(token.shown, values: column.examples), range: token.range,
            expected: [])
        }
        operand = .text(text, folded: Array(text.lowercased().utf8))
      case .flag:
        switch token.keyword {
        case "true", "yes", "1": operand = .flag(true)
        case "false", "no", "0": operand = .flag(false)
        default: throw unexpected([.flag])
        }
      case .curve: throw unexpected([.missing])
      case .number, .size, .percent, .bar:
        if let number = FilterNumber.parse(word) {
          operand = .number(number)
        } else if let other = columns.place(of: word), columns[other].kind.isNumeric {
          operand = .column(other)
        } else {
          throw unexpected([.number])
        }
      }
    }
    index += 1
    return operand
  }

  private func unexpected(_ expected: [FilterExpectation]) -> FilterError {
    let reason: FilterError.Reason
    switch token.kind {
    case .end: reason = .unexpectedEnd
    case .unclosedQuote: reason = .unclosedQuote
    case .stray: reason = .strayCharacter(token.shown)
    default: reason = .unexpected(token.shown)
    }
    return FilterError(reason: reason, range: token.range, expected: expected)
  }

  /// What may follow the whole expression, if it can be understood so far.
  mutating func expectationsAtEnd() -> [FilterExpectation] {
    do throws(FilterError) {
      _ = try parse()
      return [.connective]
    } catch {
      return error.reason == .unexpectedEnd ? error.expected : []
    }
  }
}
