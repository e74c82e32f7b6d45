/// What may stand at a place of a filter expression.
public enum FilterExpectation: Hashable, Sendable {
  /// The name of a column.
  case column
  /// `not` or `(`.
  case opening
  /// A comparison; `~` and `!~` only after text.
  case comparison(Column.Kind)
  /// A number or the name of a numeric column.
  case number
  /// Text, quoted or not.
  case text
  /// Dimensions.
  case shape
  /// `true` or `false`.
  case flag
  /// `none`.
  case missing
  /// `and` or `or`.
  case connective
  /// `)`.
  case closing

  var phrase: String {
    switch self {
    case .column: "a column"
    case .opening: "“not” or “(”"
    case .comparison(let kind):
      "a comparison (" + kind.comparisons.map(\.rawValue).joined(separator: " ") + ")"
        + (kind == .flag ? ", “and” or “or”" : "")
    case .number: "a number"
    case .text: "text"
    case .shape: "dimensions such as 32x16x3x3"
    case .flag: "true or false"
    case .missing: "none"
    case .connective: "“and” or “or”"
    case .closing: "“)”"
    }
  }
}

extension Column.Kind {
  /// The comparisons that such a column allows.
  var comparisons: [FilterComparison] {
    let ordered: [FilterComparison] = [.less, .lessOrEqual, .greater, .greaterOrEqual]
    return switch self {
    case .text, .name, .message, .shape:
      [.equal, .notEqual, .contains, .containsNot] + ordered
    case .flag, .curve: [.equal, .notEqual]
    case .number, .size, .percent, .bar: [.equal, .notEqual] + ordered
    }
  }
}

/// Why a filter expression cannot be understood, and where.
public struct FilterError: Error, Hashable, Sendable {
  /// The kinds of mistakes.
  public enum Reason: Hashable, Sendable {
    /// The expression ends too early.
    case unexpectedEnd
    /// A word or sign that cannot stand here.
    case unexpected(String)
    /// No column has this name; those most like it.
    case unknownColumn(String, near: [String])
    /// A value that no row has there; those that there are.
    case impossible(String, values: [String])
    /// A quotation mark without its partner.
    case unclosedQuote
    /// A sign that no expression holds.
    case strayCharacter(String)
    /// More than 64 parentheses or `not` within each other.
    case tooDeep
    /// More than 65,536 bytes.
    case tooLong
  }

  /// What is wrong.
  public var reason: Reason
  /// Where, in UTF-8 bytes from the start of the expression.
  public var range: Range<Int>
  /// What could stand there instead; empty if that does not help.
  public var expected: [FilterExpectation]
}

extension FilterError: CustomStringConvertible {
  /// A sentence for a person, with the place counted from 1; may hold what the user typed.
  public var description: String {
    var text = "at \(range.lowerBound + 1): "
    switch reason {
    case .unexpectedEnd: text += "the expression ends too early"
    case .unexpected(let what): text += "unexpected “\(what)”"
    case .unknownColumn(let name, let near):
      text += "there is no column “\(name)”"
      if !near.isEmpty { text += "; did you mean \(near.joined(separator: ", "))?" }
      return text
    case .impossible(let what, let values):
      return text + "there is no “\(what)” here; there is \(values.joined(separator: ", "))"
    case .unclosedQuote: return text + "a quotation mark is not closed"
    case .strayCharacter(let what): text += "“\(what)” cannot be used here"
    case .tooDeep: return text + "more than \(FilterExpression.depthLimit) levels of parentheses"
    case .tooLong: return text + "the expression is too long"
    }
    if !expected.isEmpty {
      text += "; expected " + expected.map(\.phrase).joined(separator: ", ")
    }
    return text
  }
}
