import CZlib

/// Raw deflate (RFC 1951) through zlib.
///
/// The pointers given to zlib live for the one call of `inflate`, and the counts beside them are those of the buffers.
enum Inflate {
  /// Exactly `size` bytes that `data` holds compressed; nil if it is damaged, holds fewer or more.
  static func bytes(_ data: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
    guard let inputCount = UInt32(exactly: data.count), let outputCount = UInt32(exactly: size)
    else {
      return nil
    }
    var stream = z_stream()
    let version = ZLIB_VERSION
    guard inflateInit2_(&stream, -15, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return nil
    }
    defer { inflateEnd(&stream) }
    // One byte more than asked for shows whether there is more.
    var output = [UInt8](repeating: 0, count: size + 1)
    var input = Array(data)
    let status = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { sink in
        stream.next_in = source.baseAddress
        stream.avail_in = inputCount
        stream.next_out = sink.baseAddress
        stream.avail_out = outputCount + (outputCount < .max ? 1 : 0)
        return inflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END, stream.total_out == UInt(size) else { return nil }
    output.removeLast()
    return output
  }

  /// The CRC-32 of `data`.
  static func checksum(_ data: [UInt8]) -> UInt32 {
    var result = crc32(0, nil, 0)
    var rest = data[...]
    while !rest.isEmpty {
      let part = rest.prefix(1 << 30)
      result = part.withUnsafeBufferPointer { crc32(result, $0.baseAddress, UInt32($0.count)) }
      rest = rest.dropFirst(1 << 30)
    }
    return UInt32(truncatingIfNeeded: result)
  }
}
