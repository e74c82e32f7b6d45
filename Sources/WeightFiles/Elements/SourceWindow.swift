import NNRBits

/// Reads a part of a source from its start to its end, by windows of a fixed size.
struct SourceWindow {
  /// Bytes that are read at once.
  static let size = 1 << 16

  private let source: any ByteSource
  private var window: [UInt8] = []
  /// The place of the window in the source.
  private var start: Int
  private var next = 0
  /// Where the part ends.
  let end: Int

  /// A reader of `range`, cut at the end of the source.
  init(_ source: any ByteSource, _ range: Range<Int>) {
    self.source = source
    let range = range.clamped(to: 0..<source.count)
    start = range.lowerBound
    end = range.upperBound
  }

  /// The place of the next byte in the source.
  var position: Int { start + next }
  /// The bytes that are left.
  var left: Int { end - position }

  /// The next byte; throws `TensorFileError.truncated` at the end.
  mutating func byte() throws(TensorFileError) -> UInt8 {
    if next == window.count { try fill() }
    next += 1
    return window[next - 1]
  }

  private mutating func fill() throws(TensorFileError) {
    let from = position
    guard from < end else { throw .truncated }
    let bytes = try source.bytes(from..<min(end, from + Self.size))
    start = from
    next = 0
    window = bytes
  }

  /// The next `count` bytes, which must be there; the caller bounds their number.
  mutating func bytes(_ count: Int) throws(TensorFileError) -> [UInt8] {
    guard count >= 0, count <= left else { throw .truncated }
    guard count > window.count - next else {
      next += count
      return Array(window[next - count..<next])
    }
    if count <= Self.size / 4 {
      try fill()
      next = count
      return Array(window[..<count])
    }
    let bytes = try source.bytes(position..<position + count)
    skip(to: position + count)
    return bytes
  }

  /// Passes over `count` bytes, which must be there.
  mutating func skip(_ count: Int) throws(TensorFileError) {
    guard count >= 0, count <= left else { throw .truncated }
    if count <= window.count - next { next += count } else { skip(to: position + count) }
  }

  private mutating func skip(to place: Int) {
    start = place
    next = 0
    window = []
  }

  /// A little-endian integer.
  mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(_: Value.Type)
    throws(TensorFileError) -> Value
  {
    var value: Value = 0
    for place in 0..<Value.bitWidth / 8 { value |= Value(try byte()) << Value(8 * place) }
    return value
  }
}

extension ByteSource {
  /// The bytes of `range`, all of them; throws `TensorFileError`.
  func bytes(_ range: Range<Int>) throws(TensorFileError) -> [UInt8] {
    guard range.lowerBound >= 0, range.upperBound <= count else { throw .truncated }
    let bytes: [UInt8]
    do throws(SourceError) {
      bytes = try read(range)
    } catch {
      throw .source(error)
    }
    guard bytes.count == range.count else { throw .truncated }
    return bytes
  }
}
