/// A condition or a count of the syntax: numbers, elements read before, variables, operators.
///
/// It is data, so that the same expression is evaluated by the parser, printed in the help and shown with the values of
/// its operands. Arithmetic saturates.
public indirect enum Expression: Sendable {
  /// The operators, with their spelling.
  public enum Operator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case bitAnd = "&"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case and = "&&"
    case or = "||"
  }

  case constant(Int)
  case element(Element)
  case variable(Variable)
  case binary(Operator, Expression, Expression)
}

/// A value that conditions use and that is not itself an element: from another unit, or worked out.
public struct Variable: Sendable {
  /// The name in conditions.
  public let name: String
  /// What it is, as a formula or a sentence.
  public let meaning: String
  /// Works it out.
  let evaluate: @Sendable (any SyntaxScope) -> Int
}

/// Where the values of expressions come from: a parser or a writer in the middle of a unit.
public protocol SyntaxScope {
  /// The last value of `element` that was read, nil if none.
  func value(of element: Element) -> Int?
  /// How often `element` was read so far.
  func count(of element: Element) -> Int
  /// All values of `element` read so far, in order.
  func values(of element: Element) -> [Int]
  /// The last text of `element`, nil if none was read.
  func text(of element: Element) -> [UInt8]?
  /// What is known from outside of the unit.
  var context: UnitContext { get }
  /// The choice between the ways an uncertain syntax can be read.
  var reading: Reading { get }
  /// The next bit, counted from the first one of the unit or message.
  var position: Int { get }
}

extension Expression {
  /// The value; comparisons give 0 or 1.
  public func evaluate(in scope: some SyntaxScope) -> Int {
    switch self {
    case .constant(let value): value
    case .element(let element): scope.value(of: element) ?? element.inferred ?? 0
    case .variable(let variable): variable.evaluate(scope)
    case .binary(.and, let left, let right):
      left.holds(in: scope) && right.holds(in: scope) ? 1 : 0
    case .binary(.or, let left, let right):
      left.holds(in: scope) || right.holds(in: scope) ? 1 : 0
    case .binary(let operation, let left, let right):
      operation.apply(left.evaluate(in: scope), right.evaluate(in: scope))
    }
  }

  /// Whether the value is not 0.
  public func holds(in scope: some SyntaxScope) -> Bool { evaluate(in: scope) != 0 }

  /// The elements and variables in it, in the order of the text, each with its value.
  public func operands(in scope: some SyntaxScope) -> [(name: String, value: Int)] {
    var found: [(name: String, value: Int)] = []
    visitOperands { name, expression in
      if !found.contains(where: { $0.name == name }) {
        found.append((name, expression.evaluate(in: scope)))
      }
    }
    return found
  }

  /// Calls `visit` for every element and variable in it.
  func visitOperands(_ visit: (String, Expression) -> Void) {
    switch self {
    case .constant: break
    case .element(let element): visit(element.name, self)
    case .variable(let variable): visit(variable.name, self)
    case .binary(_, let left, let right):
      left.visitOperands(visit)
      right.visitOperands(visit)
    }
  }
}

extension Expression.Operator {
  /// The result for two numbers, saturated.
  func apply(_ left: Int, _ right: Int) -> Int {
    switch self {
    case .add: left.saturatingAdd(right)
    case .subtract: left.saturatingAdd(right == .min ? .max : -right)
    case .bitAnd: left & right
    case .equal: left == right ? 1 : 0
    case .notEqual: left != right ? 1 : 0
    case .less: left < right ? 1 : 0
    case .lessOrEqual: left <= right ? 1 : 0
    case .greater: left > right ? 1 : 0
    case .greaterOrEqual: left >= right ? 1 : 0
    case .and: left != 0 && right != 0 ? 1 : 0
    case .or: left != 0 || right != 0 ? 1 : 0
    }
  }
}

extension Int {
  /// The sum, or the nearest number there is.
  public func saturatingAdd(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other > 0 ? .max : .min) : sum
  }

  /// The product, or the nearest number there is.
  public func saturatingMultiply(_ other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
  }
}

extension Expression: CustomStringConvertible {
  /// The text as in a syntax table.
  public var description: String { text(inside: nil) }

  private func text(inside outer: Operator?) -> String {
    switch self {
    case .constant(let value): return "\(value)"
    case .element(let element): return element.name
    case .variable(let variable): return variable.name
    case .binary(let operation, let left, let right):
      let text =
        "\(left.text(inside: operation)) \(operation.rawValue) \(right.text(inside: operation))"
      guard let outer, outer != operation else { return text }
      return operation.isComparison && (outer == .and || outer == .or) ? text : "(\(text))"
    }
  }
}

extension Expression.Operator {
  /// Whether the result is a truth value made of two numbers.
  var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }
}

extension Expression: ExpressibleByIntegerLiteral {
  /// A constant.
  public init(integerLiteral value: Int) { self = .constant(value) }
}
