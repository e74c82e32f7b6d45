import CNcurses
import TerminalScreen

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Turns what ncurses reads into events.
struct InputDecoder {
  private var escaped = false
  private var pasting = false
  private var pasted = String.UnicodeScalarView()
  private var lastClick: (time: Double, point: Point)?

  /// Longest paste that is kept; the rest is dropped.
  private static let pasteLimit = 1 << 20
  /// Longest time between the clicks of a double click, in seconds.
  private static let doubleClickTime = 0.4

  private static let pasteStart: Int32 = 0x7000
  private static let pasteEnd: Int32 = 0x7001
  private static let modifiedBase: Int32 = 0x7100

  /// Keys that terminals send with modifiers, with the parts of their sequence around the number.
  private static let modifiable: [(code: Key.Code, lead: String, end: String)] = [
    (.up, "1", "A"), (.down, "1", "B"), (.right, "1", "C"), (.left, "1", "D"), (.home, "1", "H"),
    (.end, "1", "F"), (.insert, "2", "~"), (.delete, "3", "~"), (.pageUp, "5", "~"),
    (.pageDown, "6", "~"),
  ]

  /// Teaches ncurses the sequences that terminfo lacks.
  static func defineKeys() {
    define_key("\u{1B}[200~", pasteStart)
    define_key("\u{1B}[201~", pasteEnd)
    for (index, key) in modifiable.enumerated() {
      for modifier in 2...8 {
        define_key(
          "\u{1B}[\(key.lead);\(modifier)\(key.end)", modifiedBase + Int32(index * 8 + modifier - 1)
        )
      }
    }
  }

  /// Reads everything that is there without waiting.
  mutating func read() -> [Event] {
    var events: [Event] = []
    while true {
      var value: wint_t = 0
      let kind = wget_wch(nc_screen(), &value)
      if kind == ERR { break }
      if kind == KEY_CODE_YES { flushEscape(into: &events) }
      let event =
        kind == KEY_CODE_YES
        ? functionKey(Int32(truncatingIfNeeded: value)) : character(UInt32(value))
      if let event { events.append(event) }
    }
    // ncurses has waited long enough for the rest of a sequence.
    flushEscape(into: &events)
    return events
  }

  /// An escape before a named key or at the end of the input was the key Esc.
  ///
  /// Alt with named keys comes as a sequence of its own; a fast Esc must not be taken for it.
  private mutating func flushEscape(into events: inout [Event]) {
    if escaped { events.append(.key(Key(.escape))) }
    escaped = false
  }

  private mutating func character(_ value: UInt32) -> Event? {
    guard let scalar = Unicode.Scalar(value) else { return nil }
    if pasting {
      if pasted.count < Self.pasteLimit { pasted.append(value == 13 ? "\n" : scalar) }
      return nil
    }
    if value == 27 && !escaped {
      escaped = true
      return nil
    }
    var key = Self.key(scalar)
    if escaped {
      escaped = false
      key.modifiers.insert(.meta)
    }
    return .key(key)
  }

  private static func key(_ scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    case 13: Key(.enter)
    case 9: Key(.tab)
    case 27: Key(.escape)
    case 127: Key(.backspace)
    case 0: .control(" ")
    case 1...26: .control(Character(Unicode.Scalar(UInt8(scalar.value + 96))))
    case 28...31: .control(Character(Unicode.Scalar(UInt8(scalar.value + 64))))
    default: Key(.character(Character(scalar)))
    }
  }

  private mutating func functionKey(_ code: Int32) -> Event? {
    if code == Self.pasteStart {
      pasting = true
      pasted = String.UnicodeScalarView()
      return nil
    }
    if code == Self.pasteEnd {
      defer { pasting = false }
      return pasting ? .paste(String(pasted)) : nil
    }
    if pasting { return nil }
    if code == KEY_MOUSE { return mouse() }
    return Self.named(code).map { .key($0) }
  }

  private static func named(_ code: Int32) -> Key? {
    let modified = Int(code - modifiedBase)
    if modified > 0, modified < modifiable.count * 8 {
      // The number is one more than the sum of shift 1, alt 2 and control 4.
      let bits = modified % 8
      var modifiers: Key.Modifiers = []
      if bits & 1 != 0 { modifiers.insert(.shift) }
      if bits & 2 != 0 { modifiers.insert(.meta) }
      if bits & 4 != 0 { modifiers.insert(.control) }
      return Key(modifiable[modified / 8].code, modifiers)
    }
    switch code {
    case KEY_UP: return Key(.up)
    case KEY_DOWN: return Key(.down)
    case KEY_LEFT: return Key(.left)
    case KEY_RIGHT: return Key(.right)
    case KEY_HOME: return Key(.home)
    case KEY_END: return Key(.end)
    case KEY_PPAGE: return Key(.pageUp)
    case KEY_NPAGE: return Key(.pageDown)
    case KEY_IC: return Key(.insert)
    case KEY_DC: return Key(.delete)
    case KEY_ENTER: return Key(.enter)
    case KEY_BACKSPACE: return Key(.backspace)
    case KEY_BTAB: return Key(.tab, .shift)
    case KEY_SR: return Key(.up, .shift)
    case KEY_SF: return Key(.down, .shift)
    case KEY_SLEFT: return Key(.left, .shift)
    case KEY_SRIGHT: return Key(.right, .shift)
    default:
      let number = Int(code - KEY_F0)
      return (1...63).contains(number) ? Key(.function(number)) : nil
    }
  }

  private mutating func mouse() -> Event? {
    var report = MEVENT()
    guard getmouse(&report) != ERR else { return nil }
    let point = Point(Int(report.x), Int(report.y))
    var modifiers: Key.Modifiers = []
    if nc_mouse_shift(report.bstate) != 0 { modifiers.insert(.shift) }
    if nc_mouse_control(report.bstate) != 0 { modifiers.insert(.control) }
    if nc_mouse_alt(report.bstate) != 0 { modifiers.insert(.meta) }
    let action: Mouse.Action
    switch nc_button(report.bstate) {
    case 1: action = isSecondClick(point) ? .doubleClick : .click
    case 2: action = .middleClick
    case 3: action = .rightClick
    case 4: action = .wheelUp
    case 5: action = .wheelDown
    default: return nil
    }
    return .mouse(Mouse(action, at: point, modifiers))
  }

  /// Whether a click follows another on the same cell quickly; a third starts anew.
  private mutating func isSecondClick(_ point: Point) -> Bool {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let time = Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    if let last = lastClick, last.point == point, time - last.time < Self.doubleClickTime {
      lastClick = nil
      return true
    }
    lastClick = (time, point)
    return false
  }
}
