/// Splits a terminal's input into characters and commands.
struct VTParser: Sendable {
  /// What to do.
  enum Action: Equatable, Sendable {
    case text(String)
    case control(UInt8)
    /// A control sequence: its private marker, numbers and final byte.
    case sequence(marker: UInt8, [Int], final: UInt8)
    /// A two-byte escape.
    case escape(UInt8)
  }

  private enum State: Sendable {
    case ground, escape, charset, sequence, string, stringEscape
  }

  private var state = State.ground
  private var utf8: [UInt8] = []
  private var needed = 0
  private var numbers: [Int] = []
  private var marker: UInt8 = 0

  /// Takes a byte; returns the action that it completes.
  mutating func feed(_ byte: UInt8) -> Action? {
    switch state {
    case .ground: return ground(byte)
    case .escape: return escape(byte)
    case .charset:
      state = .ground
      return nil
    case .sequence: return sequence(byte)
    case .string:
      if byte == 7 { state = .ground }
      if byte == 27 { state = .stringEscape }
      return nil
    case .stringEscape:
      state = byte == 0x5C ? .ground : .string
      return nil
    }
  }

  private mutating func ground(_ byte: UInt8) -> Action? {
    if needed > 0, byte & 0xC0 == 0x80 {
      utf8.append(byte)
      needed -= 1
      return needed == 0 ? .text(String(decoding: utf8, as: UTF8.self)) : nil
    }
    needed = 0
    switch byte {
    case 27:
      state = .escape
      return nil
    case 0..<32, 127: return .control(byte)
    case 32..<127: return .text(String(UnicodeScalar(byte)))
    case 0xC2..<0xF5:
      utf8 = [byte]
      needed = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3
      return nil
    default: return .control(byte)
    }
  }

  private mutating func escape(_ byte: UInt8) -> Action? {
    state = .ground
    switch byte {
    case 0x5B:
      state = .sequence
      numbers = []
      marker = 0
    case 0x5D, 0x50, 0x5E, 0x5F: state = .string
    case 0x28, 0x29, 0x2A, 0x2B, 0x23: state = .charset
    default: return .escape(byte)
    }
    return nil
  }

  private mutating func sequence(_ byte: UInt8) -> Action? {
    switch byte {
    case 0x30...0x39:
      if numbers.isEmpty { numbers = [0] }
      let last = numbers.removeLast()
      numbers.append(min(99_999, last * 10 + Int(byte) - 0x30))
    case 0x3A, 0x3B:
      if numbers.isEmpty { numbers = [0] }
      numbers.append(0)
    case 0x3C...0x3F: marker = byte
    case 0x20...0x2F: break
    case 0x40...0x7E:
      state = .ground
      return .sequence(marker: marker, numbers, final: byte)
    default: state = .ground
    }
    return nil
  }
}
