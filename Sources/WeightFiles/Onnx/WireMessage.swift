import NNRBits

/// A field of a message of protocol buffers, as its bytes tell it.
struct WireField {
  /// What it holds, by its wire type.
  enum Value {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    /// Text, bytes, a message or packed numbers, by their place in the source.
    case bytes(Range<Int>)
  }

  var number: UInt64
  var value: Value

  /// The place of its bytes; nil if it has none.
  var range: Range<Int>? {
    if case .bytes(let range) = value { return range }
    return nil
  }

  /// Its whole number; nil if it is none.
  var varint: UInt64? {
    if case .varint(let value) = value { return value }
    return nil
  }
}

/// Reads the fields of a message of protocol buffers one after the other, without those within them.
///
/// A reader of the wire format and the numbers of six messages is a tenth of what a library of protocol buffers would add to every
/// build, and nothing but headers is read: the library keeps all bytes of a message in memory.
struct WireMessage {
  private var window: SourceWindow

  /// The message that fills `range` of `source`.
  init(_ source: any ByteSource, _ range: Range<Int>) { window = SourceWindow(source, range) }

  /// The next field; nil at the end; throws `TensorFileError` where the bytes are no message.
  mutating func next() throws(TensorFileError) -> WireField? {
    guard window.left > 0 else { return nil }
    let tag = try window.varint()
    let number = tag >> 3
    guard number > 0 else { throw .malformed("a field without a number") }
    switch tag & 7 {
    case 0: return WireField(number: number, value: .varint(try window.varint()))
    case 1: return WireField(number: number, value: .fixed64(try window.integer(UInt64.self)))
    case 5: return WireField(number: number, value: .fixed32(try window.integer(UInt32.self)))
    case 2:
      guard let count = Int(exactly: try window.varint()), count <= window.left else {
        throw .truncated
      }
      let start = window.position
      try window.skip(count)
      return WireField(number: number, value: .bytes(start..<start + count))
    // Groups were given up before the format that this is read for began.
    default: throw .malformed("a field of an unknown kind")
    }
  }
}

extension SourceWindow {
  /// A whole number of one to ten bytes, seven bits each, the least significant first.
  mutating func varint() throws(TensorFileError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let byte = try byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw .malformed("a number of more than ten bytes")
  }
}
