#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file read by `pread`, so that a file that is cut or written again while open ends in an error, never in a signal.
public final class FileSource: ByteSource {
  /// What tells one state of a file from another.
  private struct Fingerprint: Equatable {
    var device: UInt64
    var inode: UInt64
    var size: Int
    var seconds: Int
    var nanoseconds: Int
  }

  /// The path the file was opened by.
  public let path: String
  private let descriptor: CInt
  private let opened: Fingerprint

  /// Opens the file at `path` for reading.
  ///
  /// Throws `SourceError.cannotOpen`, or `.notAFile` for a folder, a device or a pipe.
  public init(path: String) throws(SourceError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: systemReason()) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let reason = systemReason()
      close(descriptor)
      throw .cannotOpen(path: path, reason: reason)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notAFile(path: path)
    }
    self.path = path
    self.descriptor = descriptor
    opened = Self.fingerprint(status)
  }

  deinit { close(descriptor) }

  /// The size in bytes when the file was opened.
  public var count: Int { opened.size }

  /// The bytes of `range`, cut at the size the file was opened with.
  public func read(_ range: Range<Int>) throws(SourceError) -> [UInt8] {
    let range = range.clamped(to: 0..<opened.size)
    guard !range.isEmpty else { return [] }
    var failure: SourceError?
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
      while filled < range.count {
        let offset = range.lowerBound + filled
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + filled }, range.count - filled, off_t(offset))
        if got > 0 {
          filled += got
        } else if got == 0 {
          failure = .shrunk(wantedEnd: range.upperBound, available: offset)
          return
        } else if errno != EINTR {
          failure = .readFailed(offset: offset, reason: systemReason())
          return
        }
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Compares the open file and the name it was opened by with what they were.
  public func change() -> SourceChange? {
    var status = stat()
    guard stat(path, &status) == 0 else { return .vanished }
    let now = Self.fingerprint(status)
    guard now != opened else { return nil }
    guard now.device == opened.device, now.inode == opened.inode else { return .replaced }
    if now.size < opened.size { return .shrunk(from: opened.size, to: now.size) }
    if now.size > opened.size { return .grown(from: opened.size, to: now.size) }
    return .rewritten
  }

  private static func fingerprint(_ status: stat) -> Fingerprint {
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    return Fingerprint(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      inode: UInt64(truncatingIfNeeded: status.st_ino), size: Int(status.st_size),
      seconds: Int(time.tv_sec), nanoseconds: Int(time.tv_nsec))
  }
}

/// The text of `errno`.
func systemReason() -> String {
  strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
}
