import NNRAnalysis
import NNRSyntax

/// Colours of text that is printed: escape sequences of a terminal, or nothing.
public struct TextPaint: Sendable {
  /// The basic colours and weights that are used.
  enum Ink: String {
    case bold = "1"
    case faint = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case blue = "34"
    case cyan = "36"
  }

  /// Text as it is.
  public static let none = TextPaint(isOn: false)
  /// Colours of a terminal.
  public static let terminal = TextPaint(isOn: true)

  private let isOn: Bool

  /// A text in a colour; nothing stays nothing.
  func text(_ text: String, _ ink: Ink?) -> String {
    guard isOn, let ink, !text.isEmpty else { return text }
    return "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m"
  }

  /// The colour of a cell; nil for the terminal's own.
  func ink(of value: CellValue, in column: Column) -> Ink? {
    guard isOn else { return nil }
    if value == .missing { return .faint }
    if column.key == "severity", case .text(let word) = value {
      return Severity(rawValue: word).map(Self.ink)
    }
    return switch column.kind {
    case .name: .cyan
    case .bar, .curve: .blue
    case .message: .red
    default: nil
    }
  }

  /// The lines of a check: the letters of severities have their colours.
  public func findings(_ text: String) -> String {
    lines(text) { line in
      for severity in Severity.allCases {
        let mark = "  \(severity.letter) "
        if line.hasPrefix(mark) {
          return "  " + self.text("\(severity.letter)", Self.ink(severity)) + line.dropFirst(3)
        }
      }
      return String(line)
    }
  }

  /// The lines of a comparison: what is new, gone or changed.
  public func differences(_ text: String) -> String {
    lines(text) { line in
      if line.hasPrefix("--- ") || line.hasPrefix("+++ ") { return self.text(String(line), .bold) }
      let ink: Ink? =
        switch line.first {
        case "+": .green
        case "-": .red
        case "~": .yellow
        default: nil
        }
      return self.text(String(line), ink)
    }
  }

  private func lines(_ text: String, _ paint: (Substring) -> String) -> String {
    guard isOn else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(paint)
      .joined(separator: "\n")
  }

  private static func ink(_ severity: Severity) -> Ink {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .info: .blue
    }
  }
}
