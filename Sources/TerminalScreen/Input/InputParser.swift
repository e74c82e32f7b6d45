/// Turns the bytes that a terminal sends into events, whichever terminal it is.
///
/// Sequences that mean nothing here (replies of the terminal among them) are taken whole: no part of them is a key.
public struct InputParser: Sendable {
  private enum State: Sendable {
    case ground
    case escape
    case control(ControlSequence)
    /// Behind `ESC O`.
    case single(ControlSequence)
    /// Behind `ESC [ [`: F1 to F5 of the Linux console.
    case linuxFunction
    /// The three bytes of a mouse report in the old form.
    case mouse([UInt8])
    /// A string for the program: OSC, DCS, APC, PM, SOS; the byte that began it, and whether anything followed.
    case string(UInt8, isEmpty: Bool)
    /// Behind an escape within a string.
    case stringEscape
    case paste(PasteReader)
  }

  /// What may be begun when no more bytes come.
  public enum Unfinished: Sendable {
    /// An escape, or one with the byte behind it: a key of its own if nothing follows at once.
    case key
    /// The middle of a sequence or of a string, the rest of which may be late.
    case sequence
  }

  private var state = State.ground
  private var scalars: ScalarReader
  private let backspace: UInt8

  /// A parser that has read nothing.
  ///
  /// - Parameters:
  ///   - utf8: whether characters come as UTF-8; as Latin-1 otherwise.
  ///   - backspace: the byte of the key Backspace, beside 127.
  public init(utf8: Bool = true, backspace: UInt8 = 127) {
    scalars = ScalarReader(utf8: utf8)
    self.backspace = backspace
  }

  /// What is begun and not complete; nil if a key may be waited for without end.
  public var unfinished: Unfinished? {
    switch state {
    case .ground, .paste: nil
    case .escape: .key
    case .control(let sequence), .single(let sequence): sequence.isEmpty ? .key : .sequence
    case .string(_, let isEmpty): isEmpty ? .key : .sequence
    case .linuxFunction, .mouse, .stringEscape: .sequence
    }
  }

  /// Takes bytes.
  public mutating func feed(_ bytes: some Sequence<UInt8>) -> [Event] {
    var events: [Event] = []
    for byte in bytes { take(byte, &events) }
    return events
  }

  /// Nothing more comes: what looked like the beginning of a sequence was a key, anything longer is dropped.
  public mutating func giveUp() -> [Event] {
    defer { if unfinished != nil { state = .ground } }
    switch state {
    case .escape: return [.key(Key(.escape))]
    case .control(let sequence) where sequence.isEmpty: return [.key(Key(.character("["), .meta))]
    case .single(let sequence) where sequence.isEmpty: return [.key(Key(.character("O"), .meta))]
    case .string(let first, isEmpty: true):
      return [.key(Key(.character(Character(Unicode.Scalar(first))), .meta))]
    default: return []
    }
  }

  private mutating func take(_ byte: UInt8, _ events: inout [Event]) {
    if case .paste(var paste) = state {
      // Taken out, so that the text grows in place.
      state = .ground
      if let text = paste.take(byte, &scalars) {
        events.append(.paste(text))
      } else {
        state = .paste(paste)
      }
      return
    }
    if case .mouse(let before) = state { return takeMouse(before + [byte], &events) }
    switch byte {
    case 0x1B: return takeEscape(&events)
    // CAN and SUB end whatever was begun.
    case 0x18, 0x1A:
      if case .ground = state { break }
      state = .ground
      return
    default: break
    }
    switch state {
    case .ground: takeCharacter(byte, [], &events)
    case .escape: takeBehindEscape(byte, &events)
    case .control(var sequence):
      state = .ground
      switch sequence.take(byte) {
      case .open: state = .control(sequence)
      case .complete: finish(sequence, &events)
      case .linuxFunction: state = .linuxFunction
      case .mouse: state = .mouse([])
      }
    case .single(var sequence):
      state = .ground
      if case .open = sequence.take(byte, isSingle: true) {
        state = .single(sequence)
      } else if let key = sequence.singleKey {
        events.append(.key(key))
      }
    case .linuxFunction:
      state = .ground
      if (0x41...0x45).contains(byte) { events.append(.key(Key(.function(Int(byte) - 0x40)))) }
    case .string(let first, _):
      state = first == 0x5D && byte == 7 ? .ground : .string(first, isEmpty: false)
    case .stringEscape:
      state = .escape
      takeBehindEscape(byte, &events)
    case .mouse, .paste: break
    }
  }

  private mutating func takeEscape(_ events: inout [Event]) {
    switch state {
    case .escape:
      // A fast Esc before another key must not be taken for Alt with it.
      events.append(.key(Key(.escape)))
    case .string, .stringEscape: state = .stringEscape
    default:
      events += giveUp()
      scalars.reset()
      state = .escape
    }
  }

  private mutating func takeBehindEscape(_ byte: UInt8, _ events: inout [Event]) {
    state = .ground
    switch byte {
    case UInt8(ascii: "["): state = .control(ControlSequence())
    case UInt8(ascii: "O"): state = .single(ControlSequence())
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      state = .string(byte, isEmpty: true)
    // The end of a string that is over.
    case UInt8(ascii: "\\"): break
    default: takeCharacter(byte, .meta, &events)
    }
  }

  private mutating func takeCharacter(
    _ byte: UInt8, _ modifiers: Key.Modifiers, _ events: inout [Event]
  ) {
    guard let (scalar, modifiers) = scalars.take(byte, modifiers) else { return }
    if let introducer = scalar.introducer {
      state = .escape
      return takeBehindEscape(introducer, &events)
    }
    if scalar.value == UInt32(backspace) {
      return events.append(.key(Key(.backspace, modifiers)))
    }
    if var key = Key(control: scalar) {
      key.modifiers.formUnion(modifiers)
      events.append(.key(key))
    }
  }

  private mutating func takeMouse(_ bytes: [UInt8], _ events: inout [Event]) {
    guard bytes.count == 3 else {
      state = .mouse(bytes)
      return
    }
    state = .ground
    guard bytes.allSatisfy({ $0 >= 32 }) else { return }
    let numbers = bytes.map { Int($0) - 32 }
    if let mouse = Mouse(report: numbers[0], column: numbers[1], row: numbers[2], isPress: true) {
      events.append(.mouse(mouse))
    }
  }

  private mutating func finish(_ sequence: ControlSequence, _ events: inout [Event]) {
    if sequence.beginsPaste {
      state = .paste(PasteReader())
      scalars.reset()
    } else if let event = sequence.event {
      events.append(event)
    }
  }
}

extension Key {
  /// The key of a character as terminals send it without a sequence; nil for controls of eight bits.
  init?(control scalar: Unicode.Scalar) {
    switch scalar.value {
    case 13: self.init(.enter)
    case 9: self.init(.tab)
    case 127: self.init(.backspace)
    case 0: self = .control(" ")
    case 1...26: self = .control(Character(Unicode.Scalar(UInt8(scalar.value + 96))))
    case 27...31: self = .control(Character(Unicode.Scalar(UInt8(scalar.value + 64))))
    case 0x80...0x9F: return nil
    default: self.init(.character(Character(scalar)))
    }
  }
}

extension Unicode.Scalar {
  /// The byte behind ESC that means the same as this control of eight bits; nil for others.
  fileprivate var introducer: UInt8? {
    switch value {
    case 0x8F, 0x90, 0x98, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F: UInt8(value - 0x40)
    default: nil
    }
  }
}
