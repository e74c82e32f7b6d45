import TerminalScreen
import TestSupport
import Testing

/// What the bytes of terminals mean.
@Suite struct InputParserTests {
  /// What comes of bytes when nothing follows.
  private func events(_ text: String, utf8: Bool = true) -> [Event] {
    var parser = InputParser(utf8: utf8)
    return parser.feed(Array(text.utf8)) + parser.giveUp()
  }

  @Test(arguments: TerminalSequence.keys) func keysAreKnown(_ sequence: TerminalSequence) throws {
    let key = try #require(Key(spelling: sequence.key ?? ""))
    #expect(events(sequence.bytes) == [.key(key)])
    #expect(events("j\(sequence.bytes)k") == [.key(Key("j")), .key(key), .key(Key("k"))])
  }

  @Test(arguments: TerminalSequence.silent)
  func whatIsNoKeyIsTakenWhole(_ sequence: TerminalSequence) {
    #expect(
      events("j\(sequence.bytes)k").filter { !isPaste($0) } == [.key(Key("j")), .key(Key("k"))])
    // However it is cut when it comes.
    var parser = InputParser()
    var found: [Event] = []
    for byte in "j\(sequence.bytes)k".utf8 { found += parser.feed([byte]) }
    #expect(found.filter { !isPaste($0) } == [.key(Key("j")), .key(Key("k"))])
  }

  private func isPaste(_ event: Event) -> Bool { if case .paste = event { true } else { false } }

  /// A sequence that is cut off does nothing either, once nothing more comes; what could be a key with Alt is one.
  @Test(arguments: TerminalSequence.silent + TerminalSequence.keys)
  func halfOfItDoesNothing(_ sequence: TerminalSequence) {
    let bytes = Array(sequence.bytes.utf8)
    guard bytes.first == 0x1B, bytes.count > 3 else { return }
    for count in 3..<bytes.count {
      var parser = InputParser()
      let whole = parser.feed(bytes[..<count])
      guard parser.unfinished == .sequence else { continue }
      #expect(whole == [] && parser.giveUp() == [], "\(bytes[..<count])")
      #expect(parser.feed([0x6A]) == [.key(Key("j"))])
    }
  }

  @Test func escapesAndAlt() {
    #expect(events("\u{1B}") == [.key(Key(.escape))])
    #expect(events("\u{1B}\u{1B}[A") == [.key(Key(.escape)), .key(Key(.up))])
    for letter in "[O]PX^_" {
      #expect(events("\u{1B}\(letter)") == [.key(Key(.character(letter), .meta))])
    }
    #expect(events("\u{1B}é") == [.key(Key(.character("é"), .meta))])
    var parser = InputParser()
    #expect(parser.feed([0x1B]) == [] && parser.unfinished == .key)
    #expect(parser.feed([0x71]) == [.key(Key(.character("q"), .meta))])
  }

  @Test func characters() {
    #expect(events("aé漢😀") == "aé漢😀".map { .key(Key($0)) })
    #expect(
      events("\u{0}\u{3}\u{1A}\u{1C}\r\t") == [
        .key(.control(" ")), .key(.control("c")), .key(.control("z")), .key(.control("\\")),
        .key(Key(.enter)), .key(Key(.tab)),
      ])
    var broken = InputParser()
    #expect(
      broken.feed([0xFF, 0xC3, 0x61, 0xE2, 0x82, 0x1B, 0x5B, 0x41, 0x80]) == [
        .key(Key("a")), .key(Key(.up)),
      ])
    var latin = InputParser(utf8: false, backspace: 8)
    #expect(
      latin.feed([0xE9, 8, 0x9B, 0x41]) == [.key(Key("é")), .key(Key(.backspace)), .key(Key(.up))])
  }

  @Test func pastes() {
    #expect(
      events("\u{1B}[200~a\rb\u{1B}[20\u{1B}[201~q") == [
        .paste("a\nb\u{1B}[20"), .key(Key("q")),
      ])
    var parser = InputParser()
    #expect(parser.feed("\u{1B}[200~né".utf8.dropLast()) == [])
    #expect(parser.unfinished == nil && parser.giveUp() == [])
    #expect(parser.feed([0xA9] + Array("\u{1B}[201~".utf8)) == [.paste("né")])
    let long = InputParser()
    var reader = long
    let text = String(repeating: "x", count: 3 << 20)
    guard case .paste(let kept)? = reader.feed("\u{1B}[200~\(text)\u{1B}[201~".utf8).first else {
      Issue.record("no paste")
      return
    }
    #expect(kept.count == 1 << 20)
  }

  @Test func theMouse() {
    func mouse(_ action: Mouse.Action, _ x: Int, _ y: Int, _ held: Key.Modifiers = []) -> [Event] {
      [.mouse(Mouse(action, at: Point(x, y), held))]
    }
    #expect(events("\u{1B}[<0;3;2M\u{1B}[<0;3;2m") == mouse(.click, 2, 1))
    #expect(events("\u{1B}[<64;300;200M") == mouse(.wheelUp, 299, 199))
    #expect(events("\u{1B}[<81;1;1M") == mouse(.wheelDown, 0, 0, .control))
    #expect(events("\u{1B}[<6;1;1M") == mouse(.rightClick, 0, 0, .shift))
    #expect(events("\u{1B}[M #\"\u{1B}[M##\"") == mouse(.click, 2, 1))
    #expect(events("\u{1B}[<0;0;0M\u{1B}[<0;99999999999999999999;1M") == [])
  }

  /// Whatever comes, it ends, and the next key is a key.
  @Test func anyBytesAreTaken() {
    var random = SeededGenerator(seed: 16)
    let likely: [UInt8] = Array("\u{1B}\u{1B}\u{1B}[[O]P_^X;;:?<>$~uMmRqA123\u{7}\\\u{18}".utf8)
    for _ in 0..<20_000 {
      var parser = InputParser(utf8: Bool.random(using: &random))
      let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in
        Bool.random(using: &random)
          ? likely.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
      }
      _ = parser.feed(bytes)
      _ = parser.giveUp()
      _ = parser.feed("\u{1B}[201~   ".utf8)
      _ = parser.giveUp()
      #expect(parser.unfinished == nil && parser.feed([0x6A]) == [.key(Key("j"))], "\(bytes)")
    }
  }
}
