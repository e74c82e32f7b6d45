import Explorer
import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

/// Broken rules are marked in the bits pane as in outline and table: by colour, by a line and by a letter.
@Suite struct BitProblemTests {
  private func session(_ size: Size) throws -> ExplorerSession {
    let writer = StreamWriter(
      .start(), .modelParameters, .tensor("w", 2, 3, payload: [0xf7, 0xdf]).set(.scanOrder, 5))
    let opened = Session([(MemorySource(writer.bytes), "broken.nnc")]).opened()
    var session = ExplorerSession(ExplorerModel(opened, size: size))
    session.work()
    session.command("u2")
    return session
  }

  /// The cells of the bits pane with a role, each with its row.
  private func cells(_ session: ExplorerSession, _ role: Role) -> [(text: String, y: Int)] {
    let grid = session.model.draw()
    let rows = ScreenText.plain(grid).split(separator: "\n").map(String.init)
    let title = rows.firstIndex { $0.contains(" Bits ") } ?? 0
    return (title..<grid.size.height).flatMap { y in
      (grid.size.width / 3..<grid.size.width).compactMap { x in
        let cell = grid[x, y]
        return cell.style.role == role ? (cell.text, y) : nil
      }
    }
  }

  @Test func theBitsOfABrokenRuleAreUnderlinedWithALetterBeside() throws {
    let session = try session(Size(120, 40))
    let grid = session.model.draw()
    let underlined = grid.cells.filter {
      $0.style.role == .error && $0.style.attributes.contains(.underline)
    }
    #expect(!underlined.isEmpty)
    #expect(underlined.allSatisfy { $0.text == " " || $0.text.allSatisfy { !$0.isWhitespace } })
    #expect(cells(session, .error).contains { $0.text == "E" })
  }

  @Test func theLegendNamesTheRuleUnderTheCursor() throws {
    var session = try session(Size(120, 40))
    #expect(!session.screen.contains("E N14  "))
    session.command("scan_order")
    #expect(session.screen.contains("E N14  u(4)"))
    session.command("dq_flag")
    #expect(!session.screen.contains("E N14  u("))
  }

  @Test func narrowPanesKeepTheirBytes() throws {
    for width in [20, 40, 80] { #expect(!(try session(Size(width, 10))).screen.isEmpty) }
  }
}
