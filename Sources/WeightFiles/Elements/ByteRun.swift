import NNRBits

/// Bytes that are handed out from first to last.
protocol ByteRun: AnyObject {
  /// The next `count` bytes; throws `TensorFileError` if they cannot be had.
  func next(_ count: Int) throws(TensorFileError) -> [UInt8]
}

/// Bytes as they stand in a source.
final class StoredRun: ByteRun {
  private let source: any ByteSource
  private var rest: Range<Int>
  private let checksum: UInt32?
  private var sum = Checksum()

  /// The bytes of `range`, checked at their end if `checksum` is there.
  init(_ source: any ByteSource, _ range: Range<Int>, checksum: UInt32?) {
    self.source = source
    rest = range
    self.checksum = checksum
  }

  /// The next `count` bytes.
  func next(_ count: Int) throws(TensorFileError) -> [UInt8] {
    guard count >= 0, count <= rest.count else { throw .truncated }
    let bytes = try source.bytes(rest.lowerBound..<rest.lowerBound + count)
    rest = rest.lowerBound + count..<rest.upperBound
    if let checksum {
      sum.add(bytes[...])
      if rest.isEmpty, sum.value != checksum {
        throw .malformed("the data of a member is damaged")
      }
    }
    return bytes
  }
}

/// Integers of varying length (protocol buffers), each as the `width` lowest of its bytes.
final class VarintRun: ByteRun {
  private var window: SourceWindow
  private let width: Int

  /// The integers that fill `range`.
  init(_ source: any ByteSource, _ range: Range<Int>, width: Int) {
    window = SourceWindow(source, range)
    self.width = width
  }

  /// The next `count` bytes, a multiple of the width.
  func next(_ count: Int) throws(TensorFileError) -> [UInt8] {
    guard count >= 0, count / max(1, width) <= window.left else { throw .truncated }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      let value = try window.varint()
      for place in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place))) }
    }
    return bytes
  }
}

/// Where the bytes of elements are, and how to have them.
struct ElementBytes: Sendable {
  /// How they stand in the source.
  enum Form: Sendable, Hashable {
    /// As they are; the checksum of the whole range, where there is one.
    case stored(checksum: UInt32?)
    /// Compressed by deflate.
    case deflated(checksum: UInt32)
    /// As integers of varying length, of which `width` bytes count.
    case varints(width: Int)
  }

  let source: any ByteSource
  let range: Range<Int>
  let form: Form
  /// Their number, as they are handed out.
  let count: Int

  /// Bytes that stand in `range` as they are.
  init(_ source: any ByteSource, _ range: Range<Int>, checksum: UInt32? = nil) {
    self.source = source
    self.range = range
    form = .stored(checksum: checksum)
    count = range.count
  }

  /// `count` bytes that stand in `range` in some other form.
  init(_ source: any ByteSource, _ range: Range<Int>, _ form: Form, count: Int) {
    self.source = source
    self.range = range
    self.form = form
    self.count = count
  }

  /// What is small enough to be read and dropped, so that the checksum covers it.
  private static let smallPrefix = 1 << 20

  /// The bytes from `start` on.
  func run(from start: Int) throws(TensorFileError) -> any ByteRun {
    guard start >= 0, start <= count else { throw .truncated }
    switch form {
    case .stored(let checksum):
      if checksum != nil, start <= Self.smallPrefix {
        return try Self.dropping(start, StoredRun(source, range, checksum: checksum))
      }
      return StoredRun(
        source, range.lowerBound + start..<range.upperBound, checksum: nil)
    case .deflated(let checksum):
      return try Self.dropping(
        start, InflatedRun(source, range, size: count, checksum: checksum))
    case .varints(let width):
      return try Self.dropping(start, VarintRun(source, range, width: width))
    }
  }

  private static func dropping(_ count: Int, _ run: some ByteRun) throws(TensorFileError)
    -> any ByteRun
  {
    var left = count
    while left > 0 {
      left -= try run.next(min(left, 1 << 18)).count
    }
    return run
  }

  /// The bytes of `part`, which must be there.
  func read(_ part: Range<Int>) throws(TensorFileError) -> [UInt8] {
    guard part.lowerBound >= 0, part.upperBound <= count else { throw .truncated }
    if case .stored = form {
      return try source.bytes(
        range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound)
    }
    return try run(from: part.lowerBound).next(part.count)
  }
}
