import TerminalScreen
import Testing

/// Spelling of keys.
@Suite struct KeyTests {
  @Test func everyKeyReadsItsOwnSpelling() {
    let named: [Key.Code] = [
      .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .insert, .delete, .enter,
      .escape, .tab, .backspace, .function(1), .function(12), .function(63),
    ]
    let characters =
      (0x20...0x7E).compactMap { Unicode.Scalar(UInt32($0)) }
      .map { Key.Code.character(Character($0)) } + [.character("é"), .character("漢")]
    for code in named + characters {
      for bits in UInt8(0)..<8 {
        let key = Key(code, Key.Modifiers(rawValue: bits))
        #expect(Key(spelling: key.description) == key, "\(key)")
        #expect(!key.description.contains(" "))
      }
    }
  }

  @Test func spellings() {
    #expect(Key.control("o").description == "C-o")
    #expect(Key(.pageUp).description == "PgUp")
    #expect(Key(.character("-"), .control).description == "C--")
    #expect(Key(spelling: "escape") == Key(.escape))
    #expect(Key(spelling: "A-x") == Key(.character("x"), .meta))
    #expect(Key(spelling: "nonsense") == nil)
    #expect(Key(spelling: "") == nil)
    #expect(Key.sequence("] e C-o") == [Key("]"), Key("e"), .control("o")])
    #expect(Key.sequence("j nonsense") == nil)
  }
}
