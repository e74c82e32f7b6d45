import Explorer
import TerminalScreen
import TestSupport
import Testing

/// Screens of the views beside the first one, in all sizes and glyph sets.
@Suite struct ViewSnapshotTests {
  private static let sizes = [Size(120, 40), Size(80, 24), Size(40, 10)]

  private func check(_ session: ExplorerSession, _ name: String, _ size: Size, _ glyphs: GlyphSet) {
    assertSnapshot(
      session.model.draw(glyphs: glyphs), named: "\(name)-\(size.width)x\(size.height)-\(glyphs)")
  }

  @Test(arguments: sizes, [GlyphSet.block, .ascii])
  func standard(_ size: Size, _ glyphs: GlyphSet) throws {
    var session = try ExplorerSession("cnn_digits_pyt", size: size)
    session.command("tensor conv2.weight")
    session.command("syntax")
    session.keys("v")
    session.command("element count_tensor_dimensions")
    session.keys("k")
    check(session, "standard", size, glyphs)
  }

  @Test(arguments: sizes, [GlyphSet.block, .ascii])
  func bins(_ size: Size, _ glyphs: GlyphSet) throws {
    var session = try ExplorerSession("cnn_digits_pyt", size: size)
    session.command("tensor conv2.weight")
    session.command("bin 4058")
    check(session, "bins", size, glyphs)
  }

  @Test(arguments: sizes, [GlyphSet.block, .ascii])
  func contexts(_ size: Size, _ glyphs: GlyphSet) throws {
    var session = try ExplorerSession("cnn_digits_pyt", size: size)
    session.command("tensor conv2.weight")
    session.command("bin 4058")
    session.keys("c")
    check(session, "contexts", size, glyphs)
  }

  @Test(arguments: sizes, [GlyphSet.block, .ascii])
  func updates(_ size: Size, _ glyphs: GlyphSet) throws {
    var session = try ExplorerSession(
      "tca_base", "tca_update1", "tca_update2", size: size)
    session.keys("5 l j j")
    check(session, "updates", size, glyphs)
  }

  @Test(arguments: sizes, [GlyphSet.block, .ascii])
  func diff(_ size: Size, _ glyphs: GlyphSet) throws {
    var session = try ExplorerSession("tca_update1", "tca_update2", size: size)
    session.keys("7 j j")
    check(session, "diff", size, glyphs)
  }

  @Test(arguments: sizes) func explain(_ size: Size) throws {
    var session = try ExplorerSession("cnn_digits_pyt", size: size)
    session.command("explain dq_flag")
    check(session, "explain", size, .block)
  }
}
