import PlainText
import TerminalScreen
import TestSupport
import Testing

/// Bars and plots.
@Suite struct PlotTests {
  @Test func barsGrowByEighthsAndNeverVanish() {
    var last = 0
    for step in 0...80 {
      let bar = GlyphSet.block.bar(Double(step) / 80, width: 10)
      let eighths = bar.unicodeScalars.reduce(0) { $0 + Int(0x2590 - $1.value) }
      #expect(eighths == step)
      #expect(eighths >= last)
      last = eighths
    }
    #expect(GlyphSet.block.bar(1e-9, width: 10) == "▏")
    #expect(GlyphSet.ascii.bar(1e-9, width: 10) == "|")
    for value in [Double.nan, -1, 0] { #expect(GlyphSet.block.bar(value, width: 10).isEmpty) }
    #expect(GlyphSet.ascii.bar(.infinity, width: 3) == "###")
  }

  @Test func stackedColumnsSumToTheWhole() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      let parts = (0..<Int.random(in: 0...9, using: &random)).map {
        BarPart(.random(in: 0...10, using: &random), series: $0)
      }
      let width = Int.random(in: 0...60, using: &random)
      let columns = StackedBar(parts).columns(width: width)
      #expect(columns.allSatisfy { $0 >= 0 })
      let sum = parts.reduce(0) { $0 + $1.value }
      #expect(columns.reduce(0, +) == (sum > 0 ? width : 0))
    }
    #expect(StackedBar([BarPart(1, series: 0)], whole: 4).columns(width: 40) == [10])
  }

  @Test(arguments: GlyphSet.allCases) func everyPlotCharacterIsOneColumn(_ glyphs: GlyphSet) {
    for step in -1...11 {
      let value = Double(step) / 10
      #expect(CellText.width(glyphs.column(value), glyphs: glyphs) == 1)
      #expect(CellText.width(glyphs.shade(value), glyphs: glyphs) == 1)
      #expect(CellText.width(glyphs.seriesFill(step), glyphs: glyphs) == 1)
    }
    let marks = [
      glyphs.open, glyphs.closed, glyphs.leaf, glyphs.pointer, glyphs.ellipsis,
      glyphs.inferred, glyphs.derived, glyphs.tentative, glyphs.ascending, glyphs.descending,
    ]
    for mark in marks { #expect(CellText.width(mark, glyphs: glyphs) == 1) }
  }
}
