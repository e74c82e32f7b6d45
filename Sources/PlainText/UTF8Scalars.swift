/// A byte that is no part of well-formed UTF-8.
public struct BrokenByte: Error {
  /// The byte.
  public var byte: UInt8
}

/// Decodes UTF-8 into characters and the bytes that belong to none (Unicode 3.9, table 3-7).
public struct UTF8Scalars<Bytes: IteratorProtocol<UInt8>> {
  private var bytes: Bytes
  private var ahead: [UInt8] = []

  /// Reads on from `bytes`.
  public init(_ bytes: Bytes) { self.bytes = bytes }

  /// The next character, or the next byte that belongs to none; nil at the end.
  public mutating func next() -> Result<Unicode.Scalar, BrokenByte>? {
    guard let first = peek(0) else { return nil }
    let length: Int
    let second: ClosedRange<UInt8>
    switch first {
    case 0x00...0x7F: (length, second) = (1, 0...0)
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    default: return broken()
    }
    guard length > 1 else {
      ahead.removeFirst()
      return .success(Unicode.Scalar(first))
    }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length {
      guard let byte = peek(index), (index == 1 ? second : 0x80...0xBF).contains(byte) else {
        return broken()
      }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard let scalar = Unicode.Scalar(value) else { return broken() }
    ahead.removeFirst(length)
    return .success(scalar)
  }

  /// Gives up the first byte only: what follows may start a character.
  private mutating func broken() -> Result<Unicode.Scalar, BrokenByte>? {
    .failure(BrokenByte(byte: ahead.removeFirst()))
  }

  private mutating func peek(_ index: Int) -> UInt8? {
    while ahead.count <= index {
      guard let byte = bytes.next() else { return nil }
      ahead.append(byte)
    }
    return ahead[index]
  }
}
