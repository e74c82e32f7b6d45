import NNRAnalysis
import PlainText

/// One cell of a table as text.
public enum ValueText {
  /// What stands for a missing value in text tables.
  public static let missing = "–"

  /// The cell for people: grouped digits, percents, and untrusted text made printable and elided.
  public static func human(_ cell: CellValue, in column: Column) -> String {
    switch cell {
    case .missing: return missing
    case .flag(let value): return value ? "yes" : "no"
    case .text(let text): return SafeText.line(text, limit: SafeText.usualLimit)
    case .shape(let sides): return Shape.text(sides)
    case .curve(let shares): return Bar.curve(shares)
    case .integer(let value):
      if column.kind.isText { return String(value) }
      return column.kind == .percent || column.kind == .bar
        ? human(.number(Double(value)), in: column) : NumberFormat.grouped(value)
    case .number(let value):
      if column.kind == .bar { return Bar.text(value, width: column.width) }
      if column.kind.isText || isMinusZero(value) && ofOneWeight.contains(column.key) {
        return NumberFormat.shortest(value)
      }
      if column.kind == .percent && value.isFinite { return NumberFormat.percent(value) }
      // Digits in front of the point are counted things, such as bits.
      if (1000..<1e15).contains(value.magnitude) { return NumberFormat.fixed(value, decimals: 0) }
      return NumberFormat.significant(value)
    }
  }

  /// Two weights with as many digits as tell them apart; whole numbers are not rounded, and a zero keeps its sign.
  public static func weights(_ one: Double, _ other: Double) -> (String, String) {
    func text(_ value: Double, _ rounded: String) -> String {
      if isMinusZero(value) { return NumberFormat.shortest(value) }
      let isWhole = value.magnitude < 1e15 && value.rounded() == value
      return isWhole ? NumberFormat.significant(value, digits: 17) : rounded
    }
    let rounded = NumberFormat.pair(one, other, least: 4)
    return (text(one, rounded.0), text(other, rounded.1))
  }

  /// The columns that show single weights: in all others −0 is 0.
  private static let ofOneWeight: Set = ["min_value", "max_value"]

  private static func isMinusZero(_ value: Double) -> Bool { value == 0 && value.sign == .minus }

  /// The cell for other programs: exact, without units; missing values and numbers that are not finite are empty and
  /// `nan`, `inf`, `-inf`.
  public static func csv(_ cell: CellValue) -> String {
    switch cell {
    case .missing: ""
    case .flag(let value): value ? "1" : "0"
    case .text(let text): SafeText.csvField(text)
    case .shape(let sides): Shape.text(sides)
    case .curve(let shares): shares.map(NumberFormat.shortest).joined(separator: " ")
    case .integer(let value): String(value)
    case .number(let value): NumberFormat.shortest(value)
    }
  }
}

/// Bars of block characters.
enum Bar {
  /// A bar that fills `share` (0 to 1) of `width` columns to an eighth of a column; never empty for more than nothing.
  static func text(_ share: Double, width: Int) -> String {
    guard share.isFinite, share > 0 else { return "" }
    let eighths = max(1, Int((min(share, 1) * Double(width) * 8).rounded()))
    let part = eighths % 8
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[part]
  }

  /// A column for each of `shares` (0 to 1), of eight heights.
  static func curve(_ shares: [Double]) -> String {
    let glyphs: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return String(
      shares.map { $0.isFinite ? glyphs[min(7, Int(min(max($0, 0), 1) * 8))] : " " })
  }
}
