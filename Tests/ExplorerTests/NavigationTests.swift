import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// Jumps, marks, the way back, and the link between outline, table and bits.
@Suite struct NavigationTests {
  @Test func placesInTheFile() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("0x1e5.2")
    #expect(session.model.location.unit == 8)
    #expect(session.model.location.bit == 18)
    #expect(session.screen.contains("nnr_unit_type"))
    session.command("u3")
    #expect(session.model.location == Location(unit: 3))
    session.command("bit 0x99999")
    #expect(session.screen.contains("behind the end"))
    session.command("unit 20")
    #expect(session.screen.contains("numbered 0 to 19"))
  }

  @Test func tensorsUnitsElements() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("] t")
    #expect(session.model.location.unit == 3)
    session.keys("] t [ t [ u ] u ] s ] s ] s")
    #expect(session.model.location.unit == 3)
    #expect(session.model.location.bit == 16)
    session.command("dq_flag")
    #expect(session.screen.contains("dq_flag"))
    session.command("tensor fc.bias")
    #expect(session.model.location.unit == 19)
  }

  @Test func marksAndTheWayBack() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("u5")
    session.keys("m a")
    session.command("u9")
    session.keys("' a")
    #expect(session.model.location.unit == 5)
    session.keys("C-o")
    #expect(session.model.location.unit == 9)
    session.keys("C-o C-o C-o C-o")
    #expect(session.model.location.unit == 0)
    session.keys("' z")
    #expect(session.screen.contains("no mark z"))
  }

  @Test func bitsLeadTheOtherPanes() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("bits")
    session.keys("G l")
    #expect(session.model.location.unit == 1)
    session.keys("Enter")
    #expect(session.model.focus == .outline)
    let place = session.model.location
    session.keys("j k")
    #expect(session.model.location.node == place.node)
  }

  @Test func everyBitLeadsToItsElementAndBack() throws {
    var session = try ExplorerSession("mlp_iris")
    session.command("bits")
    for _ in 0..<400 {
      let bit = session.model.fileBit
      session.keys("l")
      #expect(session.model.fileBit == bit + 1)
    }
  }

  @Test func openingAndClosingKeepsTheRows() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("j Space j Space j j l j l h h h h")
    #expect(session.model.location.unit <= 2)
    session.keys("G")
    #expect(session.model.location.unit == 19)
    session.keys("g")
    #expect(session.model.location == Location())
  }

  @Test func aUnitOpensWhole() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("j j j *")
    session.keys("Esc")
    #expect(session.screen.contains("parameter_update_tree_node"))
  }

  @Test func viewsThatAreNotThereSayWhy() throws {
    var session = try ExplorerSession("mlp_iris")
    session.keys("7")
    #expect(session.screen.contains("diff:"))
    session.keys("s")
    #expect(session.screen.contains("t shows the model"))
  }

  @Test func mouse() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.send(.input(.mouse(Mouse(.click, at: Point(6, 6)))))
    #expect(session.model.location.unit == 3)
    session.send(.input(.mouse(Mouse(.doubleClick, at: Point(6, 6)))))
    #expect(session.screen.contains("nnr_unit_header"))
    session.send(.input(.mouse(Mouse(.click, at: Point(60, 6)))))
    #expect(session.model.focus == .syntax)
    session.send(.input(.mouse(Mouse(.wheelDown, at: Point(60, 6)))))
    #expect(session.model.location.unit == 3)
  }
}
