import Locking
import NNRBits

/// A source that counts how often it is read, and how many bytes.
public final class CountingSource: ByteSource {
  private let inner: any ByteSource
  private let read = Locked((reads: 0, bytes: 0))

  /// Counts what is read of `inner`.
  public init(_ inner: any ByteSource) { self.inner = inner }

  /// Counts what is read of bytes in memory.
  public convenience init(_ bytes: [UInt8]) { self.init(MemorySource(bytes)) }

  /// The number of bytes that were read.
  public var bytesRead: Int { read.withLock { $0.bytes } }

  /// How often it was read since this was asked last.
  public func takeReads() -> Int {
    read.withLock { read in
      defer { read.reads = 0 }
      return read.reads
    }
  }

  /// The number of bytes of the source.
  public var count: Int { inner.count }

  /// The bytes of a range.
  public func read(_ range: Range<Int>) throws(SourceError) -> [UInt8] {
    let found = try inner.read(range)
    read.withLock { read in
      read.reads += 1
      read.bytes += found.count
    }
    return found
  }

  /// What changed in the source.
  public func change() -> SourceChange? { inner.change() }
}
