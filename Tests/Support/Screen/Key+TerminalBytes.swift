import TerminalScreen

extension Key {
  /// What xterm sends for the key with its keypad in application mode.
  public var terminalBytes: String {
    let escape = "\u{1B}"
    var bits = 0
    if modifiers.contains(.shift) { bits += 1 }
    if modifiers.contains(.meta) { bits += 2 }
    if modifiers.contains(.control) { bits += 4 }
    func letter(_ letter: String) -> String {
      bits == 0 ? "\(escape)O\(letter)" : "\(escape)[1;\(bits + 1)\(letter)"
    }
    func number(_ number: Int) -> String {
      bits == 0 ? "\(escape)[\(number)~" : "\(escape)[\(number);\(bits + 1)~"
    }
    switch code {
    case .up: return letter("A")
    case .down: return letter("B")
    case .right: return letter("C")
    case .left: return letter("D")
    case .home: return letter("H")
    case .end: return letter("F")
    case .insert: return number(2)
    case .delete: return number(3)
    case .pageUp: return number(5)
    case .pageDown: return number(6)
    case .enter: return "\r"
    case .escape: return escape
    case .tab: return bits == 1 ? "\(escape)[Z" : "\t"
    case .backspace: return modifiers.contains(.meta) ? "\(escape)\u{7F}" : "\u{7F}"
    case .function(let key) where (1...4).contains(key):
      return letter(["P", "Q", "R", "S"][key - 1])
    case .function(let key):
      let codes = [15, 17, 18, 19, 20, 21, 23, 24]
      return key >= 5 && key <= 12 ? number(codes[key - 5]) : ""
    case .character(let character):
      let meta = modifiers.contains(.meta) ? escape : ""
      guard modifiers.contains(.control), let ascii = character.asciiValue else {
        return meta + String(character)
      }
      return meta + String(UnicodeScalar(ascii & 31))
    }
  }
}
