import CZlib
import NNRBits

/// How far deflated data inflates, without keeping what it inflates to.
///
/// The pointers given to zlib live for the one call of `inflate`, and the counts beside them are those of the buffers.
public enum Inflation: Sendable, Hashable {
  /// All of it, to so many bytes.
  case complete(size: Int)
  /// More than the limit; the rest was not looked at.
  case cut
  /// It is damaged or cut off behind so many bytes.
  case broken(size: Int)

  private static let chunk = 1 << 16

  /// Inflates the bytes `range` of `source` until they end or give more than `limit` bytes.
  ///
  /// A zlib or gzip wrapper is told by its head; without one the data is raw deflate (format reference 12, point 6).
  public static func measure(_ source: any ByteSource, _ range: Range<Int>, limit: Int) -> Inflation
  {
    guard
      let head = try? source.read(range.lowerBound..<min(range.lowerBound + 2, range.upperBound)),
      head.count == 2
    else { return .broken(size: 0) }
    let isZlib = head[0] & 0x0f == 8 && (Int(head[0]) << 8 | Int(head[1])) % 31 == 0
    let isWrapped = isZlib || head == [0x1f, 0x8b]
    // 15 + 32: the window of any wrapped stream, its kind told by the head; -15: no wrapper.
    return run(source, range, windowBits: isWrapped ? 47 : -15, limit: limit)
  }

  private static func run(
    _ source: any ByteSource, _ range: Range<Int>, windowBits: Int32, limit: Int
  ) -> Inflation {
    var stream = z_stream()
    guard
      inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return .broken(size: 0) }
    defer { inflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: chunk)
    var size = 0
    var place = range.lowerBound
    while place < range.upperBound {
      guard var input = try? source.read(place..<min(place + chunk, range.upperBound)),
        !input.isEmpty
      else { return .broken(size: size) }
      place += input.count
      var used = 0
      var status = Z_OK
      repeat {
        let (taken, given) = input.withUnsafeMutableBufferPointer { input in
          output.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress.map { $0 + used }
            stream.avail_in = UInt32(input.count - used)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            status = inflate(&stream, Z_NO_FLUSH)
            return (input.count - used - Int(stream.avail_in), output.count - Int(stream.avail_out))
          }
        }
        used += taken
        size += given
        if size > limit { return .cut }
        if status == Z_STREAM_END { return .complete(size: size) }
        // Nothing moved: more input is needed.
        if taken == 0, given == 0 { break }
      } while status == Z_OK
      guard status == Z_OK || status == Z_BUF_ERROR else { return .broken(size: size) }
    }
    return .broken(size: size)
  }
}
