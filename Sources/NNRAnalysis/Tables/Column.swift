import Ordering

/// One column of a table, as text, CSV, JSON and the terminal show it.
public struct Column: Hashable, Sendable {
  /// What the values of a column are.
  public enum Kind: Hashable, Sendable {
    /// A number without a unit.
    case number
    /// Text.
    case text
    /// True or false.
    case flag
    /// A number of bytes.
    case size
    /// A share, 0 to 1, shown in percent.
    case percent

    /// True if the values are compared as numbers.
    public var isNumeric: Bool { self == .number || self == .size || self == .percent }
  }

  /// Where the cells of a column stand.
  public enum Alignment: Hashable, Sendable {
    /// At the left edge.
    case left
    /// At the right edge.
    case right
  }

  /// The name in `--columns`, `--sort`, `--filter`, CSV and JSON.
  public var key: String
  /// The heading for people.
  public var title: String
  /// What the values are.
  public var kind: Kind
  /// What the column says, in a sentence.
  public var summary: String
  /// Where its cells stand.
  public var alignment: Alignment
  /// What goes first when room is short: a lower number stays longer, and 0 always stays.
  public var priority: Int
  /// Values that are likely to be looked for, as candidates for completion.
  public var examples: [String]

  /// A column; text stands left and numbers right unless said otherwise, and the title is the key unless given.
  public init(
    _ key: String, title: String? = nil, kind: Kind, summary: String = "",
    alignment: Alignment? = nil, priority: Int = 5, examples: [String] = []
  ) {
    self.key = key
    self.title = title ?? key
    self.kind = kind
    self.summary = summary
    self.alignment = alignment ?? (kind.isNumeric ? .right : .left)
    self.priority = priority
    self.examples = examples
  }
}

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
  /// There is no value.
  case missing

  /// The value as a number; flags are 0 and 1; nil for text and missing values.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .flag(let value): value ? 1 : 0
    case .text, .missing: nil
    }
  }
}

extension CellValue {
  /// Where `left` stands to `right` when sorted: less than 0 before, greater after, 0 the same place.
  ///
  /// Numbers by value (whole numbers exactly) with NaN after all others, then text in natural order, missing values
  /// last.
  public static func compare(_ left: CellValue, _ right: CellValue) -> Int {
    switch (left, right) {
    case (.missing, .missing): return 0
    case (.missing, _): return 1
    case (_, .missing): return -1
    case (.text(let a), .text(let b)): return NaturalOrder.compare(a, b)
    case (.text, _): return 1
    case (_, .text): return -1
    case (.integer(let a), .integer(let b)): return a < b ? -1 : a > b ? 1 : 0
    default:
      let a = left.number ?? .nan
      let b = right.number ?? .nan
      if a.isNaN || b.isNaN { return (a.isNaN ? 1 : 0) - (b.isNaN ? 1 : 0) }
      return a < b ? -1 : a > b ? 1 : 0
    }
  }
}
