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
    case .text(let text): return SafeText.elided(text)
    case .integer(let value):
      if column.kind == .percent { return NumberFormat.percent(Double(value)) }
      return NumberFormat.grouped(value)
    case .number(let value):
      if column.kind == .percent && value.isFinite { return NumberFormat.percent(value) }
      // Digits in front of the point are counted things, such as bits.
      if (1000..<1e15).contains(value.magnitude) { return NumberFormat.fixed(value, decimals: 0) }
      return NumberFormat.significant(value)
    }
  }

  /// The cell for other programs: exact, without units; missing values and numbers that are not finite are empty and
  /// `nan`, `inf`, `-inf`.
  public static func csv(_ cell: CellValue) -> String {
    switch cell {
    case .missing: ""
    case .flag(let value): value ? "1" : "0"
    case .text(let text): SafeText.csvField(text)
    case .integer(let value): String(value)
    case .number(let value): NumberFormat.shortest(value)
    }
  }
}
