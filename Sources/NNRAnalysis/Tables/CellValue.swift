import Ordering

/// The value of one cell.
public enum CellValue: Hashable, Sendable {
  /// A whole number.
  case integer(Int)
  /// A real number, maybe not finite.
  case number(Double)
  /// Text, as it stands in the stream: not safe to print.
  case text(String)
  /// True or false.
  case flag(Bool)
  /// The sides of a tensor.
  case shape([Int])
  /// Shares, 0 to 1, one after the other.
  case curve([Double])
  /// There is no value.
  case missing

  /// The value as a number; flags are 0 and 1; nil for whatever is no number.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .flag(let value): value ? 1 : 0
    case .text, .shape, .curve, .missing: nil
    }
  }

  /// Whether it stays at the end in both directions when sorted.
  public var isLast: Bool {
    if case .number(let value) = self { return value.isNaN }
    return self == .missing
  }
}

extension CellValue {
  /// Where `left` stands to `right` when sorted: less than 0 before, greater after, 0 the same place.
  ///
  /// Numbers by value (whole numbers exactly) with NaN after all others, then text in natural order, shapes side by side,
  /// curves, missing values last.
  public static func compare(_ left: CellValue, _ right: CellValue) -> Int {
    switch (left, right) {
    case (.integer(let a), .integer(let b)): return a < b ? -1 : a > b ? 1 : 0
    case (.text(let a), .text(let b)): return NaturalOrder.compare(a, b)
    case (.shape(let a), .shape(let b)):
      return a.lexicographicallyPrecedes(b) ? -1 : b.lexicographicallyPrecedes(a) ? 1 : 0
    case (.curve(let a), .curve(let b)):
      return a.lexicographicallyPrecedes(b) ? -1 : b.lexicographicallyPrecedes(a) ? 1 : 0
    default:
      guard let a = left.number, let b = right.number else { return left.rank - right.rank }
      if a.isNaN || b.isNaN { return (a.isNaN ? 1 : 0) - (b.isNaN ? 1 : 0) }
      return a < b ? -1 : a > b ? 1 : 0
    }
  }

  /// Where values of a sort stand to those of others.
  private var rank: Int {
    switch self {
    case .integer, .number, .flag: 0
    case .text: 1
    case .shape: 2
    case .curve: 3
    case .missing: 4
    }
  }
}

/// What can stand in a cell.
public protocol CellConvertible: Sendable {
  /// The kind of a column of such values unless another is named.
  static var kind: Column.Kind { get }
  /// The value of the cell.
  var cell: CellValue { get }
}

extension Int: CellConvertible {
  /// A number.
  public static var kind: Column.Kind { .number }
  /// A whole number.
  public var cell: CellValue { .integer(self) }
}

extension Double: CellConvertible {
  /// A number.
  public static var kind: Column.Kind { .number }
  /// A real number.
  public var cell: CellValue { .number(self) }
}

extension String: CellConvertible {
  /// Text.
  public static var kind: Column.Kind { .text }
  /// Text.
  public var cell: CellValue { .text(self) }
}

extension Bool: CellConvertible {
  /// True or false.
  public static var kind: Column.Kind { .flag }
  /// True or false.
  public var cell: CellValue { .flag(self) }
}

extension [Int]: CellConvertible {
  /// The sides of a tensor.
  public static var kind: Column.Kind { .shape }
  /// The sides of a tensor.
  public var cell: CellValue { .shape(self) }
}

extension CellValue: CellConvertible {
  /// A number.
  public static var kind: Column.Kind { .number }
  /// Itself.
  public var cell: CellValue { self }
}
