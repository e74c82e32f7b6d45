import Ordering

/// A condition on the rows of a table, such as `qp > -20 and not (name ~ conv or sparsity >= 50%)`.
///
/// ```
/// or         = and { "or" and }
/// and        = not { "and" not }
/// not        = "not" not | "(" or ")" | comparison
/// comparison = column ( "==" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~" ) value | flag column
/// value      = number | text | "true" | "false" | "none" | numeric column, after a numeric column
/// ```
/// `=` and `<>` are taken for `==` and `!=`. `~` asks whether text holds a piece, without regard to case; text compares
/// in natural order. A word of which a column has only a few is understood in either case and without the prefix of the
/// standard; shapes are written with `x` or `×`. A comparison with a missing value is false, except `== none`. `and`
/// binds closer than `or`.
public struct FilterExpression: Hashable, Sendable {
  /// How deep parentheses and `not` may lie within each other.
  public static let depthLimit = 64
  /// The most bytes of an expression.
  public static let lengthLimit = 65_536

  /// The expression as it was typed.
  public let source: String
  let root: Node

  /// The condition that `source` spells over `columns`; throws what is wrong and where.
  ///
  /// Takes linear time.
  public init(parsing source: String, columns: [Column]) throws(FilterError) {
    self.source = source
    var parser = FilterParser(source, columns: columns)
    root = try parser.parse()
  }

  /// True if the row meets the condition; `cell` gives the row's value in the column of a place, counted in those that
  /// the condition was parsed over.
  public func matches(_ cell: (Int) -> CellValue) -> Bool { root.matches(cell) }

  indirect enum Node: Hashable, Sendable {
    case all([Node])
    case any([Node])
    case not(Node)
    case comparison(column: Int, FilterComparison, FilterOperand)

    func matches(_ cell: (Int) -> CellValue) -> Bool {
      switch self {
      case .all(let parts): parts.allSatisfy { $0.matches(cell) }
      case .any(let parts): parts.contains { $0.matches(cell) }
      case .not(let part): !part.matches(cell)
      case .comparison(let column, let comparison, let operand):
        operand.matches(cell(column), comparison, cell)
      }
    }
  }
}

/// The right side of a comparison.
enum FilterOperand: Hashable, Sendable {
  case number(Double)
  /// A piece of text and its letters in lower case.
  case text(String, folded: [UInt8])
  case flag(Bool)
  case shape([Int])
  /// Another column, by its place.
  case column(Int)
  case missing

  func matches(
    _ value: CellValue, _ comparison: FilterComparison, _ cell: (Int) -> CellValue
  ) -> Bool {
    switch self {
    case .missing: return (value == .missing) == (comparison == .equal)
    case .number(let number): return Self.compare(value.number, comparison, number)
    case .column(let place): return Self.compare(value.number, comparison, cell(place).number)
    case .shape(let shape):
      guard case .shape = value else { return false }
      return comparison.holds(CellValue.compare(value, .shape(shape)))
    case .flag(let flag):
      guard let number = value.number else { return false }
      return ((number != 0) == flag) == (comparison == .equal)
    case .text(let text, let folded):
      let string: String
      switch value {
      case .text(let own): string = own
      case .shape(let sides): string = Shape.typed(sides)
      case .integer, .number:
        // Elements have values of all sorts: numbers are compared as such.
        if !comparison.isPiecewise, let number = FilterNumber.parse(text) {
          return Self.compare(value.number, comparison, number)
        }
        string = if case .integer(let whole) = value { "\(whole)" } else { "\(value.number ?? 0)" }
      case .flag, .curve, .missing: return false
      }
      switch comparison {
      case .contains: return Self.contains(string, folded)
      case .containsNot: return !Self.contains(string, folded)
      case .equal: return string == text
      case .notEqual: return string != text
      default: return comparison.holds(NaturalOrder.compare(string, text))
      }
    }
  }

  private static func compare(
    _ left: Double?, _ comparison: FilterComparison, _ right: Double?
  ) -> Bool {
    guard let left, let right else { return false }
    switch comparison {
    case .equal: return left == right || left.isNaN && right.isNaN
    case .notEqual: return left != right && !(left.isNaN && right.isNaN)
    default:
      return !left.isNaN && !right.isNaN
        && comparison.holds(left < right ? -1 : left > right ? 1 : 0)
    }
  }

  /// Whether the lower-case form of `text` holds `piece`; linear time (Knuth, Morris and Pratt), for both are untrusted.
  static func contains(_ text: String, _ piece: [UInt8]) -> Bool {
    guard !piece.isEmpty else { return true }
    var borders = [0]
    var border = 0
    for index in piece.indices.dropFirst() {
      while border > 0 && piece[index] != piece[border] { border = borders[border - 1] }
      if piece[index] == piece[border] { border += 1 }
      borders.append(border)
    }
    var matched = 0
    for byte in text.lowercased().utf8 {
      while matched > 0 && byte != piece[matched] { matched = borders[matched - 1] }
      if byte == piece[matched] { matched += 1 }
      if matched == piece.count { return true }
    }
    return false
  }
}
