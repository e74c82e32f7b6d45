/// A key as terminals report it that tell all keys apart: `CSI u` of kitty, `CSI 27 ; … ~` of xterm.
struct KeyReport {
  /// The character of the key, of the key with Shift, and of the place on the keyboard.
  let code: [Int]
  /// The sum of the modifiers and 1, and what happened to the key.
  let modifiers: [Int]
  /// The text that the key writes.
  var text: [Int] = []

  /// The key; nil for one that was released, for keys that do nothing by themselves and for modifiers that no command has.
  var key: Key? {
    guard let first = code.first, let held = Self.modifiers(modifiers) else { return nil }
    if let code = Self.codes[first] {
      // Shift changes nothing of these where it is not reported.
      let plain: Set<Key.Code> = [.enter, .escape, .backspace]
      return Key(code, plain.contains(code) ? held.subtracting(.shift) : held)
    }
    guard first >= 32, !(0xE000...0xF8FF).contains(first), let character = character(held) else {
      return nil
    }
    // Control with Shift is another key than Control, and has no byte of its own.
    if held.contains(.control) {
      return Key(.character(Character(character.lowercased())), held)
    }
    return Key(.character(character), held.subtracting(.shift))
  }

  private func character(_ held: Key.Modifiers) -> Character? {
    func character(_ number: Int?) -> Character? {
      number.flatMap { UInt32(exactly: $0) }.flatMap { Unicode.Scalar($0) }
        .flatMap { $0.value >= 32 && !(0x7F...0x9F).contains($0.value) ? Character($0) : nil }
    }
    if !held.contains(.control), !held.contains(.meta), text.count == 1,
      let written = character(text.first), text != [0]
    {
      return written
    }
    guard held.contains(.shift) else { return character(code.first) }
    if code.count > 1, code[1] != 0 { return character(code[1]) }
    guard let plain = character(code.first) else { return nil }
    let upper = plain.uppercased()
    return upper.count == 1 ? Character(upper) : plain
  }

  /// The modifiers of a parameter, `5` or `5:1`; nil for a key that was released or has modifiers that no command has.
  static func modifiers(_ parameter: [Int]) -> Key.Modifiers? {
    let (sum, event) = (parameter.first ?? 1, parameter.count > 1 ? parameter[1] : 1)
    guard (0...256).contains(sum), event < 3, event >= 0 else { return nil }
    let bits = max(0, sum - 1)
    // Super and Hyper belong to the window manager; the lock keys change nothing.
    guard bits & 0b11000 == 0 else { return nil }
    var modifiers: Key.Modifiers = []
    if bits & 1 != 0 { modifiers.insert(.shift) }
    if bits & 0b100010 != 0 { modifiers.insert(.meta) }
    if bits & 4 != 0 { modifiers.insert(.control) }
    return modifiers
  }

  /// Keys that are no characters.
  private static let codes: [Int: Key.Code] = {
    var codes: [Int: Key.Code] = [
      27: .escape, 13: .enter, 9: .tab, 127: .backspace, 8: .backspace, 57414: .enter,
      57409: .character("."), 57410: .character("/"), 57411: .character("*"),
      57412: .character("-"), 57413: .character("+"), 57415: .character("="),
      57416: .character(","), 57417: .left, 57418: .right, 57419: .up, 57420: .down,
      57421: .pageUp, 57422: .pageDown, 57423: .home, 57424: .end, 57425: .insert,
      57426: .delete, 57348: .insert, 57349: .delete, 57350: .left, 57351: .right, 57352: .up,
      57353: .down, 57354: .pageUp, 57355: .pageDown, 57356: .home, 57357: .end,
    ]
    for number in 0...9 { codes[57399 + number] = .character(Character("\(number)")) }
    for number in 1...35 { codes[57363 + number] = .function(number) }
    return codes
  }()
}
