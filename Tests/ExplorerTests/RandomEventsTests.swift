import Explorer
import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

/// Whatever is pressed in whatever size over whatever stream: nothing traps, and the cursor stays on the screen.
@Suite struct RandomEventsTests {
  private static let fixtures = [
    "cnn_digits_pyt", "walk_units", "names", "mps_three_maps", "cnn_block_codebook", "topology_TEF",
    "raw_float_special", "tca_update1", "qp_sweep",
  ]
  private static let keys =
    "j k h l g G Up Down PgUp PgDn C-d C-u Home End Enter Space * - Tab S-Tab z t s S 1 2 3 4 5 6 7 e ] [ u t s e m a ' C-o / & : n N Esc Enter ? F1 0 b 1 x d q_ . f c v l r p b BS Tab C-c C-l C-z R F ( )"

  private static let lines = [
    "standard", "bins", "bin 777", "payload-bit 99", "cost-over 2", "updates", "diff",
    "diff-files 2 1",
    "explain dq_flag", "explain trellis", "apropos row", "copy json", "copy hex", "copy path",
    "record r", "record", "next-level", "previous-lps", "tensor conv2.weight", "file 2",
  ]

  @Test(arguments: 0..<UInt64(RandomCases.count(30, least: 9))) func nothingTraps(_ seed: UInt64)
    throws
  {
    var random = SeededGenerator(seed: seed)
    let keys = Self.keys.split(separator: " ").compactMap { Key(spelling: String($0)) }
    var bytes = try Fixture(Self.fixtures[Int(seed) % Self.fixtures.count]).bytes()
    // Half of the streams are damaged.
    if seed % 2 == 1 {
      for _ in 0..<8 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      bytes.removeLast(Int.random(in: 0...min(20, bytes.count - 1), using: &random))
    }
    // A third has a second file, for the views that need them.
    let both = Session([
      (MemorySource(bytes), "random\u{1b}[2J.nnc"),
      (MemorySource(try Fixture("cnn_digits_pyt").bytes()), "second.nnc"),
    ])
    let model = ExplorerModel(
      Array(both.opened().prefix(seed % 3 == 0 ? 2 : 1)), size: Size(80, 24))
    var session = ExplorerSession(model)
    for turn in 0..<250 {
      switch Int.random(in: 0..<20, using: &random) {
      case 0:
        let size = Size(
          Int.random(in: 0...140, using: &random), Int.random(in: 0...50, using: &random))
        session.send(.input(.resize(size)))
      case 1:
        let point = Point(
          Int.random(in: 0...140, using: &random), Int.random(in: 0...50, using: &random))
        let actions: [Mouse.Action] = [.click, .doubleClick, .wheelUp, .wheelDown, .rightClick]
        let action = actions.randomElement(using: &random) ?? .click
        session.send(.input(.mouse(Mouse(action, at: point))))
      // Exports would leave files behind.
      case 2: session.work { $0 != .export }
      case 3: session.send(.input(.paste("0x1\u{7}\n")))
      case 4, 5: session.execute(Self.lines.randomElement(using: &random) ?? "")
      default:
        if let key = keys.randomElement(using: &random) { session.press([key]) }
      }
      if turn % 3 == 0 { check(session.model, seed, turn) }
    }
  }

  private func check(_ model: ExplorerModel, _ seed: UInt64, _ turn: Int) {
    let grid = model.draw(glyphs: turn % 2 == 0 ? .block : .ascii)
    #expect(grid.size == model.size)
    if let cursor = grid.cursor {
      #expect(grid.bounds.contains(cursor), "seed \(seed), turn \(turn)")
    } else {
      #expect(grid.size.isEmpty, "seed \(seed), turn \(turn)")
    }
    #expect(grid.cells.allSatisfy { !$0.text.unicodeScalars.contains { $0.value < 0x20 } })
  }
}
