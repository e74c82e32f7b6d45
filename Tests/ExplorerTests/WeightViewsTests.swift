import Explorer
import TerminalScreen
import TestSupport
import Testing

/// Costs, tensors, heat map and values in all sizes and glyph sets.
@Suite struct WeightViewsTests {
  private static let sizes = [Size(120, 40), Size(80, 24), Size(40, 10)]
  /// The views by the keys that lead to them from a tensor.
  private static let views = [
    ("costs", "3 j Enter j Enter"), ("costs-along-the-file", "3 t L j j"), ("tensors", "2 s s j"),
    ("heat", "H j j l"), ("heat-fine", "H + + + G"), ("values", "V w j j l"),
    ("diagnostics", "D f"),
  ]

  @Test(arguments: sizes, [GlyphSet.block, .ascii])
  func snapshots(_ size: Size, _ glyphs: GlyphSet) throws {
    for (name, keys) in Self.views {
      var session = try ExplorerSession("cnn_block_codebook", size: size)
      session.command("tensor conv2.weight")
      session.keys(keys)
      assertSnapshot(
        session.model.draw(glyphs: glyphs),
        named: "\(name)-\(size.width)x\(size.height)-\(glyphs)")
    }
  }

  @Test(arguments: views.map(\.1).dropLast() + ["D"])
  func theCursorIsSeenWithoutColour(_ keys: String) throws {
    var session = try ExplorerSession("cnn_block_codebook", size: Size(80, 24))
    session.command("tensor conv2.weight")
    session.keys(keys)
    let grid = session.model.draw(glyphs: .ascii)
    let cursor = try #require(grid.cursor)
    let look = Theme(.terminal, depth: .monochrome).appearance(grid[cursor.x, cursor.y].style)
    #expect(look.attributes.contains(.reverse))
    #expect(grid.cells.allSatisfy { $0.text.utf8.allSatisfy { $0 < 0x7f } })
  }

  @Test func costsOpenWithHeadersAndFillLive() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.press([try #require(Key(spelling: "3"))])
    #expect(session.screen.contains("reading headers"))
    session.work()
    #expect(session.screen.contains("6,583 100.0"))
    #expect(session.screen.contains("sig 7.3 %"))
  }

  @Test func costsLeadToTheirBits() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("3 j Enter j Enter j")
    #expect(session.screen.contains("abs_level_greater"))
    session.keys("Enter")
    #expect(session.model.focus == .bits)
    #expect(session.model.location.unit == 18)
    session.keys("3 h")
    session.keys("b")
    #expect(session.model.location == Location(unit: 18, node: nil, bit: 0))
  }

  @Test func rowsAreDecodedWhenAskedFor() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("3 j Enter j Enter")
    for _ in 0..<40 where !session.screen.contains("row 0") { session.keys("j Right") }
    #expect(session.screen.contains("row 0"))
  }

  @Test func orders() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("3 s")
    #expect(session.screen.contains("by bits per weight"))
    session.keys("S")
    #expect(session.screen.contains("turned round"))
    session.keys("t c")
    #expect(session.screen.contains("added up"))
  }

  @Test func membersOfABlockAndTheChain() throws {
    var session = try ExplorerSession("cnn_block_codebook")
    session.command("tensor conv2.weight")
    session.keys("V")
    #expect(session.screen.contains("weight (5/5)"))
    #expect(session.screen.contains("→ entry"))
    session.keys("c")
    #expect(session.screen.contains("integer"))
    session.keys("c .")
    #expect(session.screen.contains("(1/5)"))
    session.keys("Esc")
    #expect(session.model.focus != .values)
  }

  @Test func mapsByName() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("tensor fc.weight")
    session.command("heat zeros")
    #expect(session.screen.contains("zeros in a run"))
    session.command("heat nonsense")
    #expect(session.screen.contains("no map"))
    session.keys("a")
    #expect(session.screen.contains("scaled to the stream"))
  }
}
