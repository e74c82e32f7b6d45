import CZlib
import NNRBits

/// Raw deflate (RFC 1951) through zlib, by portions: memory follows the portion asked for.
///
/// zlib keeps a pointer to its state, so the state has a place of its own on the heap. The pointers to input and output live for
/// the one call of `inflate`, and the counts beside them are those of the buffers.
final class InflatedRun: ByteRun {
  private let stream: UnsafeMutablePointer<z_stream>
  private var input: SourceWindow
  private var pending: [UInt8] = []
  private var used = 0
  private var isOpen = false
  private var left: Int
  private let checksum: UInt32
  private var sum = Checksum()

  /// The `size` bytes that `range` of `source` holds compressed, whose checksum is `checksum`.
  init(_ source: any ByteSource, _ range: Range<Int>, size: Int, checksum: UInt32) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = SourceWindow(source, range)
    left = size
    self.checksum = checksum
    isOpen =
      inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    if isOpen { inflateEnd(stream) }
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  private static let damaged = TensorFileError.malformed("the data of a member is damaged")

  /// The next `count` bytes; throws `TensorFileError` if the data is damaged or there are fewer.
  func next(_ count: Int) throws(TensorFileError) -> [UInt8] {
    guard isOpen else { throw .tooLarge }
    guard count >= 0, count <= left else { throw .truncated }
    // Room grows with what comes: a size that is only claimed costs nothing.
    var output: [UInt8] = []
    while output.count < count {
      let part = try inflatePart(min(count - output.count, 1 << 18))
      if output.isEmpty && part.count == count { output = part } else { output += part }
    }
    left -= count
    sum.add(output[...])
    if left == 0 { try checkEnd() }
    return output
  }

  private func inflatePart(_ count: Int) throws(TensorFileError) -> [UInt8] {
    var part = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      try refill()
      let (status, produced) = step(&part, from: filled)
      filled += produced
      // zlib says Z_BUF_ERROR where nothing moves, so the loop ends.
      guard status == Z_OK || (status == Z_STREAM_END && filled == count) else {
        throw Self.damaged
      }
    }
    return part
  }

  private func refill() throws(TensorFileError) {
    guard used == pending.count, input.left > 0 else { return }
    pending = try input.bytes(min(SourceWindow.size, input.left))
    used = 0
  }

  /// One call of zlib: its status, and how many bytes it wrote.
  private func step(_ output: inout [UInt8], from start: Int) -> (Int32, Int) {
    let room = output.count - start
    return pending.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { sink in
        stream.pointee.next_in = source.baseAddress.map { $0 + used }
        stream.pointee.avail_in = UInt32(source.count - used)
        stream.pointee.next_out = sink.baseAddress.map { $0 + start }
        stream.pointee.avail_out = UInt32(room)
        let status = inflate(stream, Z_NO_FLUSH)
        used = source.count - Int(stream.pointee.avail_in)
        return (status, room - Int(stream.pointee.avail_out))
      }
    }
  }

  /// At the end the data must be complete and its checksum right.
  private func checkEnd() throws(TensorFileError) {
    var surplus: [UInt8] = [0]
    var status = Z_OK
    while status == Z_OK {
      try refill()
      let (now, produced) = step(&surplus, from: 0)
      guard produced == 0 else { throw Self.damaged }
      status = now
    }
    guard status == Z_STREAM_END, sum.value == checksum else { throw Self.damaged }
  }
}
