import Explorer
import TerminalScreen
import TestSupport
import Testing

/// Screens in all sizes and glyph sets; colour stands in the snapshots as roles.
@Suite struct ScreenSnapshotTests {
  private static let sizes = [Size(120, 40), Size(80, 24), Size(40, 10), Size(1, 1)]

  @Test(arguments: sizes, [GlyphSet.block, .ascii])
  func aTensorOfADigitsNetwork(_ size: Size, _ glyphs: GlyphSet) throws {
    var session = try ExplorerSession("cnn_digits_pyt", size: size)
    session.command("tensor conv2.weight")
    session.command("element count_tensor_dimensions")
    assertSnapshot(
      session.model.draw(glyphs: glyphs), named: "digits-\(size.width)x\(size.height)-\(glyphs)")
  }

  @Test(arguments: [Size(120, 40), Size(80, 24)])
  func theModelByNames(_ size: Size) throws {
    var session = try ExplorerSession("cnn_digits_pyt", size: size)
    session.keys("t")
    assertSnapshot(session.model.draw(), named: "model-\(size.width)x\(size.height)")
  }

  @Test func decodedWeights() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("tensor fc.weight")
    #expect(session.screen.contains("entropy"))
    #expect(session.screen.contains("█"))
  }

  @Test func rareUnits() throws {
    var session = try ExplorerSession("walk_units")
    session.keys("j j j Enter")
    assertSnapshot(session.model.draw(), named: "walk-units")
  }

  @Test func bitsWithAnExpGolombCode() throws {
    var session = try ExplorerSession("cnn_digits_pyt", size: Size(80, 24))
    session.command("tensor conv2.weight")
    session.command("element tensor_dimensions")
    session.keys("Tab Tab z")
    assertSnapshot(session.model.draw(), named: "bits-zoomed")
  }

  @Test func help() throws {
    var session = try ExplorerSession("mlp_iris", size: Size(100, 60))
    session.keys("?")
    assertSnapshot(session.model.draw(), named: "help")
  }

  @Test func theSelectionIsSeenWithoutColour() throws {
    let session = try ExplorerSession("mlp_iris", size: Size(80, 24))
    let grid = session.model.draw(glyphs: .ascii)
    let theme = Theme(.terminal, depth: .monochrome)
    let cursor = try #require(grid.cursor)
    let look = theme.appearance(grid[cursor.x, cursor.y].style)
    #expect(look.foreground == nil && look.background == nil)
    #expect(look.attributes.contains(.reverse))
    #expect(grid.cells.allSatisfy { $0.text.utf8.allSatisfy { $0 < 0x7f } })
  }
}
