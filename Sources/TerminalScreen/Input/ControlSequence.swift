/// A sequence behind `ESC [` or `ESC O`: parameters, intermediate bytes, and the byte that ends it.
struct ControlSequence: Sendable {
  /// Where a sequence stands after a byte.
  enum Progress {
    case open, complete
    /// It was the beginning of a function key of the Linux console.
    case linuxFunction
    /// Three bytes of a mouse report follow.
    case mouse
  }

  /// The longest sequence that is looked at; a longer one is taken and means nothing.
  private static let limit = 128

  private var parameterBytes: [UInt8] = []
  private var intermediates: [UInt8] = []
  private var final: UInt8 = 0
  private var length = 0

  /// Whether nothing came yet.
  var isEmpty: Bool { length == 0 }

  /// Takes a byte; `isSingle` is behind `ESC O`.
  mutating func take(_ byte: UInt8, isSingle: Bool = false) -> Progress {
    length += 1
    let isFirst = length == 1 && !isSingle
    switch byte {
    case 0x30...0x3F where intermediates.isEmpty:
      if length <= Self.limit { parameterBytes.append(byte) }
      return .open
    // With rxvt a dollar ends the sequence of a key with Shift.
    case 0x24 where intermediates.isEmpty && parameters.count == 1 && !isPrivate:
      if Self.edits[parameters[0].first ?? 0] != nil { break }
      intermediates.append(byte)
      return .open
    case 0x20...0x2F:
      if length <= Self.limit { intermediates.append(byte) }
      return .open
    case 0x5B where isFirst: return .linuxFunction
    case 0x4D where isFirst: return .mouse
    case 0x40...0x7E: break
    // Controls and bytes that belong to no sequence.
    default: return .open
    }
    final = byte
    return .complete
  }

  /// Whether a pasted text begins.
  var beginsPaste: Bool { key(200) && plain }
  private func key(_ number: Int) -> Bool { final == 0x7E && parameters == [[number]] }

  /// What it means behind `ESC [`; nil for what is no key: a reply of the terminal, or nothing known.
  var event: Event? {
    if parameterBytes.first == UInt8(ascii: "<") { return mouse.map { .mouse($0) } }
    guard plain else { return nil }
    return key.map { .key($0) }
  }

  /// What it means behind `ESC O`.
  var singleKey: Key? {
    guard plain else { return nil }
    if let key = letterKey(isSingle: true) { return key }
    guard parameterBytes.isEmpty else { return nil }
    switch final {
    case UInt8(ascii: "M"): return Key(.enter)
    case UInt8(ascii: "I"): return Key(.tab)
    case UInt8(ascii: "X"): return Key("=")
    // The keypad: * + , - . / and digits stand 0x40 higher.
    case 0x6A...0x79: return Key(Character(Unicode.Scalar(final - 0x40)))
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      return Self.arrow(final - 0x20).map { Key($0, .control) }
    default: return nil
    }
  }

  /// Neither private nor with intermediate bytes, nor too long to be looked at.
  private var plain: Bool { !isPrivate && intermediates.isEmpty && length <= Self.limit }
  private var isPrivate: Bool { parameterBytes.first.map { $0 >= 0x3C } ?? false }

  /// The numbers, those with colons as lists; an empty one is 0.
  private var parameters: [[Int]] {
    parameterBytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
      $0.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { digits in
        digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self)) ?? -1
      }
    }
  }

  private var key: Key? {
    let numbers = parameters
    let first = numbers[0].first ?? 0
    switch final {
    case UInt8(ascii: "~"):
      // The keyboard of xterm: the character is the third number.
      if first == 27, numbers.count == 3 {
        return KeyReport(code: numbers[2], modifiers: numbers[1]).key
      }
      guard numbers.count <= 2, let code = Self.edits[first] else { return nil }
      return modified(code, numbers.count == 2 ? numbers[1] : nil)
    case UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "@"):
      guard numbers.count == 1, let code = Self.edits[first] else { return nil }
      return Key(
        code, final == UInt8(ascii: "^") ? .control : final == 0x24 ? .shift : [.control, .shift])
    case UInt8(ascii: "u"):
      guard !parameterBytes.isEmpty, numbers.count <= 3 else { return nil }
      return KeyReport(
        code: numbers[0], modifiers: numbers.count > 1 ? numbers[1] : [1],
        text: numbers.count > 2 ? numbers[2] : []
      ).key
    case UInt8(ascii: "a")...UInt8(ascii: "d") where parameterBytes.isEmpty:
      return Self.arrow(final - 0x20).map { Key($0, .shift) }
    default: return letterKey(isSingle: false)
    }
  }

  /// Keys that end in a letter, with their modifiers behind a 1.
  private func letterKey(isSingle: Bool) -> Key? {
    let code: Key.Code? =
      switch final {
      case UInt8(ascii: "A")...UInt8(ascii: "D"): Self.arrow(final)
      case UInt8(ascii: "F"): .end
      case UInt8(ascii: "H"): .home
      case UInt8(ascii: "P"): .function(1)
      case UInt8(ascii: "Q"): .function(2)
      // With numbers it is where the cursor stands, a reply of the terminal.
      case UInt8(ascii: "R"): parameterBytes.isEmpty ? .function(3) : nil
      case UInt8(ascii: "S"): .function(4)
      case UInt8(ascii: "Z"): .tab
      default: nil
      }
    guard let code else { return nil }
    let numbers = parameters
    if parameterBytes.isEmpty { return Key(code, code == .tab ? .shift : []) }
    // Some terminals leave the 1 out behind ESC O.
    if isSingle, numbers.count == 1 { return modified(code, numbers[0]) }
    guard numbers.count <= 2, numbers[0] == [1] || numbers[0] == [0] else { return nil }
    guard var key = modified(code, numbers.count == 2 ? numbers[1] : nil) else { return nil }
    if code == .tab { key.modifiers.insert(.shift) }
    return key
  }

  private func modified(_ code: Key.Code, _ parameter: [Int]?) -> Key? {
    guard let parameter else { return Key(code) }
    guard let report = KeyReport.modifiers(parameter) else { return nil }
    return Key(code, report)
  }

  private static func arrow(_ letter: UInt8) -> Key.Code? {
    switch letter {
    case 0x41: .up
    case 0x42: .down
    case 0x43: .right
    case 0x44: .left
    default: nil
    }
  }

  /// Keys by the number in front of `~`.
  private static let edits: [Int: Key.Code] = {
    var keys: [Int: Key.Code] = [
      1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    ]
    let functions = [11...15, 17...21, 23...26, 28...29, 31...34].flatMap { Array($0) }
    for (place, number) in functions.enumerated() { keys[number] = .function(place + 1) }
    return keys
  }()

  private var mouse: Mouse? {
    guard final == 0x4D || final == 0x6D, intermediates.isEmpty, length <= Self.limit else {
      return nil
    }
    let numbers = parameterBytes.dropFirst().split(separator: UInt8(ascii: ";"))
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? -1 }
    guard numbers.count == 3, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
    return Mouse(report: numbers[0], column: numbers[1], row: numbers[2], isPress: final == 0x4D)
  }
}
