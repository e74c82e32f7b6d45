/// Bytes to read from: a block of memory, or a file read by windows.
///
/// Reads are positional and may come from any thread. A source never caches more than its reader asks for, so that a
/// file larger than the memory opens as quickly as a small one.
public protocol ByteSource: Sendable {
  /// The number of bytes when the source was opened.
  var count: Int { get }

  /// The bytes of `range`, cut at the end of the source.
  ///
  /// Throws `SourceError` if the bytes cannot be had (any more).
  func read(_ range: Range<Int>) throws(SourceError) -> [UInt8]

  /// What happened to the bytes since the source was opened; nil if nothing.
  func change() -> SourceChange?

  /// The file that it is a part of, or pieces of; nil for what is no part of another.
  var file: (any ByteSource)? { get }

  /// Where a byte stands in the file; nil beyond the end. A source that is a part of a file, or pieces of one, begins elsewhere
  /// than the file does.
  func fileOffset(of byte: Int) -> Int?

  /// The byte that stands at an offset in the file, or the next one where the source leaves that out; nil where none follows.
  func byte(atFileOffset offset: Int) -> Int?
}

extension ByteSource {
  /// What is said of no other is a file of its own.
  public var file: (any ByteSource)? { nil }

  /// A byte of a file stands where it stands.
  public func fileOffset(of byte: Int) -> Int? { (0..<count).contains(byte) ? byte : nil }

  /// A byte of a file stands where it stands.
  public func byte(atFileOffset offset: Int) -> Int? { (0..<count).contains(offset) ? offset : nil }

  /// Whether the file has bytes between this one and the one before it that are not of the source.
  public func isBehindGap(_ byte: Int) -> Bool {
    guard byte > 0, let here = fileOffset(of: byte), let before = fileOffset(of: byte - 1) else {
      return false
    }
    return here != before + 1
  }
}

/// Why bytes could not be read.
public enum SourceError: Error, Hashable, Sendable {
  /// The file cannot be opened; the system's reason.
  case cannotOpen(path: String, reason: String)
  /// The path names something that is not a stream of bytes.
  case notAFile(path: String)
  /// The file ends earlier than when it was opened.
  case shrunk(wantedEnd: Int, available: Int)
  /// The system refused a read; its reason.
  case readFailed(offset: Int, reason: String)
  /// More bytes arrive on a pipe than may be kept in memory.
  case tooLarge(limit: Int)
}

extension SourceError: CustomStringConvertible {
  /// A sentence for a person.
  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason): "cannot open \(path): \(reason)"
    case .notAFile(let path): "\(path) is not a file"
    case .shrunk(let end, let available):
      "the file was cut while open: byte \(end) was asked for, \(available) bytes are left"
    case .readFailed(let offset, let reason): "cannot read at byte \(offset): \(reason)"
    case .tooLarge(let limit): "more than \(limit) bytes on a pipe; save them to a file first"
    }
  }
}

/// What became of a file while it was open.
public enum SourceChange: Hashable, Sendable {
  /// Fewer bytes than before.
  case shrunk(from: Int, to: Int)
  /// More bytes than before.
  case grown(from: Int, to: Int)
  /// The same length, written again.
  case rewritten
  /// Another file stands under the name.
  case replaced
  /// No file stands under the name.
  case vanished
}

extension SourceChange: CustomStringConvertible {
  /// A sentence for a person.
  public var description: String {
    switch self {
    case .shrunk(let from, let to): "the file shrank from \(from) to \(to) bytes"
    case .grown(let from, let to): "the file grew from \(from) to \(to) bytes"
    case .rewritten: "the file was written again"
    case .replaced: "another file stands under this name"
    case .vanished: "the file was removed"
    }
  }
}

/// Bytes in memory.
public struct MemorySource: ByteSource {
  private let bytes: [UInt8]

  /// A source over `bytes`.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The number of bytes.
  public var count: Int { bytes.count }

  /// The bytes of `range`, cut at the end.
  public func read(_ range: Range<Int>) throws(SourceError) -> [UInt8] {
    let range = range.clamped(to: 0..<bytes.count)
    return range == 0..<bytes.count ? bytes : Array(bytes[range])
  }

  /// Memory does not change.
  public func change() -> SourceChange? { nil }
}
