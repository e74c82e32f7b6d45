import Locking

/// A source that remembers that it could not be read, whoever asked.
///
/// Parsers take a failed read for an end of the bytes and go on; so in the end someone must say that it was not the stream.
public final class WatchedSource: ByteSource {
  private let source: any ByteSource
  private let first: Locked<SourceError?> = Locked(nil)

  /// Watches `source`.
  public init(_ source: any ByteSource) { self.source = source }

  /// Why bytes could not be read the first time; nil if all reads went well.
  public var fault: SourceError? { first.withLock { $0 } }

  /// The number of bytes when the source was opened.
  public var count: Int { source.count }

  /// The bytes of `range`, cut at the end.
  public func read(_ range: Range<Int>) throws(SourceError) -> [UInt8] {
    do throws(SourceError) {
      return try source.read(range)
    } catch {
      first.withLock { $0 = $0 ?? error }
      throw error
    }
  }

  /// The file that the source behind is a part of.
  public var file: (any ByteSource)? { source.file }

  /// Where a byte stands in the file of the source behind.
  public func fileOffset(of byte: Int) -> Int? { source.fileOffset(of: byte) }

  /// The byte at an offset in the file of the source behind.
  public func byte(atFileOffset offset: Int) -> Int? { source.byte(atFileOffset: offset) }

  /// What happened to the bytes since.
  public func change() -> SourceChange? { source.change() }
}
