import PlainText
import Testing

/// The gate against characters that must not reach a terminal, and widths.
@Suite struct CellTextTests {
  @Test func controlsAreSpelledOut() {
    for code in Array(0..<0x20) + Array(0x7F..<0xA0) {
      guard let scalar = Unicode.Scalar(UInt32(code)) else { continue }
      let digits = String(code, radix: 16)
      let escape = code < 0x80 ? "x" + (digits.count == 1 ? "0" : "") + digits : "u{\(digits)}"
      let expected = "a\\" + escape + "b"
      #expect(CellText.shown("a\(scalar)b") == expected)
      #expect(CellText.width("a\(scalar)b") == expected.count)
    }
    #expect(CellText.shown("\u{1B}]0;title\u{07}") == "\\x1b]0;title\\x07")
    #expect(CellText.shown("\r\n") == "\\x0d\\x0a")
  }

  @Test(
    arguments: [
      0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F, 0x61C,
      0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, 0x34F, 0x180E, 0xFE0F, 0xFE00, 0xE0001, 0xE0041,
      0xE000, 0xF8FF, 0xFFFE, 0x10FFFF, 0x2028, 0x2029, 0xFFF9, 0x3164, 0x115F, 0xFFA0, 0x1F1E6,
      0x1F3FB,
    ] as [UInt32])
  func invisibleAndDeceptiveCharactersAreSpelledOut(_ code: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(code))
    let digits = String(code, radix: 16)
    #expect(CellText.shown("a\(scalar)b") == "a\\u{\(digits)}b")
  }

  @Test func noCodePointReachesTheGridUnsafe() {
    let refused: Set<Unicode.GeneralCategory> = [
      .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
    ]
    for code in UInt32(0)...0x10FFFF {
      // All of the basic plane, samples of the others.
      if code > 0xFFFF, code % 97 != 0 { continue }
      guard let scalar = Unicode.Scalar(code) else { continue }
      CellText.forEach("a\(scalar)", ascii: false) { cell, width in
        let bad = cell.unicodeScalars.contains { refused.contains($0.properties.generalCategory) }
        if bad || !(1...2).contains(width) { Issue.record("U+\(String(code, radix: 16))") }
        return true
      }
    }
  }

  @Test func widths() {
    #expect(CellText.width("abc") == 3)
    #expect(CellText.width("漢字") == 4)
    #expect(CellText.width("한글") == 4)
    #expect(CellText.width("ｆｕ") == 4)
    #expect(CellText.width("🎉") == 2)
    #expect(CellText.width("e\u{301}") == 1)
    #expect(CellText.width("─█▏⣿▶●") == 6)
    #expect(CellText.width("") == 0)
  }

  /// What passes the gate of names passes the gate of the terminal as it is.
  @Test func whatIsPrintableIsShown() {
    var passed = 0
    for value in UInt32(0x20)...0x2_FFFF where value != 0x5C {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a" + String(scalar)
      let line = SafeText.line(text)
      if line == text { passed += 1 }
      if CellText.shown(text) != line { Issue.record("U+\(String(value, radix: 16)): \(line)") }
    }
    #expect(passed > 100_000)
  }

  @Test func marksWithoutBaseOrBeyondMeasureAreSpelledOut() {
    #expect(CellText.shown("\u{301}a") == "\\u{301}a")
    let tower = "a" + String(repeating: "\u{301}", count: 6)
    #expect(CellText.shown(tower).hasSuffix("\\u{301}\\u{301}"))
  }

  @Test func asciiGlyphsSpellEverything() {
    for text in ["▸ 3×4 … σ → é 漢字", "┌─┐│█▁▓", "\u{1B}e\u{301}\u{202E}"] {
      let shown = CellText.shown(text, ascii: true)
      #expect(shown.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
      #expect(CellText.width(text, ascii: true) == shown.count)
    }
    #expect(CellText.shown("▸ 3×4", ascii: true) == "> 3x4")
  }
}
