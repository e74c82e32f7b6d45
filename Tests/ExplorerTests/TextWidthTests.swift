import NNRReport
import TerminalScreen
import Testing

/// The tables of widths for printed text and for cells of the screen agree on whatever both let through.
@Suite struct TextWidthTests {
  @Test func bothTablesAgree() {
    var compared = 0
    var marks = 0
    var wide = 0
    var differ: [String] = []
    for value in UInt32(0x20)...0x2_FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      // Marks are shown on a base only.
      let text = "a" + String(scalar)
      guard CellText.shown(text) == text, SafeText.line(text) == text else { continue }
      let width = CellText.width(text)
      compared += 1
      if width == 1 { marks += 1 }
      if width == 3 { wide += 1 }
      if TextWidth.of(text) != width {
        differ.append("U+\(String(value, radix: 16)): \(TextWidth.of(text) - 1), \(width - 1)")
      }
    }
    #expect(differ.isEmpty, "\(differ.count): \(differ.prefix(40))")
    #expect(compared > 100_000 && marks > 1_000 && wide > 90_000)
  }
}
