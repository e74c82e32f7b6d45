/// A key press.
public struct Key: Hashable, Sendable {
  /// Which key.
  public enum Code: Hashable, Sendable {
    /// A character; control combinations use the lower-case letter.
    case character(Character)
    /// F1 and up.
    case function(Int)
    case up, down, left, right, home, end, pageUp, pageDown, insert, delete
    case enter, escape, tab, backspace
  }

  /// Keys held down with it.
  public struct Modifiers: OptionSet, Hashable, Sendable {
    /// Bits of the set.
    public let rawValue: UInt8
    /// Makes a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Control.
    public static let control = Modifiers(rawValue: 1)
    /// Alt or Meta.
    public static let meta = Modifiers(rawValue: 2)
    /// Shift; not used with characters, which come shifted.
    public static let shift = Modifiers(rawValue: 4)
  }

  /// Which key.
  public var code: Code
  /// Keys held down with it.
  public var modifiers: Modifiers

  /// Makes a key press.
  public init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }

  /// A plain character key.
  public init(_ character: Character) { self.init(.character(character)) }

  /// A control combination.
  public static func control(_ character: Character) -> Key {
    Key(.character(character), .control)
  }

  /// The character typed, if the key would insert one.
  public var typed: Character? {
    if case .character(let character) = code, modifiers.isEmpty { return character }
    return nil
  }
}

/// Canonical spelling, as in key tables and scripts: `q`, `C-o`, `M-f`, `S-Tab`, `PgUp`, `F1`.
extension Key: CustomStringConvertible {
  private static let names: [(Code, String)] = [
    (.up, "Up"), (.down, "Down"), (.left, "Left"), (.right, "Right"), (.home, "Home"),
    (.end, "End"), (.pageUp, "PgUp"), (.pageDown, "PgDn"), (.insert, "Ins"), (.delete, "Del"),
    (.enter, "Enter"), (.escape, "Esc"), (.tab, "Tab"), (.backspace, "BS"),
    (.character(" "), "Space"),
  ]

  /// The canonical spelling.
  public var description: String {
    var text = ""
    if modifiers.contains(.control) { text += "C-" }
    if modifiers.contains(.meta) { text += "M-" }
    if modifiers.contains(.shift) { text += "S-" }
    if let name = Self.names.first(where: { $0.0 == code })?.1 { return text + name }
    switch code {
    case .character(let character): return text + String(character)
    case .function(let number): return text + "F\(number)"
    default: return text
    }
  }

  /// Reads one spelling, canonical or a common variant of a name (case does not matter there).
  public init?(spelling: String) {
    var rest = Substring(spelling)
    var modifiers: Modifiers = []
    while rest.count > 2, let sign = Self.modifier(rest.prefix(2)) {
      modifiers.insert(sign)
      rest = rest.dropFirst(2)
    }
    guard let code = Self.code(String(rest)) else { return nil }
    self.init(code, modifiers)
  }

  /// Reads a sequence of spellings separated by blanks; nil names no key.
  public static func sequence(_ text: String) -> [Key]? {
    var keys: [Key] = []
    for part in text.split(separator: " ") {
      guard let key = Key(spelling: String(part)) else { return nil }
      keys.append(key)
    }
    return keys
  }

  private static func modifier(_ prefix: Substring) -> Modifiers? {
    switch prefix {
    case "C-": .control
    case "M-", "A-": .meta
    case "S-": .shift
    default: nil
    }
  }

  private static func code(_ name: String) -> Code? {
    if name.count == 1, let character = name.first { return .character(character) }
    let lower = name.lowercased()
    if let found = names.first(where: { $0.1.lowercased() == lower }) { return found.0 }
    switch lower {
    case "pageup": return .pageUp
    case "pagedown": return .pageDown
    case "return", "cr", "ret": return .enter
    case "escape": return .escape
    case "backspace", "bspace": return .backspace
    case "delete", "dc": return .delete
    case "insert", "ic": return .insert
    default: break
    }
    if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...63).contains(number) {
      return .function(number)
    }
    return nil
  }
}
