import Explorer
import NNRBits
import NNRModel
import TerminalScreen
import TestSupport

/// Events on an explorer: the first byte chooses a stream, the second whether it is opened twice, the rest are events.
struct ScreenInput {
  private let events: FuzzReader
  private let stream: [UInt8]
  private let isPair: Bool

  /// Small streams with everything that screens show.
  private static let streams: [[UInt8]] = {
    let names = [
      "walk_units", "names", "mps_three_maps", "d1_codebook", "topology_TEF", "raw_float_special",
      "tca_update1", "mlp_iris", "decomposed_codebook",
    ]
    let fixtures = names.compactMap { try? Fixture($0).bytes() }.filter { $0.count < 1 << 16 }
    return fixtures + [[], [0, 0, 0, 0, 0], fixtures.first.map { Array($0.dropLast(9)) } ?? []]
  }()

  /// Reads the choices.
  init(_ bytes: [UInt8]) {
    var reader = FuzzReader(bytes)
    stream = reader.pick(of: Self.streams)
    isPair = reader.byte() & 3 == 3
    events = reader
  }

  /// Sends all events; the sentences say what does not hold.
  func broken() -> [String] {
    let opened = Session(
      (0..<(isPair ? 2 : 1)).map { _ in (MemorySource(stream), "fuzz\u{1b}[2J") })
    var session = ExplorerSession(
      ExplorerModel(opened.opened(), size: Size(80, 24)))
    var reader = events
    var found = ScreenInvariants.broken(session.model)
    var turns = 0
    while !reader.isAtEnd, turns < 200, found.isEmpty {
      turns += 1
      switch reader.byte() {
      case 0..<8:
        session.send(.input(.resize(Size(reader.pick(170), reader.pick(60)))))
      case 8..<24:
        let actions: [Mouse.Action] = [
          .click, .doubleClick, .wheelUp, .wheelDown, .middleClick, .rightClick,
        ]
        let action = reader.pick(of: actions)
        session.send(.input(.mouse(Mouse(action, at: Point(reader.byte(), reader.byte())))))
      case 24..<32: session.work { $0 != .decode }
      case 32..<36: session.work()
      case 36..<40:
        let count = reader.pick(20)
        session.send(.input(.paste(String(decoding: reader.take(count), as: UTF8.self))))
      case 40: session.send(.input(.tick))
      case 41: session.send(.input(.resumed))
      case 42: session.send(.changed(document: 0, "it is another file"))
      case 43: session.send(.reloaded(opened.opened(), problem: ""))
      case 44: session.send(.reloaded([], problem: "gone"))
      case 45: session.send(.told("written", failed: reader.flag()))
      case 46..<64: session.press([reader.pick(of: Self.keys)])
      case 64..<96:
        let command = reader.pick(of: CommandRegistry.standard.commands)
        let count = reader.pick(8)
        session.execute(command.name + " " + String(decoding: reader.take(count), as: UTF8.self))
      case let byte: session.press([Key(Character(UnicodeScalar(UInt8(byte & 0x7f | 0x20))))])
      }
      _ = session.takeEffects()
      found = ScreenInvariants.broken(session.model)
    }
    return found
  }

  private static let keys =
    Key.sequence(
      """
      Up Down Left Right PgUp PgDn Home End Enter Space Tab S-Tab Esc BS Del C-d C-u C-o C-l C-c \
      C-a C-e C-k C-w C-Left M-f F1 F5
      """) ?? []
}

/// What holds for every screen.
enum ScreenInvariants {
  /// The sentences say what does not hold.
  static func broken(_ model: ExplorerModel) -> [String] {
    var found: [String] = []
    for glyphs in [GlyphSet.block, .ascii] {
      let grid = model.draw(glyphs: glyphs)
      if grid.size != model.size { found.append("the screen has \(grid.size)") }
      if let cursor = grid.cursor, !grid.bounds.contains(cursor) {
        found.append("the cursor is at \(cursor)")
      }
      let raw = grid.cells.contains { cell in
        cell.text.unicodeScalars.contains {
          $0.value < 0x20 || (0x7f..<0xa0).contains($0.value)
            || (0x202a...0x202e).contains($0.value)
        }
      }
      if raw { found.append("a control character is on the screen") }
    }
    return found
  }
}
