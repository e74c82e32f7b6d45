import PlainText
import TerminalScreen
import TestSupport
import Testing

/// Drawing into the grid: clipping, wide characters, cursor.
@Suite struct GridTests {
  @Test func writesAreClippedToTheirRegion() {
    var grid = Grid(Size(10, 3))
    let rect = Rect(x: 2, y: 1, width: 5, height: 1)
    let after = grid.write("abcdefgh", at: Point(-1, 0), in: rect)
    #expect(after == 7)
    #expect(ScreenText.lines(grid) == ["", "  bcdef", ""])
    grid.write("x", at: Point(0, 1), in: rect)
    grid.write("x", at: Point(0, -1), in: rect)
    #expect(ScreenText.lines(grid) == ["", "  bcdef", ""])
  }

  @Test func halfWideCharactersBecomeBlanks() {
    var grid = Grid(Size(4, 1))
    grid.write("漢字漢", at: Point(-1, 0), in: grid.bounds)
    #expect(ScreenText.plain(grid) == " 字")
    grid.write("漢字", in: grid.bounds)
    grid.write("x", at: Point(1, 0), in: grid.bounds)
    #expect(ScreenText.plain(grid) == " x字")
    grid.fill(Rect(x: 2, y: 0, width: 1, height: 1), with: "-")
    #expect(ScreenText.plain(grid) == " x-")
  }

  @Test func combiningMarksStayWithTheirBase() {
    var grid = Grid(Size(4, 1))
    grid.write("e\u{301}x", in: grid.bounds)
    #expect(grid[0, 0].text == "e\u{301}")
    #expect(grid[1, 0].text == "x")
  }

  @Test func truncationEndsInAnEllipsis() {
    var grid = Grid(Size(5, 2))
    grid.write(fitting: "abcdefgh", in: grid.bounds.row(0))
    grid.write(fitting: "漢字漢字", in: grid.bounds.row(1))
    #expect(ScreenText.lines(grid) == ["abcd…", "漢字…"])
    #expect(StyledText("abc").truncated(to: 0).string.isEmpty)
  }

  @Test func cursorIsClampedIntoTheRegion() {
    var grid = Grid(Size(10, 5))
    grid.placeCursor(Point(99, 99), in: Rect(x: 2, y: 2, width: 3, height: 2))
    #expect(grid.cursor == Point(4, 3))
    grid.cursor = nil
    grid.placeCursor(Point(0, 0), in: Rect(x: 20, y: 0, width: 3, height: 2))
    #expect(grid.cursor == nil)
  }

  @Test func randomDrawingKeepsTheGridSound() {
    var random = SeededGenerator(seed: 7)
    let texts = ["plain", "漢字かな", "e\u{301}\u{302}", "a漢b", "\u{1B}[31m", "🎉🎉", "─│┌"]
    for _ in 0..<300 {
      var grid = Grid(
        Size(.random(in: 0...30, using: &random), .random(in: 0...10, using: &random)))
      for _ in 0..<20 {
        let rect = Rect(
          x: .random(in: -5...35, using: &random), y: .random(in: -5...12, using: &random),
          width: .random(in: 0...30, using: &random), height: .random(in: 0...10, using: &random))
        let text = texts.randomElement(using: &random) ?? ""
        let point = Point(.random(in: -6...30, using: &random), .random(in: -2...9, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: grid.fill(rect, with: text)
        case 1: grid.frame(rect, title: StyledText(text))
        case 2: grid.highlight(rect, .selection)
        default: grid.write(text, at: point, in: rect)
        }
      }
      #expect(isSound(grid))
    }
  }
}

/// Whether every wide character has its second half, and no half is alone.
func isSound(_ grid: Grid) -> Bool {
  for y in 0..<grid.size.height {
    var x = 0
    while x < grid.size.width {
      let cell = grid[x, y]
      guard cell.width == 1 || cell.width == 2 && x + 1 < grid.size.width else { return false }
      guard CellText.width(cell.text, glyphs: grid.glyphs) == Int(cell.width) else { return false }
      if cell.width == 2, grid[x + 1, y].width != 0 { return false }
      x += Int(cell.width)
    }
  }
  return true
}
