import TerminalScreen
import TestSupport
import Testing

/// Widgets: snapshots, and that none draws outside its region at any size.
@Suite struct WidgetTests {
  @Test(arguments: [GlyphSet.block, .ascii]) func snapshots(_ glyphs: GlyphSet) {
    for (name, widget, size) in WidgetCatalog.all(glyphs) {
      var grid = Grid(size, glyphs: glyphs)
      grid.draw(widget, in: grid.bounds)
      assertSnapshot(grid, named: "\(name)-\(glyphs.rawValue)")
    }
  }

  @Test func monochromeSnapshot() {
    var text = ""
    for (name, widget, size) in WidgetCatalog.all(.block) {
      var grid = Grid(size)
      grid.draw(widget, in: grid.bounds)
      text += "\(name)\n\(ScreenText.monochrome(grid))\n\n"
    }
    assertSnapshot(text, named: "monochrome")
  }

  @Test func brailleSnapshot() {
    var grid = Grid(Size(40, 5), glyphs: .braille)
    for (name, widget, _) in WidgetCatalog.all(.braille) where name == "histogram" {
      grid.draw(widget, in: grid.bounds.rows(from: 0, count: 5))
    }
    assertSnapshot(grid, named: "plots-braille")
  }

  @Test(arguments: GlyphSet.allCases) func nothingLeavesItsRegion(_ glyphs: GlyphSet) {
    let sentinel = Style.error.on(.match)
    let widths = Array(0...14) + [40, 500]
    for (name, widget, _) in WidgetCatalog.all(glyphs) {
      for width in widths {
        for height in Array(0...9) + (width == 500 ? [200] : []) {
          var grid = Grid(Size(width + 4, height + 4), glyphs: glyphs)
          grid.fill(grid.bounds, with: "x", style: sentinel)
          let rect = Rect(x: 2, y: 2, width: width, height: height)
          grid.draw(widget, in: rect)
          #expect(isSound(grid), "\(name) \(width)x\(height)")
          let leaks = (0..<grid.size.height).contains { y in
            (0..<grid.size.width).contains { x in
              !rect.contains(Point(x, y))
                && (grid[x, y].style != sentinel || grid[x, y].text != "x")
            }
          }
          #expect(!leaks, "\(name) \(width)x\(height)")
          if let cursor = grid.cursor { #expect(rect.contains(cursor), "\(name)") }
        }
      }
    }
  }

  @Test(arguments: [Size(0, 0), Size(1, 1), Size(500, 200)]) func extremeScreens(_ size: Size) {
    for (_, widget, _) in WidgetCatalog.all(.block) {
      var grid = Grid(size)
      grid.draw(widget, in: grid.bounds)
      let inside = grid.frame(grid.bounds, title: "title", note: "note")
      grid.divider(inside, title: "title")
      #expect(isSound(grid))
    }
  }

  @Test func tableDropsItsLeastImportantColumnsFirst() {
    let columns = [
      TableColumn("a", width: 5, priority: 2), TableColumn("b", width: 5),
      TableColumn("c", width: 5, priority: 1),
    ]
    let table = TableView(ListState(), columns: columns, count: 0) { _ in [] }
    #expect(table.placement(width: 17).map(\.column) == [0, 1, 2])
    #expect(table.placement(width: 16).map(\.column) == [0, 2])
    #expect(table.placement(width: 5).map(\.column) == [0])
    #expect(table.placement(width: 3).map(\.width) == [3])
    #expect(table.placement(width: 0).isEmpty)
  }

  @Test func mouseFindsWhatWasDrawn() throws {
    let rect = Rect(x: 2, y: 3, width: 40, height: 5)
    let list = ListView(ListState(selection: 9, top: 7), count: 20) { _ in "" }
    #expect(list.index(at: Point(5, 4), in: rect) == 8)
    #expect(list.index(at: Point(5, 8), in: rect) == nil)
    let hex = HexView(start: 0x100, bytes: Array(0...255), bytesPerRow: 8)
    let first = UInt64(0x100) * 8
    #expect(hex.bit(at: Point(2 + 8, 3), in: rect) == first)
    #expect(hex.bit(at: Point(2 + 9, 4), in: rect) == first + 64 + 4)
    let footer = Footer([KeyHint("q", "quit"), KeyHint("?", "help")])
    #expect(footer.hint(at: Point(2 + 1, 3), in: rect)?.key == "q")
    #expect(footer.hint(at: Point(2 + 9, 3), in: rect)?.key == "?")
  }
}
